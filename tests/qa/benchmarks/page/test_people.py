"""What people do at the chat, and the summary of it."""

import random
from pathlib import Path

import httpx
import pytest

from qa.benchmarks.page import people
from qa.benchmarks.page.people import Results, measure, summary, visit
from qa.benchmarks.page.serving import RunningChat

CHAT = RunningChat("http://127.0.0.1:1", 1, Path("chat.log"), 0.0)


class FakeVisitor:
    """Records what is asked of the chat."""

    asked: list[str] = []  # noqa: RUF012
    fails = False

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, question: str) -> str:
        if self.fails:
            raise httpx.ConnectError("refused")
        self.asked.append(question)
        return question

    answer = ask

    def search_articles(self, words: str) -> int:
        return 2

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def visitor(monkeypatch: pytest.MonkeyPatch) -> type[FakeVisitor]:
    class Visitor(FakeVisitor):
        asked: list[str] = []  # noqa: RUF012

    monkeypatch.setattr(people, "Visitor", Visitor)
    monkeypatch.setattr(people, "PAUSE", (0.0, 0.001))
    return Visitor


def test_a_visit_mixes_questions_follow_ups_and_searches(visitor: type[FakeVisitor]) -> None:
    results = Results()
    visit(CHAT, random.Random(1), results, actions=100)
    assert len(results.seconds) + results.searches == 100
    assert results.searches > 5
    assert set(visitor.asked) & set(people.FOLLOW_UPS)
    assert visitor.asked[0] in people.QUESTIONS  # nothing to follow up yet
    assert results.failures == []


def test_failures_are_collected_and_do_not_end_the_visit(visitor: type[FakeVisitor]) -> None:
    visitor.fails = True
    results = Results()
    visit(CHAT, random.Random(1), results, actions=20)
    assert len(results.failures) + results.searches == 20
    assert results.failures[0] == "ConnectError: refused"


def test_people_visit_at_the_same_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(RunningChat, "memory", lambda self: 123.0)
    monkeypatch.setattr(RunningChat, "tracebacks", lambda self: 0)
    results = measure(CHAT, people=3, seconds=0.2)
    assert len(results.seconds) > 3
    assert "tracebacks in the server's log: 0" in capsys.readouterr().out


def test_the_summary_names_each_kind_of_failure_once() -> None:
    text = summary(Results([1.0, 3.0], ["late", "late"], 1))
    assert text.startswith("error: late\n2 answers, 1 searches of the table, 2 errors")
    assert "median 2.00" in text
