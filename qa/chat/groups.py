"""What is shown under an answer as lines: the items of a list, and what several articles say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.answers.answering import Answer, AnswerGroup
from qa.answers.citing import Citation

from .phrases.cldr import counted, day
from .source import language_code
from .words import WORDS

MAX_SOURCES = 20  # of items, shown beside those of the answer


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group: "8.6 percent", "3 articles, 2025-10-28 – 2025-11-02"."""

    value: str
    code: str  # of the value's language
    about: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item, "Norway", and its sources, [1] and [3]."""

    text: str
    code: str  # of the language of its first source
    numbers: tuple[int, ...]


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


def days_between(first: date, last: date, language: str = "en") -> str:
    """Return a day, or the first and the last of several, in `language`.

    >>> days_between(date(2025, 10, 28), date(2025, 11, 2))
    '2025-10-28 – 2025-11-02'
    """
    days = dict.fromkeys((day(first, language), day(last, language)))
    return " – ".join(days)


def count_articles(citations: Sequence[object], language: str) -> str:
    """Return "1 article" or "3 articles" in `language`."""
    return counted("articles", len(citations), language)


def _about(group: AnswerGroup, language: str) -> str:
    count = count_articles(group.citations, language)
    days = [days_between(group.days[0], group.days[-1], language)] if group.days else []
    return WORDS[language]["comma"].join([count, *days])


def item_citations(answer: Answer) -> list[Citation]:
    """Return what the items of an answer cite beside what the answer itself cites."""
    cited = [citation for item in answer.items for citation in item.citations]
    distinct = {_key(citation): citation for citation in reversed(cited)}
    known = {_key(citation) for citation in answer.citations}
    new = [distinct[key] for key in dict.fromkeys(map(_key, cited)) if key not in known]
    return new[:MAX_SOURCES]


def item_lines(answer: Answer) -> list[ItemLine]:
    """Return the items of an answer; its own citations are numbered before theirs."""
    sources = [*answer.citations, *item_citations(answer)]
    numbers = {_key(citation): n for n, citation in reversed(list(enumerate(sources, start=1)))}
    return [
        ItemLine(
            item.text,
            language_code(item.citations[0].language),
            tuple(numbers[key] for key in map(_key, item.citations) if key in numbers),
        )
        for item in answer.items
    ]


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.article_id, citation.start, citation.end
