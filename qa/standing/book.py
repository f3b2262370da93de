"""The list of an archive's standing questions: add, remove, look up.

All who use one archive from one account of the computer share it. What became of the questions is
written by `news.py`.
"""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from index.store.doors import Where
from qa.answers.answering import Answer
from qa.answers.question import check_question

from .database import Connection, Database, Row, standing_file
from .records import KnownAnswer, Seen, StandingQuestion

MAX_QUESTIONS = 10_000  # of one archive
FEED = "news"  # the feed of questions that name none
FROM_PAGE = f"program = '[]' AND feed = '{FEED}'"  # that visitors of the page may have added
FEED_NAME = re.compile(r"[a-z0-9-]{1,64}")
COLUMNS = (
    "id, question, filters, feed, created, program, answer, identity, generation, published,"
    " passage, revision"
)


class FullError(ArchiveError):
    """There are as many standing questions as may be, or many were added of late."""


class Book:
    """The standing questions in one file; safe to use from several threads and processes."""

    def __init__(self, file: Path) -> None:
        self.database = Database(file)

    @classmethod
    def of(cls, index: Where) -> "Book":
        """Return the standing questions of an index."""
        return cls(standing_file(index))

    @property
    def exists(self) -> bool:
        """Whether there has ever been a standing question; StorageError if nobody can tell."""
        with self.database.errors():
            return self.database.file.exists()

    def add(
        self,
        question: str,
        search_filter: SearchFilter,
        feed: str = FEED,
        program: Sequence[str] = (),
        answer: Answer | None = None,
        most: int = MAX_QUESTIONS,
    ) -> int:
        """Add a question; return its id, or that of the same one if it is there already.

        Args:
            question: As `Archive.answer` takes it.
            search_filter: The part of the archive to ask.
            feed: The feed for its news; up to 64 of a-z, 0-9 and "-".
            program: A program with its arguments, to run with each of its news.
            answer: The answer that is known; None: the first one that is found.
            most: How many questions there may be.

        Raises:
            ArchiveError: The question or the feed's name cannot be right, or there are too many.
            StorageError: The file cannot be written.
        """
        question = check_question(question)
        if not FEED_NAME.fullmatch(feed):
            raise ArchiveError(
                f"a feed cannot be named {feed[:80]!a}: use 1 to 64 of a-z, 0-9 and '-'"
            )
        if search_filter.names:
            raise ArchiveError("a standing question cannot be limited to what articles name")
        known = None if answer is None else json.dumps(KnownAnswer.of(answer).as_dict())
        values = (question, filters_as_json(search_filter), feed, json.dumps(list(program)))
        with self.database.writing() as connection:
            return _find(connection, values) or _add(connection, values, known, most)

    def remove(self, identity: int, *, from_page: bool = False) -> bool:
        """Remove a question; its news stay. Return whether there was one.

        With `from_page`, one that was not added on the page counts as not there.
        """
        only = f" AND {FROM_PAGE}" if from_page else ""
        with self.database.writing() as connection:
            found = connection.execute(f"DELETE FROM question WHERE id = ?{only}", (identity,))
            if found.rowcount:
                connection.execute("DELETE FROM bar WHERE question = ?", (identity,))
                connection.execute(
                    "DELETE FROM run WHERE state = 'due' AND news IN"
                    " (SELECT number FROM news WHERE standing = ?)",
                    (identity,),
                )
            return found.rowcount > 0

    def find(self, question: str, search_filter: SearchFilter) -> int | None:
        """Return the id of a question that was added on the page, or None."""
        if not self.exists:
            return None
        with self.database.reading() as connection:
            found = connection.execute(
                f"SELECT id FROM question WHERE question = ? AND filters = ? AND {FROM_PAGE}",
                (question.strip(), filters_as_json(search_filter)),
            ).fetchone()
        return int(found[0]) if found else None

    def questions(self) -> list[StandingQuestion]:
        """Return all questions in the order in which they were added."""
        if not self.exists:
            return []
        with self.database.reading() as connection:
            rows = connection.execute(f"SELECT {COLUMNS} FROM question ORDER BY id").fetchall()
        return [_question(row) for row in rows]

    def state(self) -> tuple[int, int]:
        """Return how many questions there are, and the highest id: it tells if some were added."""
        if not self.exists:
            return 0, 0
        with self.database.reading() as connection:
            row = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM question")
            count, last = row.fetchone()
        return int(count), int(last)

    def __len__(self) -> int:
        return self.state()[0]


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def filters_as_json(search_filter: SearchFilter) -> str:
    """Return the arguments of `SearchFilter.of` that are given, in one spelling."""
    given = {name: str(value) for name, value in search_filter.arguments().items() if value}
    return json.dumps(given, sort_keys=True)


def read_filters(stored: str) -> Mapping[str, str]:
    """Return the arguments of `SearchFilter.of`."""
    return {str(name): str(value) for name, value in json.loads(stored).items()}


def _find(connection: Connection, values: Row) -> int | None:
    same = "question = ? AND filters = ? AND feed = ? AND program = ?"
    found = connection.execute(f"SELECT id FROM question WHERE {same}", values).fetchone()
    return int(found[0]) if found else None


def _add(connection: Connection, values: Row, known: str | None, most: int) -> int:
    if (count := _count(connection)) >= most:
        raise FullError(
            f"there are {count:,} standing questions, and at most {most:,} may be: remove some"
        )
    created = connection.execute(
        "INSERT INTO question (question, filters, feed, program, created, answer)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*values, now(), known),
    )
    return int(created.lastrowid or 0)


def _count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM question").fetchone()[0])


def _question(row: Row) -> StandingQuestion:
    identity, question, filters, feed, created, program, answer, *seen, revision = row
    known = KnownAnswer.from_dict(json.loads(answer)) if answer else None
    return StandingQuestion(
        identity, question, read_filters(filters), feed, created, tuple(json.loads(program)),
        known, Seen(*seen), revision,
    )  # fmt: skip
