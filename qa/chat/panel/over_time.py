"""A timeline as a table in HTML, and as the points of a plot."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from index.text.terminal import shorten
from qa.answers.answering import TimelineEntry
from qa.chat.groups import count_articles, days_between
from qa.chat.rendering import render
from qa.chat.source import language_code
from qa.chat.words import WORDS

MAX_TITLE = 90  # characters of the title of an article


@dataclass(frozen=True, slots=True)
class _Row:
    """A value with the days and the articles in which it was reported."""

    days: str
    value: str
    code: str
    articles: str
    titles: tuple[str, ...]


def timeline_html(question: str, entries: Sequence[TimelineEntry], language: str) -> str:
    """Return the values by day in a table, the latest at the end and marked.

    Args:
        question: The question as it was searched for.
        entries: What `Archive.timeline` found.
        language: Of the words around it.
    """
    rows = [
        _Row(
            days_between(entry.first, entry.last, language),
            entry.value,
            language_code(entry.citations[0].language),
            count_articles(entry.citations, language),
            tuple(shorten(c.title or c.place or c.path, MAX_TITLE) for c in entry.citations),
        )
        for entry in entries
    ]
    return render(
        "timeline.html", question=question, rows=rows, language=language, words=WORDS[language]
    )


def plot_points(entries: Sequence[TimelineEntry]) -> list[tuple[datetime.date, float]]:
    """Return the days and numbers of a plot; none unless there are several, all of them numbers."""
    if len(entries) < 2 or any(entry.number is None for entry in entries):
        return []
    points = {(day, e.number) for e in entries for day in (e.first, e.last) if e.number is not None}
    return sorted(points)
