"""What visitors of each role see and may do, by the handlers of the page."""

import asyncio
from pathlib import Path

import gradio as gr
import pytest

from index.store.base.article_page import PageRequest
from qa.accounts.audit_log import AuditLog, read_audit
from qa.accounts.roles import Role
from qa.chat.turn import Reply
from qa.page.page import page
from qa.page.visiting import visitor
from qa.server.identity.visitor import Visitor
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.chats import an_answer
from tests.support.gradio_pages import Page, browser, build_page, event
from tests.support.hostile import ParsedHtml

REPLIES = [Reply("What did it cost?", "en", an_answer())]


def test_a_handler_without_a_request_serves_somebody_who_may_only_ask() -> None:
    assert visitor(None) == Visitor()


def test_who_may_only_ask_adds_nothing(own_page: Page, tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    asks = browser(role=Role.ASK, name="anna", audit=log)
    upload = tmp_path / "new.txt"
    upload.write_text("The harbour was closed.")
    _, report = own_page.handler("store")([str(upload)], asks)
    assert "the role ask may not add files" in ParsedHtml(report).text
    report, _ = own_page.handler("rebuild_index")(PageRequest(), asks)
    assert "the role ask may not" in ParsedHtml(report).text
    assert [file.name for file in own_page.seeds.iterdir()] == ["all.jsonl"]
    *_, update = own_page.handler("ask")("Who carried?", [], asks, {}, "", "")
    assert update[1]
    assert [entry["did"] for entry in read_audit(log.file)] == ["refused", "refused", "asked"]
    with pytest.raises(gr.Error, match="the role ask may not"):
        asyncio.run(own_page.handler("rebuild")(asks))


def test_what_is_added_and_rebuilt_is_noted(own_page: Page, tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    adds = browser(role=Role.ADD, name="bob", audit=log)
    upload = tmp_path / "new.txt"
    upload.write_text("The harbour was closed.")
    own_page.handler("store")([str(upload)], adds)
    assert (own_page.seeds / "new.txt").exists()
    own_page.handler("check_text")("It carried 312 people.", adds)
    added, asked = read_audit(log.file)
    assert (added["did"], added["files"]) == ("added", "1")
    assert (asked["did"], asked["by"]) == ("asked", "check_draft")


def test_standing_questions_are_changed_by_those_who_may_add(
    chat_page: Page, tmp_path: Path
) -> None:
    book = Book(tmp_path / "data" / "standing.sqlite")

    async def blocks() -> object:
        return page(chat_page.archive, None, standing=SharedList(book))

    standing = Page(asyncio.run(blocks()), chat_page.archive, chat_page.seeds)  # type: ignore[arg-type]
    ring = standing.handler("bell")
    ring(REPLIES, event(turn="0", wanted=True), browser(role=Role.ASK))
    assert len(book) == 0
    ring(REPLIES, event(turn="0", wanted=True), browser(role=Role.ADD))
    (one,) = book.questions()
    for role, left in ((Role.ASK, 1), (Role.ADD, 0)):
        forget = standing.handler("forget_standing")
        forget(REPLIES, event(question=str(one.id)), browser(role=role))
        assert len(book) == left


def test_the_page_greets_who_signed_in_and_hides_what_they_may_not_do(tmp_path: Path) -> None:
    greet = build_page(tmp_path).handler("greet")
    head, *adding = greet(browser(role=Role.ASK, name="an<b>na", session=True))
    parsed = ParsedHtml(head)
    assert "Signed in as an<b>na" in parsed.text
    assert "b" not in parsed.tags
    assert 'action="/sign-out"' in head
    assert [update["visible"] for update in adding] == [False] * 3
    head, *adding = greet(browser(role=Role.ADD, name="bob"))
    assert "sign-out" not in head
    assert [update["visible"] for update in adding] == [True] * 3
