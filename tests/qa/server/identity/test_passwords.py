"""Where passwords are read from, and what is wrong with a file of one."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.server.identity.passwords import PASSWORD_VARIABLE, digest, from_environment, from_file


def test_a_password_is_the_only_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    for content in ("open: sesame", "open: sesame\n", "open: sesame\r\n"):
        file.write_bytes(content.encode())
        file.chmod(0o600)
        assert from_file(file) == "open: sesame"


@pytest.mark.parametrize(
    ("content", "mode", "message"),
    [
        (b"", 0o600, "is empty"),
        (b"\n\n", 0o600, "is empty"),
        (b"one\ntwo\n", 0o600, "has 2 lines"),
        (b"\xff\xfe", 0o600, "it is not UTF-8 text"),
        (b"sesame", 0o604, "everybody on this machine can read"),
    ],
)
def test_a_password_file_must_be_one_line_and_private(
    content: bytes, mode: int, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(ArchiveError, match=message) as raised:
        from_file(file)
    assert "sesame" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"none': No such file"):
        from_file(tmp_path / "none")
    tmp_path.chmod(0o700)
    with pytest.raises(ArchiveError, match="Is a directory"):
        from_file(tmp_path)


def test_a_missing_password_names_both_places_for_it() -> None:
    assert from_environment("anna", {PASSWORD_VARIABLE: "sesame"}) == "sesame"
    for environment in ({}, {PASSWORD_VARIABLE: ""}):
        with pytest.raises(ArchiveError, match=f"for 'anna': .*--auth.*{PASSWORD_VARIABLE}"):
            from_environment("anna", environment)


def test_digests_differ_from_passwords_and_from_each_other() -> None:
    assert digest("sesame") != digest("Sesame")
    assert b"sesame" not in digest("sesame")
