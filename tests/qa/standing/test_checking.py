"""Asking again: only what may have news, nothing twice, nothing lost."""

import multiprocessing
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import ArchiveError, build
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from qa.batch.outcomes import Models
from qa.standing import checking, news
from qa.standing.book import Book
from qa.standing.checking import check
from qa.standing.news import latest_news
from qa.standing.records import CheckReport, Seen
from tests.support.chats import an_answer
from tests.support.fakes import FakeEncoder, FakeReader
from tests.support.standing import FERRY, FILLERS, LATER, StandingArchive

QUESTION = "How many people did the ferry to Oban carry?"


def kinds(archive: StandingArchive) -> list[str]:
    return [one.kind for one in reversed(latest_news(archive.book))]


def test_a_refusal_that_becomes_an_answer_is_news_once(standing: StandingArchive) -> None:
    standing.add(QUESTION)
    assert standing.check().news == []  # the first answer is none
    assert standing.check().searched == 0
    standing.build({"ferry.txt": FERRY})
    (found,) = standing.check().news
    assert (found.kind, found.question) == ("answered", QUESTION)
    assert (found.before.text, found.answer.text) == (None, "312 people")
    assert found.answer.source is not None
    assert found.answer.source.permalink is not None
    assert standing.check().news == []
    assert kinds(standing) == ["answered"]


