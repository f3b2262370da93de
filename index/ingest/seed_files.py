"""The files of a seeds folder: which there are, what they are called, and whether one changed.

`Seeds` is what a build requires of the place where seed files are; `remote.py` has another one.
"""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.formats.metadata import too_long

SETTLED = 2_000_000_000  # ns; a younger file could change again within the clock's resolution


@dataclass(frozen=True, slots=True)
class Unusable:
    """A path that gives no seed files, and why."""

    path: str
    why: str
    unlisted: bool = False  # a folder that cannot be listed: what it held before may still be there


class Seeds(Protocol):
    """A place that holds seed files; `str` of it is its name in messages."""

    @property
    def unusable(self) -> list[Unusable]:
        """What `files` met that gives no seed files."""

    def files(self) -> Iterator[str]:
        """Yield the archive's names of all files, and collect what is `unusable`."""

    def is_unlisted(self, path: str) -> bool:
        """Whether the file is below a folder that cannot be listed, so that it may still exist."""

    def stamp(self, path: str) -> str | None:
        """Return a token of a file: equal tokens mean an equal file. None: do not rely on it."""

    def open(self, path: str) -> AbstractContextManager[Path]:
        """Return a file on this machine with the contents of the seed file, for a `with`."""


def is_address(seeds: str | os.PathLike[str]) -> bool:
    """Whether seeds are named by an address such as "s3://bucket/articles", not by a folder."""
    return "://" in str(seeds)


def is_below(unusable: list[Unusable], path: str) -> bool:
    """Whether a file is below one of these folders that cannot be listed."""
    folders = (bad.path for bad in unusable if bad.unlisted)
    return any(folder == "." or path.startswith(f"{folder}/") for folder in folders)


class SeedFolder:
    """The files below `source` that are not hidden; names in the archive are relative, with "/"."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self._prefix = os.path.join(source, "")
        self.unusable: list[Unusable] = []

    def __reduce__(self) -> tuple[type["SeedFolder"], tuple[Path]]:
        return SeedFolder, (self.source.absolute(),)  # a worker has another current folder

    def __str__(self) -> str:
        return str(self.source)

    def files(self) -> Iterator[str]:
        """Yield the archive's names of all files, and collect what is `unusable`."""
        for folder, folders, names in os.walk(self.source, onerror=self._note_unlisted):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in folders:
                link = os.path.join(folder, name)
                if os.path.islink(link) and (path := self._named(link)):
                    why = "is a link to a folder, which is not followed: copy it"
                    self.unusable.append(Unusable(path, why))
            for name in names:
                if not name.startswith(".") and (path := self._named(os.path.join(folder, name))):
                    yield path

    def is_unlisted(self, path: str) -> bool:
        """Whether the file is below a folder that cannot be listed, so that it may still exist."""
        return is_below(self.unusable, path)

    def open(self, path: str) -> AbstractContextManager[Path]:
        """Return the file itself, for a `with`."""
        return nullcontext(self.source / path)

    def stamp(self, path: str) -> str | None:
        """Return size and times of a file: equal stamps mean an equal file. None: do not rely."""
        try:
            about = os.stat(self._prefix + path)
        except OSError:
            return None
        if time.time_ns() - about.st_mtime_ns < SETTLED:
            return None
        return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"

    def _note_unlisted(self, error: OSError) -> None:
        if path := self._named(error.filename):
            why = f"cannot be listed: {error.strerror}"
            self.unusable.append(Unusable(path, why, unlisted=True))

    def _named(self, file: str) -> str | None:
        """Return the archive's name of `file`; None, with a note, if it cannot be one."""
        path = file[len(self._prefix) :] or "."  # much faster than a Path for each file
        readable = path.encode(errors="backslashreplace").decode()
        fault = too_long(path)
        if readable == path and not fault:
            return path
        why = f"its path {fault}" if fault else "its name is not UTF-8: rename it"
        self.unusable.append(Unusable(readable, why))
        return None
