"""The file of tokens: alone for its user, whole at any moment, and never a reason to let in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import ArchiveError, StorageError
from qa.accounts.roles import Role
from qa.accounts.token_file import TokenFile, token_file
from tests.support.fakes import ROOT


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "data" / "tokens.json")


def test_each_index_has_a_file_of_its_own(tmp_path: Path) -> None:
    one, other = token_file(tmp_path / "a"), token_file(tmp_path / "b")
    assert one != other
    assert one == token_file(str(tmp_path / "a"))


def test_a_token_is_found_by_its_text_until_it_is_revoked(tokens: TokenFile) -> None:
    anna, text = tokens.create("anna", Role.ADD)
    reader = TokenFile(tokens.file)
    assert reader.find(text) == reader.valid(anna.id) == anna
    assert reader.find(text[:-1]) is None
    assert reader.find("") is None
    assert tokens.revoke("anna").revoked is not None
    assert reader.find(text) is None
    assert reader.valid(anna.id) is None
    assert [one.name for one in reader.tokens().values()] == ["anna"]  # kept, to be listed
    with pytest.raises(ArchiveError, match="no valid token has the name 'anna'"):
        tokens.revoke("anna")


def test_two_valid_tokens_never_share_a_name(tokens: TokenFile) -> None:
    _, first = tokens.create("anna", Role.ADD)
    with pytest.raises(ArchiveError, match="there is a token 'anna'"):
        tokens.create("anna", Role.ADMIN)
    tokens.revoke("anna")
    _, second = tokens.create("anna", Role.ADMIN)
    assert tokens.find(first) is None
    assert tokens.find(second) is not None


def test_it_is_readable_by_its_user_alone(tokens: TokenFile) -> None:
    before = os.umask(0)
    try:
        tokens.create("anna", Role.ADD)
    finally:
        os.umask(before)
    assert tokens.file.stat().st_mode & 0o777 == 0o600
    assert tokens.file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_read_or_write_lets_nobody_in(tokens: TokenFile, mode: int) -> None:
    _, text = tokens.create("anna", Role.ADD)
    assert tokens.find(text)
    tokens.file.chmod(mode)
    with pytest.raises(StorageError, match="chmod 600"):
        tokens.find(text)
    tokens.file.chmod(0o600)
    assert tokens.find(text)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"version": 1}', b'{"version": 1, "tokens": [{}]}',
     b'{"version": 1, "tokens": null}', b'{"version": 2, "tokens": []}', b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in_and_stays_as_it_is(
    tokens: TokenFile, content: bytes
) -> None:
    _, text = tokens.create("anna", Role.ADD)
    tokens.file.write_bytes(content)
    with pytest.raises(StorageError, match="cannot be used"):
        tokens.find(text)
    with pytest.raises(StorageError, match="cannot be used"):
        tokens.create("bob", Role.ADD)
    assert tokens.file.read_bytes() == content


def test_a_link_in_its_place_is_not_followed(tokens: TokenFile, tmp_path: Path) -> None:
    tokens.create("anna", Role.ADD)
    tokens.file.rename(tmp_path / "elsewhere")
    tokens.file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="cannot be used"):
        tokens.tokens()


def test_without_a_file_there_is_no_token(tokens: TokenFile) -> None:
    _, text = tokens.create("anna", Role.ADD)
    tokens.file.unlink()
    assert tokens.find(text) is None


def test_a_full_disk_leaves_the_earlier_file(
    tokens: TokenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, text = tokens.create("anna", Role.ADD)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        for change in (lambda: tokens.create("bob", Role.ADD), lambda: tokens.revoke("anna")):
            with pytest.raises(StorageError, match=r"No space left on device; nothing was changed"):
                change()
    assert tokens.find(text)
    assert [path.suffix for path in tokens.file.parent.iterdir()] in (
        [".json", ".lock"], [".lock", ".json"], [".json"],
    )  # fmt: skip


def test_processes_that_create_and_revoke_at_once_lose_nothing(tokens: TokenFile) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.accounts.roles import Role\n"
        "from qa.accounts.token_file import TokenFile\n"
        "tokens = TokenFile(Path(sys.argv[1]))\n"
        "for number in range(20):\n"
        "    tokens.create(f'{sys.argv[2]}{number}', Role.ASK)\n"
        "    number % 2 and tokens.revoke(f'{sys.argv[2]}{number}')\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tokens.file), name], cwd=ROOT)
        for name in "ab"
    ]
    assert [process.wait(300) for process in started] == [0, 0]
    found = [*tokens.tokens().values()]
    assert {one.name for one in found} == {f"{name}{n}" for name in "ab" for n in range(20)}
    assert sum(one.revoked is not None for one in found) == 20
