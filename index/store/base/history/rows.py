"""Rows of the log of earlier versions, as both stores have them."""

import datetime
from collections.abc import Sequence
from typing import Any

from index.errors import StorageError, first_line
from index.store.base.records import REPAIR_HINT
from index.store.base.versions import Version

COLUMNS = "article, digest, title, date, replaced, stated, line, sentences, against, packed"
# What an older log says in their place, until the next build upgrades it.
OLDER_COLUMNS = (
    "article, digest, title, date, replaced, coalesce(date, substr(replaced, 1, 10)) AS stated,"
    " 0 AS line, sentences, NULL AS against, packed"
)
# Lines in the order of their days, what builds replaced in the order of builds.
NEWEST_FIRST = "stated DESC, line DESC, number DESC"


def without_text(columns: str) -> str:
    """Return the columns without the texts, which may be large."""
    return columns.replace("packed", "NULL")


def wrong_version(row: Sequence[Any]) -> str:
    """Return what is wrong with a row of COLUMNS, or ""."""
    try:
        _ = to_version(row).article
    except StorageError as error:
        return first_line(error)
    return ""


def is_lost(row: Sequence[Any]) -> bool:
    """Whether a row of COLUMNS is damaged beyond its text, so that nothing of it can be told."""
    try:
        to_version(row)
    except StorageError:
        return True
    return False


def version_values(version: Version) -> tuple[Any, ...]:
    """Return the values of COLUMNS."""
    return (
        version.article_id,
        bytes.fromhex(version.digest),
        version.title,
        version.date.isoformat() if version.date else None,
        version.replaced.isoformat(),
        version.stated.isoformat(),
        version.line,
        version.sentences,
        bytes.fromhex(version.against) if version.against else None,
        version.packed,
    )


def to_version(row: Sequence[Any]) -> Version:
    """Convert a row of COLUMNS. Raises StorageError if it is damaged."""
    identity, digest, title, date, replaced, stated, line, differing, against, packed = row
    try:
        return Version(
            identity,
            bytes(digest).hex(),
            title,
            datetime.date.fromisoformat(date) if date else None,
            datetime.datetime.fromisoformat(replaced),
            datetime.date.fromisoformat(stated),
            bool(line),
            int(differing),
            bytes(against).hex() if against else None,
            packed,
        )
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"an earlier version of '{identity}' is damaged ({error}): {REPAIR_HINT}"
        ) from error
