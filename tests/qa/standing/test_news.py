"""Decisions and their news: in order, with stable keys, whatever the clock does."""

from pathlib import Path

import numpy as np
import pytest

from index.store.base.search_filter import NO_FILTER
from qa.standing import news
from qa.standing.bars import Bar
from qa.standing.book import Book
from qa.standing.news import (
    Decision,
    decide,
    has_feed,
    latest_news,
    mark_read,
    news_by_number,
    pass_over,
    read_bars,
    unread,
)
from qa.standing.records import KnownAnswer, Seen

NOW = Seen("a", 1, "x", 7)
BAR = Bar(
    "fake 1", np.ones(4, np.float32), np.array([3, 7], np.int64), 0.5, 0.25, 3.0, 0.75, 2.0,
    float("-inf"), (("雾", "大 雾"),),
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "data" / "standing.sqlite")


def answered(book: Book, text: str | None, *, seen: Seen = NOW) -> list[str]:
    """Decide that all questions have this answer; return the kinds of news."""
    known = KnownAnswer(text, text or "")
    decisions = [Decision(one, seen, BAR, known) for one in book.questions()]
    return [one.kind for one in decide(book, decisions)]


def test_the_first_answer_is_kept_and_is_no_news(book: Book) -> None:
    book.add("Who?", NO_FILTER)
    assert answered(book, None) == []
    assert answered(book, "Ann Lee") == ["answered"]
    (kept,) = book.questions()
    assert (kept.answer, kept.seen, kept.revision) == (KnownAnswer("Ann Lee", "Ann Lee"), NOW, 2)


def test_bars_are_read_back(book: Book) -> None:
    identity = book.add("Who?", NO_FILTER)
    answered(book, None)
    kept = read_bars(book)[identity]
    assert kept.vector.tolist() == BAR.vector.tolist()
    assert kept.read.tolist() == [3, 7]
    assert (kept.numbers, kept.groups, kept.encoder) == (BAR.numbers, BAR.groups, "fake 1")


def test_without_a_new_answer_the_old_one_stays(book: Book) -> None:
    book.add("Who?", NO_FILTER)
    answered(book, "Ann Lee")
    (one,) = book.questions()
    assert decide(book, [Decision(one, Seen("a", 2, "y", 9), BAR, None)]) == []
    (kept,) = book.questions()
    assert kept.answer == KnownAnswer("Ann Lee", "Ann Lee")
    assert kept.seen.generation == 2


def test_a_question_that_is_passed_over_has_seen_the_build(book: Book) -> None:
    book.add("Who?", NO_FILTER)
    answered(book, "Ann Lee")
    (one,) = book.questions()
    later = Seen("a", 2, "y", 9)
    pass_over(book, [one], later)
    assert book.questions()[0].seen == later
    answered(book, "Ann Lee")
    pass_over(book, [one], Seen("a", 3, "z", 11))  # another check decided meanwhile
    assert book.questions()[0].seen == NOW


def test_a_clock_that_goes_back_keeps_the_order(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.add("Who?", NO_FILTER)
    answered(book, None)
    days = iter(["2026-11-28T08:00:00+00:00", "2001-01-01T00:00:00+00:00"])
    monkeypatch.setattr(news, "now", lambda: next(days))
    answered(book, "Ann Lee")
    answered(book, None)
    second, first = latest_news(book)
    assert [first.kind, second.kind] == ["answered", "withdrawn"]
    assert first.updated == second.updated == "2026-11-28T08:00:00+00:00"
    assert first.key != second.key
    assert news_by_number(book, first.number) == first


def test_news_are_of_a_feed_and_unread_until_they_are_read(book: Book) -> None:
    assert (latest_news(book), unread(book), has_feed(book, "news")) == ([], set(), False)
    mark_read(book, 9)
    first = book.add("Who?", NO_FILTER)
    second = book.add("What?", NO_FILTER, "harbour")
    answered(book, None)
    answered(book, "Ann Lee")
    assert [one.question for one in latest_news(book, "harbour")] == ["What?"]
    assert len(latest_news(book, most=1)) == 1
    assert unread(book) == {first, second}
    mark_read(book, latest_news(book)[-1].number)
    assert unread(book) == {second}
    book.remove(second)
    assert has_feed(book, "harbour"), "its news stay"
    assert not has_feed(book, "other")


def test_the_oldest_news_go(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "MAX_NEWS", 3)
    book.add("Who?", NO_FILTER)
    for number in range(6):
        answered(book, f"number {number}")
    assert [one.number for one in latest_news(book)] == [5, 4, 3]
