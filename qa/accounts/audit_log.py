"""The audit log: who did what with an archive, when, from where; of a chat with `--tokens`.

JSON lines in the user's data folder, readable by that user alone. Only ASCII is written, so that no
name or question can end a line or act on a terminal. A line is appended by one system call, without
waiting for another process; a line that a killed process left unfinished is ended by the next one
and passed over by readers. From `MAX_BYTES` on a new file is begun, and the `KEPT` last are kept.
A failing disk loses entries and says so; it never fails or delays an answer.
"""

import datetime
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from index.errors import StorageError
from index.store.doors import Where

from .token_file import digest_of

MAX_BYTES = 10_000_000  # of one file: about 60,000 entries
KEPT = 4  # full files beside the one that is written
MAX_VALUE = 200  # characters of a value
MAX_QUESTION = 2_000
APPEND = (
    os.O_RDWR | os.O_APPEND | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
)  # fmt: skip

Entry = dict[str, Any]


def audit_file(index: Where) -> Path:
    """Return where the audit log of an index is, or would be."""
    return user_data_path("archive-qa") / f"audit-{digest_of(index)}.jsonl"


class AuditLog:
    """A log that entries are added to."""

    def __init__(self, file: Path, *, questions: bool = False, max_bytes: int = MAX_BYTES) -> None:
        """Take a file that need not exist yet; `questions` keeps the texts of questions, too."""
        self.file, self._questions, self._max_bytes = file, questions, max_bytes
        self._lost = 0

    def note(
        self, did: str, *, who: str = "", where: str = "", request: str = "", **details: str
    ) -> None:
        """Add an entry.

        Args:
            did: What was done, like "asked".
            who: The name of the token or user; "" if unknown.
            where: The address that the request came from; "" for the command line.
            request: The id of the request.
            details: More values; a `question` is left out unless questions are kept.
        """
        if not self._questions:
            details.pop("question", None)
        entry = {
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "who": who, "did": did, "where": where, "request": request, **details,
        }  # fmt: skip
        shown = {
            name: value[: MAX_QUESTION if name == "question" else MAX_VALUE]
            for name, value in entry.items()
            if value
        }
        if self._lost:
            shown["lost"] = str(self._lost)
        try:
            self._append(json.dumps(shown).encode() + b"\n")
        except OSError as error:
            if not self._lost:
                logging.warning("the audit log '%s' is not being kept: %s", self.file, error)
            self._lost += 1
        else:
            self._lost = 0

    def _append(self, line: bytes) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.file, APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if os.name == "posix":
                os.fchmod(descriptor, 0o600)
            if size and os.pread(descriptor, 1, size - 1) != b"\n":  # a writer was killed
                line = b"\n" + line
            if os.write(descriptor, line) < len(line):
                raise OSError("the disk is full")  # the next entry ends what was begun
        finally:
            os.close(descriptor)
        if size + len(line) > self._max_bytes:
            self._begin_new_file()

    def _begin_new_file(self) -> None:
        """Move the full file aside, unless another process does so now."""
        lock = FileLock(self.file.with_suffix(".lock"), timeout=0, mode=0o600)
        try:
            with lock:
                if self.file.stat().st_size <= self._max_bytes:  # another process was first
                    return
                for number in range(KEPT, 0, -1):
                    source = _older(self.file, number - 1) if number > 1 else self.file
                    if source.exists():
                        source.replace(_older(self.file, number))
        except Timeout:
            return


def read_audit(file: Path, since: datetime.date | None = None) -> Iterator[Entry]:
    """Yield the entries of a log, oldest first; lines that are none are passed over.

    Args:
        file: The log, as `audit_file` returns it.
        since: Only entries of this day (UTC) or later.

    Raises:
        StorageError: A file cannot be read.
    """
    first = since.isoformat() if since else ""
    for part in [*(_older(file, number) for number in range(KEPT, 0, -1)), file]:
        try:
            with part.open("rb") as lines:
                for line in lines:
                    entry = _entry(line)
                    if entry is not None and entry["time"] >= first:
                        yield entry
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"cannot read the audit log '{part}': {error.strerror}") from error


def _entry(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):  # cut off, or not UTF-8, or not ours
        return None
    whole = isinstance(entry, dict) and all(isinstance(entry.get(k), str) for k in ("time", "did"))
    return entry if whole else None


def _older(file: Path, number: int) -> Path:
    return file.with_suffix(f".{number}{file.suffix}")
