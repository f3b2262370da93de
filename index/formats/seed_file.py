"""What a reader is given, one `Seed`, and what it gives: drafts of articles, or what was refused.

A seed is a file of the seeds folder or a member of an archive in it. It is a stream, read once from
its start; its name is only ever a name, never a path on disk.
"""

import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol

from index.errors import UnreadableError, in_words

from .limits import LARGEST, Budget

PIECE = 65536  # bytes read at once


class Readable(Protocol):
    """What a member is read from: as much as is there, so that what comes before a cut is read."""

    def read1(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a piece of one, that could not be read: where, and why in words for its owner."""

    place: str  # like Article.place
    why: str
    lasting: bool = True  # reading it again will not help, as it may when a disk has failed

    @classmethod
    def because(cls, place: str, error: Exception) -> "Refused":
        """Parsers raise all kinds of things on odd files; only what the system says may pass."""
        failed = isinstance(error, OSError) and error.errno is not None
        return cls(place, in_words(error), not (failed or isinstance(error, MemoryError)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that becomes an article once it is cleaned, and what its file states of it."""

    place: str
    text: str
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its caller stated it; its text is never cleaned."""

    place: str
    text: str
    about: Mapping[str, object] = field(default_factory=dict)
    id: str | None = None  # None: known by its place


@dataclass(frozen=True, slots=True)
class Seed:
    """One file to be read."""

    path: str  # of the file in the seeds folder
    place: str  # the path, and for a member of an archive "#" and its name
    name: str  # the last part of its own name
    stream: "io.BufferedReader[Any]"
    budget: Budget
    size: int | None = None  # bytes, where that is known before they are read
    depth: int = 0  # in so many archives

    @property
    def kind(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def load(self, most: int = LARGEST) -> bytes:
        """All its bytes. Raises UnreadableError when there are none or more than `most`."""
        self._check_size(self.size or 0, most)
        data = self.stream.read(most + 1)
        self._check_size(len(data), most)
        if not data.strip():
            raise UnreadableError("is empty")
        return data

    @contextmanager
    def on_disk(self, most: int | None) -> Iterator[BinaryIO]:
        """Its bytes as a stream that can be read in any order; a member is copied, unnamed."""
        self._check_size(self.size or 0, most)
        if self.depth == 0:
            yield self.stream
            return
        with tempfile.TemporaryFile() as copy:
            while data := self.stream.read(PIECE):
                copy.write(data)
                self._check_size(copy.tell(), most)
            copy.seek(0)
            yield copy

    def _check_size(self, size: int, most: int | None) -> None:
        if most is None or size <= most:
            return
        found = f"is {size / 1e6:.1f} MB" if self.size else f"is over {most / 1e6:.0f} MB"
        if most == LARGEST:
            raise UnreadableError(
                f"{found}; one article may be {most // 1_000_000} MB: split it, "
                "or put its articles into a .jsonl file, which may be of any size"
            )
        raise UnreadableError(f"{found}; such a file may be {most // 1_000_000} MB: make it less")

    def member(self, name: str, stream: Readable, size: int | None) -> "Seed":
        """The member `name` of this archive."""
        return self._inside(f"{self.place}#{name}", name.rpartition("/")[2], stream, size)

    def unpacked(self, name: str, stream: Readable) -> "Seed":
        """What this packed file holds, known by the file's own place."""
        return self._inside(self.place, name, stream, None)

    def _inside(self, place: str, name: str, stream: Readable, size: int | None) -> "Seed":
        metered = io.BufferedReader(_Metered(stream, self.budget), PIECE)
        return Seed(self.path, place, name, metered, self.budget, size, self.depth + 1)


class _Metered(io.RawIOBase):
    """A stream whose bytes are counted against the budget; it fails once, and then has ended."""

    def __init__(self, source: Readable, budget: Budget) -> None:
        self._source: Readable | None = source
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._source is None:
            return 0
        try:
            data = self._source.read1(min(len(buffer), PIECE))
        except Exception as error:
            self._source = None
            if isinstance(error, EOFError):  # which others would take for the end of a whole file
                raise UnreadableError("is cut short: what is packed in it has no end") from None
            raise
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)
