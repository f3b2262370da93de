"""What visitors of the page may do with the list that they share."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.standing import shared
from qa.standing.book import Book
from qa.standing.news import decide, latest_news
from qa.standing.records import KnownAnswer
from qa.standing.shared import SharedList
from tests.support.chats import an_answer
from tests.support.standing import FERRY, StandingArchive


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "data" / "standing.sqlite")


def test_a_bell_adds_and_removes_the_question_as_it_was_understood(book: Book) -> None:
    added: list[bool] = []
    visitors = SharedList(book, added=lambda: added.append(True))
    answer = an_answer(question="And that?", understood="What did the bridge cost?")
    assert visitors.toggle(answer, NO_FILTER, wanted=True)
    assert visitors.toggle(answer, NO_FILTER, wanted=True)
    (kept,) = book.questions()
    assert (kept.question, len(added)) == ("What did the bridge cost?", 1)
    assert visitors.stands("What did the bridge cost?", NO_FILTER)
    assert not visitors.stands("What did the bridge cost?", SearchFilter.of(language="de"))
    assert not visitors.toggle(answer, NO_FILTER, wanted=False)
    assert not visitors.toggle(answer, NO_FILTER, wanted=False)
    assert visitors.counts() == (0, 0)


def test_questions_with_a_program_are_not_theirs(book: Book) -> None:
    visitors = SharedList(book)
    guarded = book.add("What did it cost?", NO_FILTER, program=("notify",))
    assert not visitors.stands("What did it cost?", NO_FILTER)
    visitors.remove(guarded)
    visitors.toggle(an_answer(), NO_FILTER, wanted=False)
    assert [one.id for one in book.questions()] == [guarded]


def test_a_read_only_list_stays_as_it_is(book: Book) -> None:
    visitors = SharedList(book, changeable=False)
    with pytest.raises(ArchiveError, match="read-only"):
        visitors.toggle(an_answer(), NO_FILTER, wanted=True)
    with pytest.raises(ArchiveError, match="read-only"):
        visitors.remove(1)


def test_visitors_may_not_fill_it(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MAX_FROM_PAGE", 1)
    visitors = SharedList(book)
    visitors.toggle(an_answer(), NO_FILTER, wanted=True)
    with pytest.raises(ArchiveError, match="at most 1 may be"):
        visitors.toggle(an_answer(question="Else?"), NO_FILTER, wanted=True)


def test_news_are_unread_until_somebody_sees_them(standing: StandingArchive) -> None:
    visitors = SharedList(standing.book)
    standing.add("How many people did the ferry to Oban carry?")
    standing.check()
    standing.build({"ferry.txt": FERRY})
    standing.check()
    assert visitors.counts() == (1, 1)
    view = visitors.view()
    assert (view.total, len(view.news), len(view.unread)) == (1, 1, 1)
    visitors.mark_read(view)
    assert visitors.counts() == (1, 0)
    assert visitors.view().unread == frozenset()
    assert latest_news(standing.book) == list(view.news)
    assert decide(standing.book, []) == []
    assert view.news[0].before == KnownAnswer(None)


def test_only_what_was_added_on_the_page_is_theirs(book: Book) -> None:
    visitors = SharedList(book)
    other = book.add("What did it cost?", NO_FILTER, "harbour")
    visitors.remove(other)
    assert len(book) == 1
    assert not visitors.stands("What did it cost?", NO_FILTER)


def test_they_add_at_most_so_many_an_hour(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    visitors = SharedList(book)
    monkeypatch.setattr("qa.standing.shared.time.monotonic", lambda: 10.0)
    for wanted in (True, False) * shared.MAX_AN_HOUR:
        visitors.toggle(an_answer(), NO_FILTER, wanted)
    with pytest.raises(ArchiveError, match="60 standing questions within an hour"):
        visitors.toggle(an_answer(), NO_FILTER, wanted=True)
    monkeypatch.setattr("qa.standing.shared.time.monotonic", lambda: 3611.0)
    assert visitors.toggle(an_answer(), NO_FILTER, wanted=True)


def test_a_read_only_page_marks_nothing_as_read(standing: StandingArchive) -> None:
    standing.add("How many people did the ferry to Oban carry?")
    standing.check()
    standing.build({"ferry.txt": FERRY})
    standing.check()
    visitors = SharedList(standing.book, changeable=False)
    visitors.mark_read(visitors.view())
    assert visitors.counts() == (1, 1)
