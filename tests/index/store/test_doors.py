"""Which places an index can be at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store import doors
from index.store.doors import (
    begin_build,
    find_store,
    folder_of,
    hosts_of,
    open_store,
    resolve,
)


@pytest.mark.parametrize("door", [open_store, find_store, begin_build])
def test_the_address_of_another_server_is_refused_without_its_password(
    door: Callable[[str], object],
) -> None:
    with pytest.raises(ArchiveError, match="'mysql://' address is not supported") as caught:
        door("mysql://anna:sesame@host/db")
    assert "sesame" not in str(caught.value)


def test_a_folder_may_be_a_text_or_a_path(tmp_path: Path) -> None:
    assert find_store(tmp_path).where == find_store(str(tmp_path)).where == str(tmp_path)


def test_a_folder_with_a_colon_in_its_name_is_a_folder(tmp_path: Path) -> None:
    assert find_store(tmp_path / "a:b").where == str(tmp_path / "a:b")


def test_one_place_has_one_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "index")
    assert resolve("index") == resolve(tmp_path / "index") == resolve("link")


ADDRESS = "postgresql://anna:sesame@one.example:5433,two.example/db?archive=news"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_an_address_is_that_of_a_database(scheme: str) -> None:
    address = ADDRESS.replace("postgresql", scheme)
    assert resolve(address) == address  # never through Path, which takes "//" for "/"
    assert folder_of(address) is None
    assert hosts_of(address) == ("one.example", "two.example")
    assert find_store(address).where == address.replace(":sesame", "")


def test_a_folder_has_no_hosts(tmp_path: Path) -> None:
    assert hosts_of(tmp_path) == ()
    assert folder_of(tmp_path) == tmp_path


def test_a_password_in_the_command_line_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doors._warn_of_password.cache_clear()
    find_store(ADDRESS)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.argv", ["archive-qa", "ask", "--index", ADDRESS])
    find_store(ADDRESS)
    find_store(ADDRESS)
    warning = capsys.readouterr().err
    assert warning.count("other users of this machine can read the password") == 1
    assert "sesame" not in warning
