"""Seed files at an address (`s3://`, `gs://`, `https://`), listed and fetched through fsspec.

A file is fetched to a temporary file before it is read. Names in the archive are what follows the
address; they never become paths on this machine. Credentials are found as each service's own tools
find them, and are never part of an address.
"""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.errors import ArchiveError, UnreadableError, first_line
from index.formats.metadata import too_long

from .file_systems import file_system
from .seed_files import Unusable, is_below

MAX_FETCHED = 20_000_000_000  # bytes of one file
# A web server can invent folders without end, below one another and beside one another.
MAX_DEPTH, MAX_WEB_FOLDERS = 64, 100_000
ATTEMPTS = 3  # to fetch a file that changes meanwhile
# what changes when a file does, in the order of preference
TAGS = ("ETag", "etag", "LastModified", "Last-Modified", "mtime", "updated", "created")

Entry = dict[str, Any]  # what fsspec tells of one file or folder


class RemoteSeeds:
    """The files below an address that are not hidden."""

    def __init__(self, address: str, missing_ok: bool = False) -> None:
        """Connect to the service.

        Args:
            address: Such as "s3://bucket/articles".
            missing_ok: Take an address where nothing is for an empty folder.

        Raises:
            ArchiveError: The address is of no known kind, or the package for it is missing.
        """
        self._address, self._missing_ok = address, missing_ok
        self._fs = file_system(address)
        self._root = str(self._fs._strip_protocol(address)).rstrip("/")
        self._web = address.startswith("http")
        self._tokens: dict[str, str | None] = {}  # of the files that were listed
        self.unusable: list[Unusable] = []

    def __reduce__(self) -> tuple[type["RemoteSeeds"], tuple[str]]:
        return RemoteSeeds, (self._address,)  # a worker connects by itself

    def __str__(self) -> str:
        return self._address

    def files(self) -> Iterator[str]:
        """Yield the archive's names of all files, and collect what is `unusable`.

        Raises:
            ArchiveError: There is nothing, or a web server lists folders without end.
        """
        folders, listed = [""], 0
        while folders:
            folder = folders.pop()
            if (listed := listed + 1) > MAX_WEB_FOLDERS and self._web:
                raise ArchiveError(
                    f"the seeds at '{self}' have more than {MAX_WEB_FOLDERS:,} folders, such as "
                    f"'{folder[-80:]}': name a folder in which they come to an end"
                )
            for entry in self._list(folder):
                path = str(entry["name"])[len(self._root) + 1 :].rstrip("/")
                if entry["name"] == self._root and entry["type"] == "file":
                    raise ArchiveError(f"'{self}' is a file: name the folder that it is in")
                if self._is_hidden(path) or self._is_folder_itself(entry, path, folder):
                    continue
                if why := self._refusal(entry, path, folder):
                    self.unusable.append(Unusable(path, why))
                elif entry["type"] != "directory":
                    self._tokens[path] = _token(entry)
                    yield path
                elif path.count("/") < MAX_DEPTH:
                    folders.append(path)
                else:
                    why = f"is a folder more than {MAX_DEPTH} deep"
                    self.unusable.append(Unusable(path, why, unlisted=True))

    def _is_hidden(self, path: str) -> bool:
        if self._web and re.search("[?#]", path):  # a link that sorts the list, say
            return True
        return any(re.match(r"\.[^.]", part) for part in path.split("/"))

    def _is_folder_itself(self, entry: Entry, path: str, folder: str) -> bool:
        """Whether an entry is the folder, or the empty file by which some tools mark a folder."""
        return path == folder and (entry["type"] == "file" or entry["name"] == self._name(folder))

    def _refusal(self, entry: Entry, path: str, folder: str) -> str | None:
        """Say why an entry is neither read nor followed."""
        if not entry["name"].startswith(f"{self._root}/"):
            return f"is not below {self}"
        if path == folder or not all(part.strip(".") for part in path.split("/")):
            return "its name has an empty part, or one of dots: rename it"
        if entry.get("islink") or entry["type"] == "link":
            return "is a link, which is not followed: copy it"
        if entry["type"] not in ("file", "directory"):
            return "is neither a file nor a folder"
        return f"its path {fault}" if (fault := too_long(path)) else None

    def _list(self, folder: str) -> list[Entry]:
        try:
            return list(self._fs.ls(self._name(folder), detail=True))
        except Exception as error:  # each service has its own
            if folder:
                why = f"cannot be listed: {first_line(error)}"
                self.unusable.append(Unusable(folder, why, unlisted=True))
                return []
            if not isinstance(error, FileNotFoundError):
                raise ArchiveError(
                    f"the seeds at '{self}' cannot be listed ({first_line(error)}): check the "
                    "address, the network and the credentials"
                ) from error
            if self._missing_ok:
                return []
            raise ArchiveError(
                f"there are no seeds at '{self}': check the address, or say --allow-empty "
                "(allow_empty=True) if it is meant to be empty"
            ) from error

    def is_unlisted(self, path: str) -> bool:
        """Whether the file is below a folder that cannot be listed, so that it may still exist."""
        return is_below(self.unusable, path)

    def stamp(self, path: str) -> str | None:
        """Return size and tag or time of a file as it was listed. None: do not rely on it."""
        if self._tokens.get(path) is None:
            try:
                self._tokens[path] = _token(self._fs.info(self._name(path)))
            except Exception:  # reading the file will say why
                self._tokens[path] = None
        return self._tokens[path]

    @contextmanager
    def open(self, path: str) -> Iterator[Path]:
        """Fetch a file for as long as a `with` lasts.

        Raises:
            UnreadableError: It is larger than MAX_FETCHED.
            OSError: It cannot be fetched, now at least.
        """
        with TemporaryDirectory(prefix="archive-qa-") as folder:
            file = Path(folder, "seed")
            try:
                self._fetch(path, file)
            except UnreadableError:
                raise
            except Exception as error:
                raise OSError(errno.EIO, f"it was not fetched: {first_line(error)}") from error
            yield file

    def _fetch(self, path: str, file: Path) -> None:
        """Fetch one version of a file: services may give pieces of two if it is replaced."""
        before = self.stamp(path)
        for _ in range(ATTEMPTS):
            self._fs.get_file(self._name(path), str(file), callback=_meter())
            after = _token(self._fs.info(self._name(path)))
            if after == before:
                return
            before = after
        raise ValueError("it changed each time while it was fetched")

    def _name(self, path: str) -> str:
        if path:
            return f"{self._root}/{path}"
        return f"{self._root}/" if self._web else self._root


def _token(entry: Entry) -> str | None:
    tag = next((entry[name] for name in TAGS if entry.get(name)), None)
    return f"{entry.get('size')} {tag}" if tag else None


def _meter() -> Any:
    """Return a callback that ends the fetching of a file that is too large."""
    from fsspec.callbacks import Callback

    class Meter(Callback):  # type: ignore[misc]
        def relative_update(self, inc: int = 1) -> None:
            super().relative_update(inc)
            if self.value > MAX_FETCHED:
                raise UnreadableError(
                    f"is over {MAX_FETCHED // 1_000_000_000} GB, the limit for a file at an "
                    "address: split it"
                )

    return Meter()
