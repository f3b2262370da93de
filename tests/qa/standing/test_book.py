"""Adding, finding and removing standing questions."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.standing.book import Book, filters_as_json
from tests.support.chats import an_answer
from tests.support.quick import quick

GERMAN = SearchFilter.of(language="de", after="2025-01-02")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "data" / "standing.sqlite")


def test_a_question_is_kept_with_its_filters(book: Book) -> None:
    identity = book.add(" Who? ", GERMAN, "harbour-1", ("notify", "--all"))
    (kept,) = book.questions()
    assert (kept.id, kept.question, kept.feed) == (identity, "Who?", "harbour-1")
    assert SearchFilter.of(**kept.filters) == GERMAN
    assert (kept.program, kept.answer, kept.revision) == (("notify", "--all"), None, 0)


def test_the_same_question_is_added_once(book: Book) -> None:
    first = book.add("Who?", NO_FILTER)
    assert book.add("Who? ", NO_FILTER) == first
    assert book.add("Who?", GERMAN) != first
    assert book.add("Who?", NO_FILTER, program=("notify",)) != first
    assert len(book) == 3


def test_it_is_found_by_question_and_filter_unless_it_runs_a_program(book: Book) -> None:
    assert book.find("Who?", NO_FILTER) is None
    assert not book.exists, "looking creates no file"
    book.add("Who?", GERMAN, program=("notify",))
    assert book.find("Who?", GERMAN) is None
    own = book.add("Who?", GERMAN)
    assert book.find("Who?", GERMAN) == own
    assert book.find("Who?", NO_FILTER) is None


def test_an_id_is_never_used_again(book: Book) -> None:
    first = book.add("Who?", NO_FILTER)
    assert book.remove(first)
    assert not book.remove(first)
    assert book.add("Who?", NO_FILTER) > first
    guarded = book.add("What?", NO_FILTER, program=("notify",))
    assert not book.remove(guarded, from_page=True)
    assert book.remove(guarded)


def test_an_answer_that_is_known_is_kept(book: Book) -> None:
    book.add("What did it cost?", NO_FILTER, answer=an_answer())
    (kept,) = book.questions()
    assert kept.answer is not None
    assert kept.answer.text == "3.5 million euros"


@pytest.mark.parametrize(
    "name", ["", "a" * 65, "News", "../x", "a/b", "a.b", "a b", "é", "a\n", "\x00", "\ud800", "."]
)
def test_names_of_feeds_are_plain(book: Book, name: str) -> None:
    with pytest.raises(ArchiveError, match="a feed cannot be named"):
        book.add("Who?", NO_FILTER, name)
    assert len(book) == 0


@pytest.mark.parametrize("question", ["", " \n", "x" * 2001, "a\ud800"])
def test_questions_that_cannot_be_asked_are_refused(book: Book, question: str) -> None:
    with pytest.raises(ArchiveError):
        book.add(question, NO_FILTER)


def test_there_is_a_limit(book: Book) -> None:
    for number in range(3):
        book.add(f"{number}?", NO_FILTER, most=3)
    with pytest.raises(ArchiveError, match="there are 3 standing questions, and at most 3 may be"):
        book.add("3?", NO_FILTER, most=3)
    assert book.add("1?", NO_FILTER, most=3) == 2


def test_filters_have_one_spelling() -> None:
    assert filters_as_json(GERMAN) == '{"after": "2025-01-02", "language": "de"}'
    assert filters_as_json(NO_FILTER) == "{}"


def test_its_state_tells_when_questions_were_added(book: Book) -> None:
    assert book.state() == (0, 0)
    first = book.add("Who?", NO_FILTER)
    assert book.state() == (1, first)


def test_one_check_at_a_time(book: Book) -> None:
    with book.database.exclusively():
        assert book.database.file.with_suffix(".questions.lock").exists()


def test_ten_thousand_questions_are_listed_in_a_moment(book: Book) -> None:
    with book.database.writing() as connection:
        connection.executemany(
            "INSERT INTO question (question, filters, feed, created, program)"
            " VALUES (?, '{}', 'news', '', '[]')",
            [(f"Who is number {n}?",) for n in range(10_000)],
        )
    with quick():
        assert len(book.questions()) == 10_000
        assert book.find("Who is number 9999?", NO_FILTER) == 10_000
