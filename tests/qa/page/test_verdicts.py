"""Verdicts by the buttons under an answer, and the notices of the page."""

from pathlib import Path

import pytest

from qa.accounts.audit_log import AuditLog, read_audit
from qa.chat.turn import Reply
from qa.page.verdicts import with_verdict
from qa.question_log.log import QuestionLog, read_entries
from qa.server.identity.visitor import Visitor
from tests.support.chats import an_answer
from tests.support.gradio_pages import Page, browser, event

REPLIES = [Reply("What did it cost?", "en", an_answer()), Reply("?", "en", problem="empty")]


@pytest.fixture
def log(own_page: Page, tmp_path: Path) -> QuestionLog:
    own_page.archive.log = QuestionLog(tmp_path / "q.jsonl")
    return own_page.archive.log


def test_a_verdict_is_logged_and_shown_again(own_page: Page, log: QuestionLog) -> None:
    shown = list(REPLIES)
    judged = own_page.handler("judge")(shown, event(verdict="0-wrong"))
    assert judged is shown, "to which an answer that is still streaming will be added"
    assert [reply.verdict for reply in judged] == ["wrong", ""]
    (entry,) = read_entries(log.file)
    assert (entry["verdict"], entry["question"], entry["text"]) == (
        "wrong", "What did it cost?", "3.5 million euros",
    )  # fmt: skip


def test_who_judged_is_in_the_audit_log(own_page: Page, log: QuestionLog, tmp_path: Path) -> None:
    audit = AuditLog(tmp_path / "audit.jsonl")
    sender = Visitor("anna", audit=audit)
    with_verdict(own_page.archive, list(REPLIES), "0-wrong", sender)
    with_verdict(own_page.archive, list(REPLIES), "9-wrong", sender)
    (entry,) = read_audit(audit.file)
    assert (entry["who"], entry["did"], entry["verdict"]) == ("anna", "judged", "wrong")


def test_a_verdict_given_while_the_next_answer_streams_is_kept(
    own_page: Page, log: QuestionLog
) -> None:
    asked = own_page.handler("ask")
    *_, update = asked("Who carried 312 people?", [], browser(), {}, "", "")
    streaming = asked("What cost 3.5 million?", update[1], browser(), {}, "", "")
    shown = next(streaming)[1]
    own_page.handler("judge")(shown, event(verdict="0-right"))
    *_, last = streaming
    assert [reply.verdict for reply in last[1]] == ["right", ""]


@pytest.mark.parametrize(
    "value", ["", "0", "0-", "0-great", "9-right", "-1-right", "x-right", "1-right", "9" * 5000]
)
def test_values_of_no_button_change_nothing(own_page: Page, log: QuestionLog, value: str) -> None:
    assert with_verdict(own_page.archive, REPLIES, value) == REPLIES
    assert list(read_entries(log.file)) == []


def test_without_a_log_nothing_is_kept(own_page: Page) -> None:
    own_page.archive.log = None
    assert with_verdict(own_page.archive, REPLIES, "0-right") == REPLIES
