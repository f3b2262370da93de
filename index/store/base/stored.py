"""How articles, passages and skips are written as rows, the same in every backend.

A row that is not what was stored is an error.
"""

import datetime
import json
from collections.abc import Sequence
from dataclasses import astuple
from functools import lru_cache
from typing import Any

from index.article import Anchor, Article, Location, Part, location_at
from index.errors import StorageError
from index.passage import Passage

from .digest import of_text
from .records import REPAIR_HINT, Skip, StoredArticle

__all__ = [
    "ARTICLE", "article_values", "read_skips", "source_digest", "to_article", "to_passage",
    "to_stored", "write_skips",
]  # fmt: skip

ARTICLE = "id, title, text, date, language, path, url, author, parts, place"  # then its anchors


def article_values(article: Article) -> tuple[Any, ...]:
    """Return the columns of ARTICLE and the anchors, as they are stored."""
    anchors = [(a.start, *astuple(a.location)) for a in article.anchors]
    return (
        article.id,
        article.title,
        article.text,
        article.date.isoformat() if article.date else None,
        article.language,
        article.path,
        article.url,
        article.author,
        json.dumps([astuple(part) for part in article.parts]),
        article.place,
        json.dumps(anchors) if anchors else None,
    )


def to_article(row: Sequence[Any]) -> Article:
    """Convert a row of `article_values`. Raises StorageError if it is damaged."""
    identity, title, text, date, language, path, url, author, parts, place, anchors = row
    try:
        day = datetime.date.fromisoformat(date) if date else None
        where = tuple(Part(*part) for part in json.loads(parts))
        stands = _anchors(anchors)
    except (ValueError, TypeError) as error:
        raise _damaged(identity, error) from error
    return Article(
        id=identity,
        title=title,
        text=text,
        date=day,
        language=language,
        path=path,
        url=url,
        author=author,
        parts=where,
        place=place,
        anchors=stands,
    )


def to_passage(row: Sequence[Any]) -> Passage:
    """Convert (id, the fields of Passage but its location, anchors of its article, content).

    Raises:
        StorageError: Its text has changed, or the anchors are damaged.
    """
    identity, article, start, end, text, kind, language, title, anchors, content = row
    try:
        location = location_at(_anchors(anchors), start)
    except (ValueError, TypeError) as error:
        raise _damaged(article, error) from error
    passage = Passage(article, start, end, text, kind, language, title, location)
    if of_text(passage.text) != content:  # a damaged disk: no answer beats a wrong quotation
        raise StorageError(
            f"passage {identity} of '{passage.article_id}' is not the text that was indexed: "
            f"{REPAIR_HINT}"
        )
    return passage


def to_stored(row: Sequence[Any], seen: bool, fresh: bool) -> StoredArticle:
    """Convert (path, place, digest, digest of the text, of its source, date), as `find` has it."""
    path, place, digest, text_digest, source_digest, date = row
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError:  # a repair, or the next change, will mend it
        day = None
    return StoredArticle(path, place, digest, text_digest, source_digest, day, seen, fresh)


def source_digest(article: Article) -> bytes:
    """Return the digest of what an article was made of: the text of a record is not cleaned."""
    return article.source or of_text(article.text)


def write_skips(skips: Sequence[Skip], reader: str) -> str:
    """Return what is stored of the skips of one file; "" if nothing was skipped."""
    return json.dumps([reader, *map(astuple, skips)]) if skips else ""


def read_skips(stored: str) -> tuple[str | None, list[Skip]]:
    """Return which reader skipped something, None if nothing was, and what."""
    if not stored:
        return None, []
    reader, *skips = json.loads(stored)
    return reader, [Skip(*skip) for skip in skips]


@lru_cache(maxsize=64)  # the passages of a search often share an article
def _anchors(stored: str | None) -> tuple[Anchor, ...]:
    rows = json.loads(stored) if stored else ()
    return tuple(Anchor(start, Location(*location)) for start, *location in rows)


def _damaged(article: str, error: Exception) -> StorageError:
    return StorageError(f"the article '{article}' is damaged ({error}): {REPAIR_HINT}")
