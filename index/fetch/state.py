"""What earlier runs did, so that a run goes on where the last one ended.

It lies in the hidden folder `.fetch` of the seeds folder, which builds do not read: JSON lines,
added one by one. Of two lines on one address the later counts; one that was cut off does not.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ArchiveError, StorageError

FOLDER = ".fetch"
FILE = "state.jsonl"
STORED, GONE, UNFIT, LIST = "stored", "gone", "unfit", "list"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one address."""

    url: str
    status: str  # one of the four above
    stated: str = ""  # when a list said that it last changed
    etag: str = ""
    modified: str = ""  # its Last-Modified
    digest: str = ""  # of the stored page's body
    selection: str = ""  # of a list: with which options all its pages are done
    why: str = ""  # of an unfit page

    @property
    def conditions(self) -> dict[str, str]:
        """The headers by which a server answers 304 if nothing changed."""
        stated = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in stated.items() if value}


class State:
    """The state of one seeds folder; open it with `opened`."""

    def __init__(self, folder: Path) -> None:
        """Read the state in the folder `.fetch`, which must exist and be locked."""
        self.folder = folder
        for left in folder.glob("*.new"):  # by a run that was killed
            left.unlink()
        self._file = folder / FILE
        self._known: dict[str, Known] = {}
        lines = self._file.read_bytes().split(b"\n") if self._file.exists() else [b""]
        for line in lines:
            if (known := _parsed(line)) is not None:
                self._known[known.url] = known
        if lines[-1] or len(lines) > 2 * len(self._known) + 1000:
            self._rewrite()
        self._out = self._file.open("ab")

    def get(self, url: str) -> Known | None:
        """Return what is known of an address."""
        return self._known.get(url)

    def put(self, known: Known) -> None:
        """Remember it from now on, whatever happens next."""
        self._known[known.url] = known
        self._out.write(_line(known))
        self._out.flush()

    def close(self) -> None:
        """Close the file."""
        self._out.close()

    def _rewrite(self) -> None:
        temporary = self.folder / f"{FILE}.new"
        with temporary.open("wb") as out:
            out.writelines(map(_line, self._known.values()))
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, self._file)


@contextmanager
def opened(seeds: Path) -> Iterator[State]:
    """Open the state of a seeds folder for as long as a `with` lasts; one process at a time.

    Raises:
        ArchiveError: Another process is fetching into the folder.
        StorageError: The folder cannot be written.
    """
    folder = seeds / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise ArchiveError(f"another process is fetching into '{seeds}': wait for it") from None
    except OSError as error:
        raise StorageError(
            f"cannot write into '{seeds}': {error.strerror}: choose another folder with --into"
        ) from error
    try:
        state = State(folder)
        try:
            yield state
        finally:
            state.close()
    finally:
        lock.release()


def _line(known: Known) -> bytes:
    stated = {name: value for name, value in asdict(known).items() if value}
    return json.dumps(stated).encode() + b"\n"


def _parsed(line: bytes) -> Known | None:
    """Return what a line says, or None for one that was cut off or is of another kind."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    names = {field.name for field in fields(Known)}
    texts = isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
    if not texts or not {"url", "status"} <= values.keys() <= names:
        return None
    return Known(**values)
