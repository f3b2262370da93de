"""Choose the columns of a table that make an article, and make records of its rows.

Names are compared without case; spaces and hyphens count as underscores. The text of a row is the
caller's own and is not cleaned.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from index.errors import UnreadableError
from index.formats.metadata import preview
from index.formats.records.record import record_from
from index.formats.seed_file import Omitted, Record, Refused

TEXT = "text"
# the names of columns that are recognised, the preferred ones first
NAMES = {
    TEXT: ("text", "body", "content", "article", "article_text", "full_text", "fulltext",
           "plain_text", "maintext", "main_text", "article_body", "articlebody"),
    "title": ("title", "headline", "heading"),
    "date": ("date", "published", "publication_date", "publish_date", "published_date",
             "date_published", "published_at", "pub_date", "pubdate", "datepublished"),
    "language": ("language", "lang"),
    "url": ("url", "link", "permalink"),
    "author": ("author", "authors", "byline"),
    "id": ("id", "article_id"),
}  # fmt: skip
MAX_NAMED = 30  # columns in a message
MAX_REFUSED = 1000  # rows of one table that are named one by one

# a row's number, and its values or why it cannot be read
Row = tuple[int, Sequence[object] | UnreadableError]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what: the name of a field -> the index of its column."""

    fields: Mapping[str, int]
    unread: tuple[str, ...]  # names of the other columns

    @classmethod
    def choose(cls, header: Sequence[str], text: str | None = None) -> "Columns | None":
        """Choose from a header; None if no column holds texts.

        Args:
            header: The names of all columns.
            text: The column of the texts; a table without it may still have one of a known name.
        """
        known = {**NAMES, TEXT: (*filter(None, [_folded(text or "")]), *NAMES[TEXT])}
        at: dict[str, int] = {}
        for index, name in enumerate(map(_folded, header)):
            at.setdefault(name, index)
        fields: dict[str, int] = {}
        for field, names in known.items():
            free = (at[name] for name in names if name in at and at[name] not in fields.values())
            for index in islice(free, 1):
                fields[field] = index
        if TEXT not in fields:
            return None
        used = set(fields.values())
        return cls(fields, tuple(n for i, n in enumerate(header) if i not in used and n.strip()))


def no_text_column(header: Sequence[str]) -> UnreadableError:
    """The error for a table without a column of texts."""
    found = ", ".join(preview(name) for name in header[:MAX_NAMED])
    return UnreadableError(
        f"has no column named {', '.join(NAMES[TEXT][:4])} or the like, only {found or 'none'}: "
        "name the one with the articles' text by --column"
    )


def articles(place: str, columns: Columns, rows: Iterable[Row]) -> Iterator[Record | Refused]:
    """Yield a record per row, and refuse the rows that have no text or cannot be read."""
    refused, first_unnamed = 0, ""
    for number, values in rows:
        row = f"{place}#{number}"
        try:
            if isinstance(values, UnreadableError):
                raise values
            fields = {name: _value(name, values[at]) for name, at in columns.fields.items()}
            yield record_from({k: v for k, v in fields.items() if v is not None}, row)
        except UnreadableError as error:
            refused += 1
            if refused <= MAX_REFUSED:
                yield Refused(row, str(error))
            first_unnamed = first_unnamed or (f"{number}: {error}" if refused > MAX_REFUSED else "")
    if first_unnamed:
        more = refused - MAX_REFUSED
        yield Refused(place, f"{more} more rows are not read (the first is {first_unnamed})")


def unread(place: str, columns: Columns) -> Iterator[Omitted]:
    """Name the columns that hold nothing that an article has."""
    if columns.unread:
        names = ", ".join(preview(name) for name in columns.unread[:MAX_NAMED])
        more = f" and {len(columns.unread) - MAX_NAMED} more" * (len(columns.unread) > MAX_NAMED)
        yield Omitted(place, f"columns left out: {names}{more}")


def _folded(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", "_").split())


def _value(field: str, value: object) -> object:
    """A cell's value; None for an empty one. Only a text keeps the white space around it."""
    if not isinstance(value, str):
        return value
    return (value if field == TEXT else value.strip()) if value.strip() else None
