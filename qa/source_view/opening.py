"""Open a seed file by the name that the index has of it, and nothing outside the seeds folder.

A name from an index is not trusted: an index may come from elsewhere, and since its build a file
may have become a link or a pipe.
"""

import io
import os
import stat
from pathlib import Path

from .problems import SourceError

MAX_FILE = 300_000_000  # bytes: a larger file is not searched for one article
NOT_IN_NAMES = ("\0", "\\", ":") if os.name == "nt" else ("\0",)
# never wait for a pipe; never become the terminal's process; not translated on Windows
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
FOLDER = FLAGS | NO_LINK | getattr(os, "O_DIRECTORY", 0)


def open_seed(seeds: Path, path: str) -> io.BufferedReader:
    """Open a file of the seeds folder; a link is followed only if it stays in the folder.

    Args:
        seeds: The folder.
        path: The file's name relative to it, with "/".

    Raises:
        SourceError: It is gone, too large, hidden, no regular file, or leads out of the folder.
    """
    parts = path.split("/")
    if not all(map(_is_usable, parts)):
        raise SourceError("refused", path)
    try:
        root = seeds.resolve(strict=True)
        target = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle
        raise SourceError("gone", path) from None
    if not target.is_relative_to(root):
        raise SourceError("refused", path)
    inner = target.relative_to(root).parts
    if not all(map(_is_usable, inner)):
        raise SourceError("refused", path)
    try:
        descriptor = _open_below(root, inner)
    except OSError:  # changed in the meantime, or not readable
        raise SourceError("gone", path) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE:
        os.close(descriptor)
        raise SourceError("large" if stat.S_ISREG(status.st_mode) else "refused", path)
    return os.fdopen(descriptor, "rb")


def is_hidden(place: str) -> bool:
    """Whether a file, a folder around it, or a member of an archive on its way is hidden.

    >>> is_hidden("a/.b/c.txt"), is_hidden("a.zip#.b.txt"), is_hidden("a.b/c.txt")
    (True, True, False)
    """
    return any(part.startswith(".") for name in place.split("#") for part in name.split("/"))


def _is_usable(part: str) -> bool:
    return bool(part) and not part.startswith(".") and not any(c in part for c in NOT_IN_NAMES)


def _open_below(root: Path, parts: tuple[str, ...]) -> int:
    """Open a file step by step, so that nothing on its way can be exchanged for a link."""
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(root.joinpath(*parts), FLAGS)
    *folders, name = parts
    folder = os.open(root, FOLDER)
    try:
        for each in folders:
            inner = os.open(each, FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(name, FLAGS | NO_LINK, dir_fd=folder)
    finally:
        os.close(folder)
