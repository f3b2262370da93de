"""What is added to answers: the words that are missing, and the error rate in force."""

from dataclasses import replace
from pathlib import Path

from index.store.base.error_rate import ErrorRate
from index.store.doors import open_store
from qa.answers.answering import Answer
from qa.answers.completing import complete
from qa.answers.stages import Stage
from tests.support.chats import an_answer, answer
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

CHOSEN = ErrorRate(0.05, 0.95, 0.62, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")


def completed(tmp_path: Path, given: Answer, chosen: ErrorRate | None = None) -> Answer:
    index = WrittenIndex(str(tmp_path / "index"), FakeEncoder())
    index.publish(article("a", "The mayor opened the bridge on Monday."))
    first, last = complete([Stage([]), Stage([], given)], open_store(index.where), chosen)
    assert first == Stage([])
    assert last.answer is not None
    return last.answer


def test_a_refusal_names_missing_words_and_an_answer_none(tmp_path: Path) -> None:
    assert completed(tmp_path, an_answer(question="Did Zorro open it?")).missing == ()
    refused = replace(answer(None), question="Did Zorro open the bridge?")
    assert completed(tmp_path / "b", refused).missing == ("Zorro",)


def test_a_follow_up_is_looked_into_as_it_was_understood(tmp_path: Path) -> None:
    refused = replace(answer(None), question="And Tom?", understood="Did Zorro open the bridge?")
    assert completed(tmp_path, refused).missing == ("Zorro",)


def test_the_error_rate_in_force_is_named(tmp_path: Path) -> None:
    assert completed(tmp_path, an_answer()).error_rate is None
    assert completed(tmp_path / "b", an_answer(), CHOSEN).error_rate == 0.05