def test_another_answer_and_none_are_news(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    standing.add(QUESTION)
    standing.check()
    standing.build({"ferry.txt": LATER})
    standing.check()
    standing.build({"ferry.txt": None})
    standing.check()
    assert kinds(standing) == ["changed", "withdrawn"]


def test_the_same_answer_elsewhere_is_no_news(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    standing.add(QUESTION)
    standing.check()
    standing.build({"again.txt": f"As we wrote: {FERRY}", "ferry.txt": None})
    report = standing.check()
    assert (report.read, report.news) == (1, [])
    (kept,) = standing.book.questions()
    assert kept.answer is not None
    assert kept.answer.source is not None
    assert kept.answer.source.place == "again.txt"


def test_only_questions_that_new_passages_reach_are_read_for(standing: StandingArchive) -> None:
    standing.build({f"{n}.txt": f"The orchard {n} sold {n} pears and apples." for n in range(12)})
    standing.add("What did the orchard sell, pears or apples?")
    standing.add(QUESTION)
    standing.check()
    standing.build({"ferry.txt": FERRY})
    assert standing.check().read == 1
    assert standing.reader.asked == [QUESTION]


def test_the_answer_on_the_page_is_what_later_ones_are_compared_with(
    standing: StandingArchive,
) -> None:
    standing.build({"ferry.txt": LATER})
    shown = an_answer(question=QUESTION, text="312 people", sentence=FERRY)
    standing.add(QUESTION, answer=shown)  # a build came between the answer and the bell
    (found,) = standing.check().news
    assert (found.kind, found.answer.text) == ("changed", "450 people")


def test_filters_hold(standing: StandingArchive) -> None:
    standing.add(QUESTION, SearchFilter.of(article="ferry.txt"))
    standing.add(QUESTION, SearchFilter.of(before="2020-01-01"))
    standing.check()
    standing.build({"2025-10-28.txt": FERRY})
    assert standing.check().news == []
    standing.build({"ferry.txt": FERRY})
    (found,) = standing.check().news
    assert found.filters == {"article": "ferry.txt"}


def test_an_index_that_was_built_from_scratch_is_asked_anew(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    standing.add(QUESTION)
    standing.check()
    shutil.rmtree(standing.index)
    standing.build({"ferry.txt": LATER})  # the ids start again, and so do the generations
    assert [one.kind for one in standing.check().news] == ["changed"]
    shutil.rmtree(standing.index)
    standing.build({"ferry.txt": LATER})
    report = standing.check()
    assert (report.read, report.news) == (1, [])


def test_vectors_of_another_encoder_are_computed_anew(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    standing.add(QUESTION)
    standing.check()

    class Other(FakeEncoder):
        revision = "2"

    standing.encoder = Other()
    standing.build({}, encoder=standing.encoder, re_embed=True)
    report = standing.check()
    assert (report.read, report.news) == (1, [])
    standing.encoder = FakeEncoder()
    with pytest.raises(ArchiveError, match="built with the encoder"):
        standing.check()


def test_questions_of_people_go_first(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    for number in range(5):
        standing.add(f"{QUESTION} {number}")
    pauses: list[int] = []
    standing.check(pause=lambda: pauses.append(len(standing.reader.asked)), together=1)
    assert pauses == [0, 1, 2, 3, 4]


class Killed(BaseException):
    """As if the process had been killed here."""


@pytest.mark.parametrize("moment", ["_affected", "_ask", "pass_over", "decide", "run_due"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_check_that_is_killed_loses_nothing_and_repeats_nothing(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch, moment: str, when: str
) -> None:
    for number in range(4):
        standing.add(f"{QUESTION} {number}")
    standing.check(together=2)
    standing.build({"ferry.txt": FERRY})
    original = getattr(checking, moment)

    def killed(*given: Any, **named: Any) -> Any:
        if when == "after":
            original(*given, **named)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(checking, moment, killed)
        with pytest.raises(Killed):
            standing.check(together=2)
    standing.check(together=2)
    asked = [one.question for one in latest_news(standing.book)]
    assert sorted(asked) == [f"{QUESTION} {number}" for number in range(4)]
    assert kinds(standing) == ["answered"] * 4


def test_a_kill_within_a_decision_writes_nothing_of_it(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing.add(QUESTION)
    standing.check()
    standing.build({"ferry.txt": FERRY})

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(news, "_add_news", killed)
        with pytest.raises(Killed):
            standing.check()
    (kept,) = standing.book.questions()
    assert kept.answer is not None
    assert kept.answer.text is None, "the answer is decided with its news"
    assert len(standing.check().news) == 1


def _check(archive: StandingArchive) -> None:
    archive.check(together=1)


def test_two_processes_check_at_once(standing: StandingArchive) -> None:
    for number in range(6):
        standing.add(f"{QUESTION} {number}")
    standing.check()
    standing.build({"ferry.txt": FERRY})
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=_check, args=(standing,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(latest_news(standing.book)) == 6


def test_of_two_decisions_about_one_question_the_first_counts(standing: StandingArchive) -> None:
    standing.add(QUESTION)
    standing.check()
    (before,) = standing.book.questions()
    standing.build({"ferry.txt": FERRY})
    standing.check()
    bars = news.read_bars(standing.book)
    decision = news.Decision(
        before, Seen("x", 9, "x", 9), bars[before.id],
        latest_news(standing.book)[0].answer,
    )  # fmt: skip
    assert news.decide(standing.book, [decision]) == []
    gone = replace(decision, standing=replace(before, id=99))
    assert news.decide(standing.book, [gone]) == []
    assert kinds(standing) == ["answered"]


def test_a_question_may_be_removed_while_it_is_asked(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = standing.add(QUESTION)
    standing.check()
    standing.build({"ferry.txt": FERRY})
    standing.check(pause=lambda: standing.book.remove(identity) and None)
    assert latest_news(standing.book) == []
    assert news.read_bars(standing.book) == {}


def test_an_empty_archive_refuses_and_goes_on(standing: StandingArchive) -> None:
    standing.build({"ferry.txt": FERRY})
    standing.add(QUESTION)
    standing.check()
    for name in (*FILLERS, "ferry.txt"):
        standing.build({name: None}, allow_empty=True)
    assert [one.kind for one in standing.check().news] == ["withdrawn"]
    assert standing.check().searched == 0


def test_what_is_hostile_is_text(standing: StandingArchive) -> None:
    hostile = '<script>alert(1)</script> & "ferry" Oban \x00\x1b[31m\u202e\ufffe 312 people; DROP'
    standing.add(hostile)
    standing.check()
    standing.build({"ferry.txt": FERRY})
    (found,) = standing.check().news
    assert found.question == hostile


def test_both_stores_are_asked(where: str, seeds: Path, tmp_path: Path) -> None:
    def build_with(files: dict[str, str]) -> CheckReport:
        for name, text in files.items():
            (seeds / name).write_text(text)
        build(seeds, where, encoder=FakeEncoder())
        return check(Models(open_store(where), FakeEncoder(), FakeReader("312 people")), book)

    book = Book(tmp_path / "standing.sqlite")
    book.add(QUESTION, NO_FILTER)
    assert build_with(FILLERS).news == []
    (news,) = build_with({"ferry.txt": FERRY}).news
    assert (news.kind, news.answer.text) == ("answered", "312 people")
    again = build_with({"other-99.txt": "The council said nothing."})
    assert (again.read, again.news) == (0, [])
    (seeds / "ferry.txt").unlink()
    assert [one.kind for one in build_with({}).news] == ["withdrawn"]


def test_nobody_reads_on_to_see_what_all_articles_say(
    standing: StandingArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_on(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(FakeReader, "read_on", read_on)
    standing.reader.alone = True
    standing.add(QUESTION)
    standing.build({f"ferry-{n}.txt": f"Report {n}. {FERRY}" for n in range(3)})
    standing.check()
    assert standing.book.questions()[0].answer is not None
