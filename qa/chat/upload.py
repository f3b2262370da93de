"""Putting uploaded files into the seeds folder, under safe new names.

A name from outside is never a path: of it only letters, digits, "-" and "_" are kept, and no file
that is there is ever written over. What cannot be read as an article is not taken.
"""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError
from index.formats.registry import CONTENT_KINDS
from index.formats.seed_file import Refused
from index.ingest.reading import read_articles

from .plain_text import text
from .source import file_name
from .words import both

MOST_FILES = 20
LARGEST = 10  # MB; of one file
LONGEST_NAME = 60  # characters
SAFE = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one uploaded file: its new name in the seeds folder, or why there is none."""

    name: str
    saved: str | None = None
    why: str | None = None


def safe_name(name: str) -> str:
    """A file name that holds nothing but a name.

    >>> safe_name("../../etc/pass wd.txt"), safe_name(".hidden.MD"), safe_name("<b>新闻.html")
    ('pass-wd.txt', 'hidden.md', 'b-新闻.html')
    """
    whole = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    last = re.split(r"[/\\]", whole)[-1]
    stem, dot, kind = last.rpartition(".")
    words = SAFE.sub("-", stem if dot else last).strip("-_")[:LONGEST_NAME].strip("-_")
    return f"{words or 'article'}.{SAFE.sub('', kind).lower() if dot else ''}".rstrip(".")


def take(files: Sequence[tuple[str, Path]], seeds: Path) -> list[Taken]:
    """Copy uploaded files, (name, where it lies), into the seeds folder.

    Raises ArchiveError when there are too many at once; of the others each is judged alone.
    """
    if len(files) > MOST_FILES:
        raise ArchiveError(f"{len(files)} files are too many: add at most {MOST_FILES} at once")
    return [_take(name, file, seeds) for name, file in files]


def taken_html(taken: Sequence[Taken]) -> str:
    """What became of the files, each on its line."""
    lines = "".join(
        f"<li>{file_name(one.name)}: "
        + (
            f"{both('saved')} {file_name(one.saved)}"
            if one.saved
            else f"{both('refused')} {text(one.why or '')}"
        )
        + "</li>"
        for one in taken
    )
    return f'<div class="qa-report"><ul>{lines}</ul></div>'


def _take(name: str, file: Path, seeds: Path) -> Taken:
    safe = safe_name(name)
    if Path(safe).suffix not in CONTENT_KINDS:  # packed files may hold far more than they weigh
        return Taken(name, why=f"files of this kind are not taken, only {', '.join(CONTENT_KINDS)}")
    try:
        if file.stat().st_size > LARGEST * 1_000_000:
            return Taken(name, why=f"it is larger than {LARGEST} MB")
        content = file.read_bytes()
        return _store(name, safe, content, seeds)
    except OSError as error:
        return Taken(name, why=f"cannot be stored: {error.strerror or error}")


def _store(name: str, safe: str, content: bytes, seeds: Path) -> Taken:
    """Write beside the place, see that it can be read, then give it a name that is free."""
    aside = seeds / f".{os.urandom(8).hex()}{Path(safe).suffix}"  # hidden: builds pass it by
    try:
        with aside.open("xb") as new:
            new.write(content)
        read = list(read_articles(aside, safe))
        if not any(not isinstance(one, Refused) for one in read):
            why = read[0].why if read and isinstance(read[0], Refused) else "holds no article"
            return Taken(name, why=why)
        for number in range(1, 10_000):
            place = seeds / (safe if number == 1 else _numbered(safe, number))
            try:
                os.link(aside, place)  # unlike a rename it never replaces what is there
            except FileExistsError:
                continue
            return Taken(name, saved=place.name)
        return Taken(name, why="too many files have this name")
    finally:
        aside.unlink(missing_ok=True)


def _numbered(safe: str, number: int) -> str:
    return f"{Path(safe).stem}-{number}{Path(safe).suffix}"
