"""Does every passage have its keywords, and no keyword another passage?

SQLite's own check of FTS5 wants to write, which a reader may not, and of a table that keeps no
texts it compares nothing: so it is run on a copy, and the terms are compared here.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator

from index.store.base.problem import Problem
from index.text.terms import VERSION

from .fts import of_passage

WORD = (1 << 64) - 1
SHADOWS = ("data", "idx", "docsize", "config")  # the tables in which FTS5 keeps an index


def wrong_keywords(connection: sqlite3.Connection, version: int) -> Iterator[Problem]:
    """What is wrong with the keywords, in the connection's temporary tables.

    `version` is that of the rules by which they were made; of others only that can be said.
    """
    if version != VERSION:
        yield Problem("keywords", f"the keywords were made by rules {version}, not {VERSION}")
        return
    try:
        _copy(connection)
        connection.execute("INSERT INTO temp.copied (copied) VALUES ('integrity-check')")
        said = _said(connection)
        sizes = dict(connection.execute("SELECT id, sz FROM keyword_docsize").fetchall())
        (totals,) = connection.execute("SELECT block FROM keyword_data WHERE id = 1").fetchone()
    except (sqlite3.Error, TypeError) as error:
        yield Problem("keywords", f"the keywords are damaged ({error})")
        return
    expected = dict(_expected(connection))
    for identity in sorted(expected.keys() - sizes.keys()):
        yield Problem("keywords", f"passage {identity} has no keywords")
    for identity in sorted(sizes.keys() | said.keys() - expected.keys()):
        if identity not in expected:
            yield Problem("keywords", f"keywords belong to passage {identity}, not there")
    for identity in sorted(expected.keys() & sizes.keys()):
        count, _ = expected[identity]
        if said.get(identity, (0, 0)) != expected[identity] or _numbers(sizes[identity]) != [count]:
            yield Problem("keywords", f"the keywords of passage {identity} are not its own")
    if (_numbers(totals) or [0, 0]) != [
        len(expected),
        sum(count for count, _ in expected.values()),
    ]:
        yield Problem("keywords", "the keywords' total is not that of the passages")


def _copy(connection: sqlite3.Connection) -> None:
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'keyword'").fetchone()
    connection.execute(made.replace("keyword", "temp.copied", 1))
    for name in SHADOWS:
        connection.execute(f"DELETE FROM temp.copied_{name}")
        connection.execute(f"INSERT INTO temp.copied_{name} SELECT * FROM main.keyword_{name}")


def _said(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """Of each passage in the keyword index: how many terms, and the sum of their hashes."""
    connection.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab (temp, copied, instance)")
    counts: Counter[int] = Counter()
    sums: dict[int, int] = defaultdict(int)
    for term, passage, at in connection.execute("SELECT term, doc, offset FROM temp.told"):
        counts[passage] += 1
        sums[passage] = (sums[passage] + hash((term, at))) & WORD
    return {passage: (count, sums[passage]) for passage, count in counts.items()}


def _expected(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[int, int]]]:
    for (number,) in connection.execute("SELECT number FROM article").fetchall():
        try:
            title, text = connection.execute(
                "SELECT title, text FROM article WHERE number = ?", (number,)
            ).fetchone()
        except sqlite3.Error:  # no text any more: said where articles are checked
            continue
        for identity, start, end, kind, own in connection.execute(
            'SELECT id, start, "end", kind, title FROM passage WHERE article = ?', (number,)
        ):
            found = of_passage(text[start:end], kind, own, title).split()
            yield identity, (len(found), sum(hash((t, at)) for at, t in enumerate(found)) & WORD)


def _numbers(block: bytes) -> list[int]:
    r"""The variable-length integers in which FTS5 counts: seven bits a byte, the last below 128.

    >>> _numbers(b"\x03\x81\x00")
    [3, 128]
    """
    found, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
