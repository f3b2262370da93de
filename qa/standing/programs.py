"""Run the programs that people named for their standing questions, with the news as JSON.

That a program is to run is written with its news, in one transaction; that it ran, afterwards. So
none is forgotten. One runs again only if it failed, or if this process was killed in between: `key`
in the JSON is then the same. What a program leaves running in the background is not waited for.
"""

import json
import os
import signal
import subprocess
import tempfile
from dataclasses import asdict
from typing import Any

from index.errors import first_line

from .book import Book
from .database import BusyError
from .news import news_by_number
from .records import News

MAX_ATTEMPTS = 5  # one a check, until the program ends with status 0
TIMEOUT = 60.0  # seconds
MAX_MESSAGE = 200  # characters kept of what went wrong
MAX_STDERR = 10_000  # bytes read of what a program prints


def run_due(book: Book, timeout: float = TIMEOUT) -> tuple[int, int]:
    """Run every program that is due, once; return how many succeeded and how many failed.

    None is run here while another process runs them.
    """
    succeeded = failed = 0
    if not due(book):
        return 0, 0
    try:
        # A lock and not a mark in the file: of a process that is killed, no lock remains
        with book.database.exclusively(0, "programs"):
            for number, program in due(book):
                attempt = _begin(book, number)
                if attempt is None:
                    continue
                news = news_by_number(book, number)
                message = _run(program, as_json(news, attempt), timeout)
                _end(book, number, attempt, message)
                succeeded += not message
                failed += bool(message)
    except BusyError:
        pass
    return succeeded, failed


def due(book: Book) -> list[tuple[int, list[str]]]:
    """Return the numbers of news with the programs that are to run with them, in order."""
    if not book.exists:
        return []
    with book.database.reading() as connection:
        rows = connection.execute("SELECT news, program FROM run WHERE state = 'due' ORDER BY news")
        return [(number, json.loads(program)) for number, program in rows]


def failures(book: Book) -> list[tuple[int, int, str, bool]]:
    """Return (news, attempts, what went wrong, whether it is tried again) of failed programs."""
    if not book.exists:
        return []
    with book.database.reading() as connection:
        rows = connection.execute(
            "SELECT news, attempts, outcome, state = 'due' FROM run WHERE outcome != ''"
            " AND state != 'done' ORDER BY news"
        ).fetchall()
    return [(number, attempts, outcome, bool(again)) for number, attempts, outcome, again in rows]


def as_json(news: News, attempt: int = 1) -> str:
    """Return what a program reads on its standard input."""
    fields: dict[str, Any] = {
        "key": news.key,
        "attempt": attempt,
        "kind": news.kind,
        "question": news.question,
        "filters": dict(news.filters),
        "feed": news.feed,
        "updated": news.updated,
        "answer": asdict(news.answer),
        "before": asdict(news.before),
    }
    return json.dumps(fields, ensure_ascii=False)


def _begin(book: Book, number: int) -> int | None:
    """Count an attempt and return its number; None if its question has been removed meanwhile."""
    with book.database.writing() as connection:
        row = connection.execute(
            "UPDATE run SET attempts = attempts + 1 WHERE news = ? AND state = 'due'"
            " RETURNING attempts",
            (number,),
        ).fetchone()
    return int(row[0]) if row else None


def _end(book: Book, number: int, attempt: int, message: str) -> None:
    again = message and attempt < MAX_ATTEMPTS
    state = "due" if again else "failed" if message else "done"
    with book.database.writing() as connection:
        connection.execute(
            "UPDATE run SET state = ?, outcome = ? WHERE news = ?", (state, message, number)
        )


def _run(program: list[str], given: str, timeout: float) -> str:
    """Run a program without a shell; return what went wrong, "" if nothing did."""
    # Files, not pipes: a process left in the background would keep the pipe open
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        stdin.write(given.encode())
        stdin.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603  # what a person of this account asked for
                program, stdin=stdin, stdout=subprocess.DEVNULL, stderr=stderr,
                start_new_session=True,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            return f"cannot be run: {getattr(error, 'strerror', None) or first_line(error)}"
        try:
            status = process.wait(timeout)
        except subprocess.TimeoutExpired:
            return f"stopped after {timeout:g} seconds"
        finally:
            if process.poll() is None:  # too slow, or this process is interrupted
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if status == 0:
            return ""
        stderr.seek(0)
        lines = stderr.read(MAX_STDERR).decode("utf-8", "replace").strip().splitlines()
    said = "".join(c for c in lines[0] if c.isprintable())[:MAX_MESSAGE] if lines else ""
    return f"exit status {status}{f': {said}' if said else ''}"
