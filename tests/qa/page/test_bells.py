"""The bell, the line and the list, by the handlers of the page."""

import asyncio
from pathlib import Path

import pytest

from index.store.base.search_filter import NO_FILTER
from qa.accounts.audit_log import AuditLog, read_audit
from qa.accounts.roles import Role
from qa.chat.turn import Reply
from qa.page.bells import line_html, ring, with_bell
from qa.page.page import page
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.chats import an_answer
from tests.support.gradio_pages import Page, browser, event

REPLIES = [Reply("What did it cost?", "en", an_answer()), Reply("?", "en", problem="empty")]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "data" / "standing.sqlite")


@pytest.fixture
def standing_page(chat_page: Page, book: Book) -> Page:
    async def blocks() -> object:
        return page(chat_page.archive, None, standing=SharedList(book))

    return Page(asyncio.run(blocks()), chat_page.archive, chat_page.seeds)  # type: ignore[arg-type]


def test_a_bell_adds_the_question_and_the_line_counts_it(standing_page: Page, book: Book) -> None:
    bell = standing_page.handler("bell")
    rung, line = bell(REPLIES, event(turn="0", wanted=True), browser())
    assert [reply.stands for reply in rung] == [True, None]
    assert "Standing questions&#58; 1" in line
    assert [one.question for one in book.questions()] == ["What did it cost?"]
    rung, line = bell(rung, event(turn="0", wanted=False), browser())
    assert (rung[0].stands, line, len(book)) == (False, "", 0)


def test_what_is_changed_is_noted(standing_page: Page, book: Book, tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    adds = browser(role=Role.ADD, name="bob", audit=log)
    asks = browser(role=Role.ASK, name="anna", audit=log)
    bell, forget = standing_page.handler("bell"), standing_page.handler("forget_standing")
    rung, _ = bell(REPLIES, event(turn="0", wanted=True), adds)
    bell(REPLIES, event(turn="7", wanted=True), adds)
    bell(rung, event(turn="0", wanted=False), asks)
    (only,) = book.questions()
    forget(rung, event(question=str(only.id)), asks)
    forget(rung, event(question=str(only.id)), adds)
    noted = [(entry["who"], entry["did"]) for entry in read_audit(log.file)]
    assert noted == [("bob", "watched"), ("bob", "unwatched")]


@pytest.mark.parametrize("turn", ["", "x", "-1", "1", "7", "9" * 5000, "²"])
def test_turns_of_no_answer_change_nothing(book: Book, turn: str) -> None:
    assert ring(SharedList(book), REPLIES, turn, True) == (REPLIES, "")
    assert not book.exists


def test_the_list_is_shown_and_a_question_removed(standing_page: Page, book: Book) -> None:
    identity = book.add("<script>Who?</script>", NO_FILTER)
    panel, line = standing_page.handler("show_standing")(browser("zh-CN"))
    assert "持续关注的问题" in panel
    assert "<script>" not in panel
    forget = standing_page.handler("forget_standing")
    for other in ("x", "", "9" * 5000, "99"):
        forget(REPLIES, event(question=other), browser("en"))
    assert len(book) == 1
    _, panel, line = forget(REPLIES, event(question=str(identity)), browser("en"))
    assert "None yet" in panel
    assert (line, len(book)) == ("", 0)


def test_a_read_only_page_has_no_bells_and_says_why(book: Book) -> None:
    visitors = SharedList(book, changeable=False)
    assert with_bell(visitors, REPLIES[0]).stands is None
    assert with_bell(None, REPLIES[0]).stands is None
    assert with_bell(SharedList(book), REPLIES[0]).stands is False
    assert with_bell(SharedList(book), REPLIES[1]).stands is None
    rung, line = ring(visitors, REPLIES, "0", True)
    assert rung == REPLIES
    assert "this page is read-only" in line


def test_a_list_that_cannot_be_read_stops_no_answer(book: Book) -> None:
    book.database.file.parent.mkdir()
    book.database.file.write_bytes(b"no database" * 500)
    assert with_bell(SharedList(book), REPLIES[0]).stands is None
    assert "not a database" in line_html(SharedList(book))


def test_a_list_that_cannot_be_read_is_said_in_its_panel(standing_page: Page, book: Book) -> None:
    book.database.file.parent.mkdir()
    book.database.file.write_bytes(b"no database" * 500)
    panel, line = standing_page.handler("show_standing")(browser("en"))
    assert "None yet" in panel
    assert "not a database" in line
    _, panel, line = standing_page.handler("forget_standing")(
        REPLIES, event(question="1"), browser("en")
    )
    assert "not a database" in line
