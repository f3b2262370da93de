"""Names that have been read, kept in the user's cache folder: deleting it costs only time."""

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import platformdirs

from index.encoder.bundled import CACHE_VARIABLE

from .names.linking import Name
from .names.mention import KINDS, VERSION
from .table import ReadArticle

LEVEL = 3  # of compression


class Kept(NamedTuple):
    """The articles of one build of an index."""

    revision: tuple[str, int]
    articles: dict[str, ReadArticle]  # by id


def load(place: str) -> Kept | None:
    """Return what is kept of the index at `place`, or None if nothing fits these rules."""
    try:
        with gzip.open(_file(place), "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines))
            if head["version"] != VERSION:
                return None
            articles = [_article(json.loads(line)) for line in lines]
        identity, generation = head["revision"]
        return Kept((str(identity), int(generation)), {article.id: article for article in articles})
    except (OSError, EOFError, ValueError, KeyError, TypeError, StopIteration, zlib.error):
        return None  # absent, cut short or not ours


def save(place: str, revision: tuple[str, int], articles: Iterable[ReadArticle]) -> None:
    """Keep what was read; a full or read-only disk is no error, as nothing is lost."""
    file = _file(place)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, work = tempfile.mkstemp(dir=file.parent)  # readable by this account alone
        try:
            with (
                os.fdopen(handle, "wb") as raw,
                gzip.open(raw, "wt", LEVEL, encoding="utf-8") as lines,
            ):
                lines.write(json.dumps({"version": VERSION, "revision": revision}) + "\n")
                for article in articles:
                    lines.write(json.dumps(article) + "\n")
            Path(work).replace(file)
        finally:
            Path(work).unlink(missing_ok=True)


def _file(place: str) -> Path:
    folder = os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("archive-qa")
    # an address may hold a password, a path anything
    return Path(folder) / "names" / f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.jsonl.gz"


def _article(row: list[object]) -> ReadArticle:
    identity, digest, date, language, names, days = row
    if not isinstance(names, list) or not isinstance(days, list):
        raise ValueError("not a row of names")
    read = [Name(*name) for name in names]
    if any(name.kind not in KINDS for name in read):
        raise ValueError("not a kind of name")
    return ReadArticle(
        str(identity), str(digest), str(date) if date else None,
        str(language) if language else None, read, [str(day) for day in days],
    )  # fmt: skip
