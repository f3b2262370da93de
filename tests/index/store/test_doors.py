"""Which places an index can be at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.doors import begin_build, find_store, open_store, resolve


@pytest.mark.parametrize("door", [open_store, find_store, begin_build])
def test_the_address_of_a_server_is_refused_without_its_password(
    door: Callable[[str], object],
) -> None:
    with pytest.raises(ArchiveError, match="'postgresql://' address is not supported") as caught:
        door("postgresql://anna:sesame@host/db")
    assert "sesame" not in str(caught.value)


def test_a_folder_may_be_a_text_or_a_path(tmp_path: Path) -> None:
    assert find_store(tmp_path).where == find_store(str(tmp_path)).where == str(tmp_path)


def test_a_folder_with_a_colon_in_its_name_is_a_folder(tmp_path: Path) -> None:
    assert find_store(tmp_path / "a:b").where == str(tmp_path / "a:b")


def test_one_place_has_one_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "index")
    assert resolve("index") == resolve(tmp_path / "index") == resolve("link")
