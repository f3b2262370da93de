"""Store uploaded files in the seeds folder, under safe new names.

A name from outside is never used as a path: only its letters, digits, "-" and "_" are kept, and an
existing file is never overwritten. A file that cannot be read as an article is refused.
"""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article
from index.errors import ArchiveError
from index.formats.registry import CONTENT_KINDS
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles

from .phrases.problems import explain
from .rendering import render
from .words import PAGE

MAX_FILES = 20  # in one upload
MAX_MEGABYTES = 10  # of one file
MAX_NAME = 60  # characters
MAX_SAME_NAME = 10_000  # files that differ in their number only
UNSAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class UploadResult:
    """The outcome for one file: its name in the seeds folder, or the reason it was refused."""

    name: str  # as uploaded
    saved_as: str | None = None
    reason: str | None = None


def safe_name(name: str) -> str:
    """Return a file name without any path, hidden-file dot or special character.

    >>> safe_name("../../etc/pass wd.txt"), safe_name(".hidden.MD"), safe_name("<b>新闻.html")
    ('pass-wd.txt', 'hidden.md', 'b-新闻.html')
    """
    normalised = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    base = re.split(r"[/\\]", normalised)[-1]
    stem, dot, extension = base.rpartition(".")
    words = UNSAFE.sub("-", stem if dot else base).strip("-_")[:MAX_NAME].strip("-_")
    return f"{words or 'article'}.{UNSAFE.sub('', extension).lower() if dot else ''}".rstrip(".")


def store_uploads(files: Sequence[tuple[str, Path]], seeds: Path) -> list[UploadResult]:
    """Copy uploaded files into the seeds folder; a refused file does not stop the others.

    Args:
        files: Pairs of the name that the user's browser sent and the file's temporary path.
        seeds: The seeds folder.

    Raises:
        ArchiveError: There are more than MAX_FILES files.
    """
    if len(files) > MAX_FILES:
        raise ArchiveError(f"{len(files)} files are too many: add at most {MAX_FILES} at once")
    return [_store_upload(name, file, seeds) for name, file in files]


def results_html(results: Sequence[UploadResult], language: str = "en") -> str:
    """Return a list of what happened to each file."""
    shown = [replace(one, reason=explain(one.reason or "", language)) for one in results]
    return render("upload_report.html", results=shown, words=PAGE[language])


def limits_html() -> str:
    """Return a line on how many files, of what size, may be uploaded at once."""
    return render("upload_limits.html", files=MAX_FILES, megabytes=MAX_MEGABYTES)


def _store_upload(name: str, file: Path, seeds: Path) -> UploadResult:
    safe = safe_name(name)
    if Path(safe).suffix not in CONTENT_KINDS:  # a packed file may hold far more than its size
        return UploadResult(
            name, reason=f"files of this kind are not taken, only {', '.join(CONTENT_KINDS)}"
        )
    try:
        if file.stat().st_size > MAX_MEGABYTES * 1_000_000:
            return UploadResult(name, reason=f"it is larger than {MAX_MEGABYTES} MB")
        return _write(name, safe, file.read_bytes(), seeds)
    except OSError as error:
        return UploadResult(name, reason=f"cannot be stored: {error.strerror or error}")


def _write(name: str, safe: str, content: bytes, seeds: Path) -> UploadResult:
    """Write to a temporary file, check that it is readable, then link it under a free name."""
    temporary = seeds / f".{os.urandom(8).hex()}{Path(safe).suffix}"  # builds skip hidden files
    try:
        with temporary.open("xb") as new:
            new.write(content)
        if reason := _reason_to_refuse(temporary, safe):
            return UploadResult(name, reason=reason)
        for number in range(1, MAX_SAME_NAME):
            target = seeds / (safe if number == 1 else _numbered(safe, number))
            try:
                os.link(temporary, target)  # unlike a rename, never replaces an existing file
            except FileExistsError:
                continue
            return UploadResult(name, saved_as=target.name)
        return UploadResult(name, reason="too many files have this name")
    finally:
        temporary.unlink(missing_ok=True)


def _reason_to_refuse(file: Path, name: str) -> str | None:
    """Return why a file holds no article, or None if it holds at least one."""
    contents = list(read_articles(file, name))
    if any(isinstance(item, Article) for item in contents):
        return None
    refused = (item.why for item in contents if isinstance(item, Refused))
    return next(refused, "holds no article")


def _numbered(safe: str, number: int) -> str:
    return f"{Path(safe).stem}-{number}{Path(safe).suffix}"
