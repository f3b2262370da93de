"""What a format reader receives (`Seed`) and yields (`Draft`, `Record`, `Refused`, `Omitted`).

A seed is a file of the seeds folder or a member of an archive in it. It is a stream, read once from
the start; its name is only a name, never a path on disk. Nothing is cleaned here.
"""

import io
import tempfile
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol

from index.article import Anchor
from index.errors import UnreadableError, UnwantedError, reason

from .limits import MAX_ARTICLE, Budget

CHUNK = 65536  # bytes per read


class Readable(Protocol):
    """A member's byte stream. It gives what is available, so that data before a cut is read."""

    def read1(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes, or b"" at the end."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or one article in it, that cannot be read, and why, in words for its owner."""

    place: str  # like Article.place
    why: str
    permanent: bool = True  # False if a retry may succeed, as after a disk error
    unwanted: bool = False  # it is no article: what the index has of it goes

    @classmethod
    def because(cls, place: str, error: Exception) -> "Refused":
        """Refuse `place` for any error that a parser raises; errors of the system may pass."""
        failed = isinstance(error, OSError) and error.errno is not None
        permanent = not (failed or isinstance(error, MemoryError))
        return cls(place, reason(error), permanent, isinstance(error, UnwantedError))


@dataclass(frozen=True, slots=True)
class Omitted:
    """Something that an article lacks although its file holds it: what, in words for its owner."""

    place: str  # like Article.place, of the article that was read without it
    what: str  # "3 text boxes left out"


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that one article was made of, where they are only a part of its file."""

    kind: str  # the suffix of a file that would hold just this, like ".eml"
    data: bytes
    charset: str | None = None  # that was declared beside the bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """Raw text that becomes an article once it is cleaned, and the metadata its file states."""

    place: str
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)  # values are not checked yet
    links: Set[str] = frozenset()  # those lines of a web page that are links
    anchors: tuple[Anchor, ...] = ()  # offsets into `text`, ascending; cleaning moves them
    original: Original | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its caller stated it; its text is never cleaned, so offsets stay valid."""

    place: str
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)  # values are not checked yet
    id: str | None = None  # None: the place identifies it


@dataclass(frozen=True, slots=True)
class Seed:
    """One file to read."""

    path: str  # of the file in the seeds folder
    place: str  # the path, and for a member of an archive "#" and the member's name
    name: str  # the last component of its own name
    stream: "io.BufferedReader[Any]"
    budget: Budget
    size: int | None = None  # bytes, if known before reading
    depth: int = 0  # the number of archives and compressed files around it
    column: str | None = None  # where the texts of a table are, if not under a name that is known
    front_pages: bool = False  # whether front pages and lists of links count as articles

    @property
    def kind(self) -> str:
        """The suffix of its name in lower case, such as ".pdf", or ""."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self, limit: int = MAX_ARTICLE) -> bytes:
        """Return all its bytes.

        Raises:
            UnreadableError: It is empty or larger than `limit` bytes.
        """
        self._check_size(self.size or 0, limit)
        data = self.stream.read(limit + 1)
        self._check_size(len(data), limit)
        if not data.strip():
            raise UnreadableError("is empty")
        return data

    @contextmanager
    def seekable(self, limit: int | None) -> Iterator[BinaryIO]:
        """Open its bytes for random access; a member is first copied to an unnamed file on disk.

        Raises:
            UnreadableError: It is larger than `limit` bytes.
        """
        self._check_size(self.size or 0, limit)
        if self.depth == 0:
            yield self.stream
            return
        with tempfile.TemporaryFile() as copy:
            while data := self.stream.read(CHUNK):
                copy.write(data)
                self._check_size(copy.tell(), limit)
            copy.seek(0)
            yield copy

    def _check_size(self, size: int, limit: int | None) -> None:
        if limit is None or size <= limit:
            return
        actual = f"is {size / 1e6:.1f} MB" if self.size else f"is over {limit / 1e6:.0f} MB"
        if limit == MAX_ARTICLE:
            raise UnreadableError(
                f"{actual}; the limit for one article is {limit // 1_000_000} MB: split it, "
                "or put its articles into a .jsonl file, which may be any size"
            )
        raise UnreadableError(
            f"{actual}; the limit for this kind of file is {limit // 1_000_000} MB: reduce its size"
        )

    def member(self, name: str, stream: Readable, size: int | None) -> "Seed":
        """The member `name` of this archive."""
        return self._inside(f"{self.place}#{name}", name.rpartition("/")[2], stream, size)

    def decompressed(self, name: str, stream: Readable) -> "Seed":
        """The one file inside this compressed file; it has the compressed file's place."""
        return self._inside(self.place, name, stream, None)

    def _inside(self, place: str, name: str, stream: Readable, size: int | None) -> "Seed":
        metered = io.BufferedReader(_Metered(stream, self.budget), CHUNK)
        depth = self.depth + 1
        return replace(self, place=place, name=name, stream=metered, size=size, depth=depth)


class _Metered(io.RawIOBase):
    """A stream whose bytes count against a budget; after its first error it is at its end."""

    def __init__(self, source: Readable, budget: Budget) -> None:
        self._source: Readable | None = source
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._source is None:
            return 0
        try:
            data = self._source.read1(min(len(buffer), CHUNK))
        except Exception as error:
            self._source = None
            if isinstance(error, EOFError):  # callers would take it for the end of a whole file
                raise UnreadableError("is cut short: its compressed data has no end") from None
            raise
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)
