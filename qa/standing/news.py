"""What became of standing questions: decisions, their news, and which of these have been read.

A decision, its news and the program to run with it are written in one transaction, and only if no
other check has decided about the question meanwhile.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.store.base.protocol import Ids

from .bars import Bar
from .book import Book, now, read_filters
from .database import Connection, Row
from .deciding import kind_of_news
from .records import KnownAnswer, News, Seen, StandingQuestion

MAX_NEWS = 10_000  # of one archive; the oldest go first
NEWS = "number, key, standing, feed, question, filters, kind, updated, before, answer"


@dataclass(frozen=True, slots=True)
class Decision:
    """What asking a question again has shown; `answer` is None if nothing new was read."""

    standing: StandingQuestion
    seen: Seen
    bar: Bar
    answer: KnownAnswer | None


def decide(book: Book, decisions: Iterable[Decision]) -> list[News]:
    """Write down decisions, all or none; return their news.

    A decision about a question that is gone, or that another check decided about, is dropped.
    """
    with book.database.writing() as connection:
        numbers = [number for one in decisions if (number := _decide(connection, one))]
        if numbers:
            connection.execute(
                "DELETE FROM news WHERE number <= (SELECT max(number) FROM news) - ? AND number"
                " NOT IN (SELECT news FROM run WHERE state = 'due')",
                (MAX_NEWS,),
            )
        rows = [_row(connection, number) for number in numbers]
    return [_news(row) for row in rows]


def pass_over(book: Book, questions: Sequence[StandingQuestion], seen: Seen) -> None:
    """Note that a state of the index has nothing new for these questions."""
    values = (seen.identity, seen.generation, seen.published, seen.passage)
    with book.database.writing() as connection:
        connection.executemany(
            "UPDATE question SET identity = ?, generation = ?, published = ?, passage = ?"
            " WHERE id = ? AND revision = ?",
            [(*values, one.id, one.revision) for one in questions],
        )


def read_bars(book: Book) -> dict[int, Bar]:
    """Return the bars of all questions that have been asked, by the questions' ids."""
    with book.database.reading() as connection:
        rows = connection.execute("SELECT * FROM bar").fetchall()
    return {question: _bar(*kept) for question, *kept in rows}


def latest_news(book: Book, feed: str | None = None, most: int = 100) -> list[News]:
    """Return the latest news, the newest first; of one feed, or of all."""
    where, values = ("WHERE feed = ?", (feed,)) if feed else ("", ())
    return _select(book, f"{where} ORDER BY number DESC LIMIT ?", *values, most)


def news_after(book: Book, number: int, most: int) -> list[News]:
    """Return the news after the one with this number, the oldest first."""
    return _select(book, "WHERE number > ? ORDER BY number LIMIT ?", number, most)


def _select(book: Book, rest: str, *values: str | int) -> list[News]:
    if not book.exists:
        return []
    with book.database.reading() as connection:
        rows = connection.execute(f"SELECT {NEWS} FROM news {rest}", values).fetchall()
    return [_news(row) for row in rows]


def news_by_number(book: Book, number: int) -> News:
    """Return one piece of news."""
    with book.database.reading() as connection:
        return _news(_row(connection, number))


def has_feed(book: Book, feed: str) -> bool:
    """Whether a feed of this name has a question, or ever had news."""
    if not book.exists:
        return False
    with book.database.reading() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM question WHERE feed = ?1)"
            " OR EXISTS (SELECT 1 FROM news WHERE feed = ?1)",
            (feed,),
        ).fetchone()
    return bool(row[0])


def unread(book: Book) -> set[int]:
    """Return the ids of the questions with news that nobody has read."""
    if not book.exists:
        return set()
    with book.database.reading() as connection:
        rows = connection.execute("SELECT DISTINCT standing FROM news WHERE unread").fetchall()
    return {standing for (standing,) in rows}


def mark_read(book: Book, last: int) -> None:
    """Mark the news up to this number as read."""
    if book.exists:
        with book.database.writing() as connection:
            connection.execute("UPDATE news SET unread = 0 WHERE unread AND number <= ?", (last,))


def _decide(connection: Connection, decision: Decision) -> int | None:
    """Write down one decision; return the number of its news, if any."""
    standing, seen, answer = decision.standing, decision.seen, decision.answer
    kept = answer or standing.answer
    written = connection.execute(
        "UPDATE question SET identity = ?, generation = ?, published = ?, passage = ?, answer = ?,"
        " revision = revision + 1 WHERE id = ? AND revision = ?",
        (seen.identity, seen.generation, seen.published, seen.passage,
         _as_json(kept) if kept else None, standing.id, standing.revision),
    )  # fmt: skip
    if not written.rowcount:
        return None
    _keep_bar(connection, standing.id, decision.bar)
    if standing.answer is None or answer is None:
        return None
    kind = kind_of_news(standing.question, standing.answer, answer)
    return _add_news(connection, standing, kind, answer) if kind else None


def _add_news(
    connection: Connection, standing: StandingQuestion, kind: str, answer: KnownAnswer
) -> int:
    assert standing.answer is not None
    # a clock that was set back must not make news older than that before
    (latest,) = connection.execute("SELECT max(updated) FROM news").fetchone()
    added = connection.execute(
        "INSERT INTO news (key, standing, feed, question, filters, kind, updated, before, answer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (uuid.uuid4().hex, standing.id, standing.feed, standing.question,
         json.dumps(dict(standing.filters)), kind, max(now(), latest or ""),
         _as_json(standing.answer), _as_json(answer)),
    )  # fmt: skip
    number = int(added.lastrowid or 0)
    if standing.program:
        program = json.dumps(list(standing.program))
        connection.execute("INSERT INTO run (news, program) VALUES (?, ?)", (number, program))
    return number


def _keep_bar(connection: Connection, question: int, bar: Bar) -> None:
    read: Ids = bar.read.astype("<i8")
    connection.execute(
        "INSERT OR REPLACE INTO bar VALUES (?, ?, ?, ?, ?, ?)",
        (question, bar.encoder, bar.vector.astype("<f4").tobytes(), read.tobytes(),
         np.array(bar.numbers, "<f8").tobytes(), json.dumps(bar.groups)),
    )  # fmt: skip


def _bar(encoder: str, vector: bytes, read: bytes, numbers: bytes, groups: str) -> Bar:
    centring, cut, weight, coverage, across, floor = np.frombuffer(numbers, "<f8").tolist()
    return Bar(
        encoder, np.frombuffer(vector, "<f4"), np.frombuffer(read, "<i8"),
        centring, cut, weight, coverage, across, floor, tuple(map(tuple, json.loads(groups))),
    )  # fmt: skip


def _as_json(answer: KnownAnswer) -> str:
    return json.dumps(answer.as_dict(), ensure_ascii=False)


def _row(connection: Connection, number: int) -> Row:
    query = f"SELECT {NEWS} FROM news WHERE number = ?"
    row: Row = connection.execute(query, (number,)).fetchone()
    return row


def _news(row: Row) -> News:
    *about, filters, kind, updated, before, answer = row
    number, key, standing, feed, question = about
    return News(
        number, key, standing, feed, question, read_filters(filters), kind, updated,
        KnownAnswer.from_dict(json.loads(before)), KnownAnswer.from_dict(json.loads(answer)),
    )  # fmt: skip
