"""The keywords of an index: what they are of a passage, and who holds those of a question (BM25).

FTS5 gives the ranks. It needs its full detail for that: without the places of the terms, a table
that keeps no texts ranks all rows alike. Its time grows with the rows that it must rank, so a
question's rarest terms are looked up first and the rest is left out when these rows get too many.
"""

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.terms import terms

# a term in over this share of the passages does not help to find one, unless it is in few at all
COMMON, RARE = 0.1, 3
# Rows that one question may rank: over 100,000 passages it finds as much as with all its terms.
ROWS = 5_000


@dataclass(frozen=True, slots=True)
class TermChoice:
    """What became of a question's terms; a phrase is its terms with spaces between them."""

    used: tuple[str, ...]  # the rarest first
    common: tuple[str, ...]  # left out: in too many passages to tell them apart
    unknown: tuple[str, ...]  # in no passage
    weight: float = 0.0  # what all of them tell: about the BM25 score of a passage with each once


def heading(kind: str, own: str | None, article: str | None) -> str:
    """What a passage is found by beside its text: the title of its article, or a teaser's own.

    >>> heading("body", None, "Rain over Ulm"), heading("title", None, "Rain over Ulm")
    ('Rain over Ulm', '')
    """
    found = {"body": article, "teaser": own}.get(kind)
    return found or ""


def of_passage(text: str, kind: str, own: str | None, article: str | None) -> str:
    """What FTS5 is given of a passage: the terms of its heading and of its text, with spaces."""
    return " ".join(terms(f"{heading(kind, own, article)}\n{text}"))


def choose(connection: sqlite3.Connection, asked: Sequence[str], passages: int) -> TermChoice:
    """Choose among the terms asked for in an archive of so many passages, the rarest first."""
    most = max(RARE, int(min(COMMON * passages, ROWS)))
    counted = [(_uses(connection, term, most + 1), term) for term in dict.fromkeys(asked)]
    used: list[str] = []
    common: list[str] = []
    rows = 0
    for uses, term in sorted((uses, term) for uses, term in counted if uses):
        if uses > most or (used and rows + uses > ROWS):
            common.append(term)
        else:
            used.append(term)
            rows += uses
    unknown = tuple(term for uses, term in counted if not uses)
    weight = sum(_telling(uses, passages) for uses, term in counted if " " not in term)
    return TermChoice(tuple(used), tuple(common), unknown, weight)


def _telling(uses: int, passages: int) -> float:
    """How much a term in so many passages tells, as in BM25 (Robertson and Walker, 1994)."""
    return math.log(max(1.0, (passages - uses + 0.5) / (uses + 0.5)))


def search(
    connection: sqlite3.Connection,
    used: Sequence[str],
    k: int,
    among: str | None = None,
    values: Sequence[str] = (),
) -> list[tuple[int, float]]:
    """Up to `k` (passage id, BM25 score) of passages with any term that is `used`, best first.

    `among` is a query, with its values, for the ids that count; None: all.
    """
    if not used:
        return []
    # FTS5 gives BM25 negated, so that the best comes first; the id makes ties repeatable
    rows = connection.execute(
        "SELECT rowid, -rank FROM keyword WHERE keyword MATCH ?"
        f"{f' AND rowid IN ({among})' if among else ''} ORDER BY rank, rowid LIMIT ?",
        (" OR ".join(map(_quoted, used)), *values, k),
    )
    return [(int(passage), float(score)) for passage, score in rows]


def _uses(connection: sqlite3.Connection, term: str, most: int) -> int:
    """In how many passages a term or phrase stands, counted up to `most`."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM keyword WHERE keyword MATCH ? LIMIT ?)",
        (_quoted(term), most),
    ).fetchone()
    return int(row[0])


def _quoted(term: str) -> str:
    return '"{}"'.format(term.replace('"', '""'))
