"""What several articles say to one question, as lines: value, number of articles, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.answers.answering import Answer, AnswerGroup

from .source import language_code
from .words import WORDS


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group: "8.6 percent", "3 articles, 2025-10-28 – 2025-11-02"."""

    value: str
    code: str  # of the value's language
    about: str
    differs: bool


def group_lines(answer: Answer, language: str) -> list[GroupLine]:
    """Return the groups of an answer in the words of `language`; none if one article answers."""
    if sum(len(group.citations) for group in answer.groups) < 2:
        return []
    return [
        GroupLine(
            group.value,
            language_code(group.citations[0].language),
            _about(group, language),
            group.differs,
        )
        for group in answer.groups
    ]


def has_timeline(answer: Answer) -> bool:
    """Return whether its articles are of several days, so that a timeline may tell more."""
    return len({day for group in answer.groups for day in group.days}) > 1


def days_between(first: date, last: date) -> str:
    """Return a day, or the first and the last of several.

    >>> days_between(date(2025, 10, 28), date(2025, 11, 2))
    '2025-10-28 – 2025-11-02'
    """
    return f"{first}" if first == last else f"{first} – {last}"


def count_articles(citations: Sequence[object], language: str) -> str:
    """Return "1 article" or "3 articles" in `language`."""
    word = "one_article" if len(citations) == 1 else "articles"
    return WORDS[language][word].format(f"{len(citations):,}")


def _about(group: AnswerGroup, language: str) -> str:
    count = count_articles(group.citations, language)
    days = [days_between(group.days[0], group.days[-1])] if group.days else []
    return WORDS[language]["comma"].join([count, *days])
