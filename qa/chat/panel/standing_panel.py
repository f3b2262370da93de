"""The panel with the standing questions of an archive and their latest news, as HTML."""

from dataclasses import dataclass

from index.store.base.search_filter import SearchFilter
from qa.chat.rendering import render
from qa.chat.source import filter_labels
from qa.chat.words import WORDS
from qa.standing.book import FEED
from qa.standing.records import KnownAnswer, StandingQuestion
from qa.standing.shared import View


@dataclass(frozen=True, slots=True)
class _Question:
    id: int
    question: str
    labels: list[str]
    now: str
    program: bool
    from_page: bool  # whether visitors may remove it


@dataclass(frozen=True, slots=True)
class _News:
    day: str
    kind: str
    question: str
    now: str
    before: str
    permalink: str | None
    fresh: bool  # whether nobody has seen it yet


def standing_html(view: View, language: str, *, changeable: bool) -> str:
    """Return the panel.

    Args:
        view: What there is to show.
        language: Of the page's own words.
        changeable: Whether questions can be removed.
    """
    news = [
        _News(
            one.updated[:10],
            one.kind,
            one.question,
            _shown(one.answer, language),
            _shown(one.before, language),
            one.answer.source.permalink if one.answer.source else None,
            one.standing in view.unread,
        )
        for one in view.news
    ]
    return render(
        "standing.html",
        language=language,
        words=WORDS[language],
        feeds=sorted({one.feed for one in view.questions} | {one.feed for one in view.news}),
        questions=[_question(one, language) for one in view.questions],
        news=news,
        more=view.total - len(view.questions),
        changeable=changeable,
    )


def _question(one: StandingQuestion, language: str) -> _Question:
    labels = filter_labels(SearchFilter.of(**one.filters), language)
    now = _shown(one.answer, language) if one.answer else WORDS[language]["standing_unasked"]
    return _Question(one.id, one.question, labels, now, bool(one.program), one.feed == FEED)


def _shown(answer: KnownAnswer, language: str) -> str:
    return answer.text or WORDS[language]["standing_absent"]
