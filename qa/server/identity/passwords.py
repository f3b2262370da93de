"""The users' passwords: read from a file or the environment, and kept only as digests."""

import hashlib
import stat
from collections.abc import Mapping
from pathlib import Path

from index.errors import ArchiveError

PASSWORD_VARIABLE = "ARCHIVE_QA_PASSWORD"  # noqa: S105  # the name of a variable


def from_file(file: Path) -> str:
    """Return the password in a file, its only line.

    Raises ArchiveError if the file cannot be read, is readable by everybody, or does not hold
    exactly one line.
    """
    try:
        if file.stat().st_mode & stat.S_IROTH:
            raise ArchiveError(
                f"everybody on this machine can read the password in '{file}': chmod 600 '{file}'"
            )
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ArchiveError(f"cannot read the password in '{file}': {why}") from None
    if not any(lines):
        raise ArchiveError(f"'{file}' is empty: write the password into it, on one line")
    if len(lines) != 1:
        raise ArchiveError(f"'{file}' has {len(lines)} lines: keep only one, with the password")
    return lines[0]


def from_environment(user: str, environment: Mapping[str, str]) -> str:
    """Return the password in the environment; ArchiveError if there is none."""
    password = environment.get(PASSWORD_VARIABLE, "")
    if not password:
        raise ArchiveError(
            f"there is no password for '{user}': write --auth {user}:FILE, "
            f"or set {PASSWORD_VARIABLE}"
        )
    return password


def digest(password: str) -> bytes:
    """Return the digest by which passwords are kept and compared."""
    return hashlib.sha256(password.encode()).digest()
