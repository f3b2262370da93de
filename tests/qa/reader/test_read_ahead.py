"""Reading for several questions in one pass gives what reading for each gives."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.encoder.bert import native_bf16
from qa.reader.calibration import Calibration
from qa.reader.read_ahead import MAX_PAIRS, ReadingTask, read_ahead
from qa.reader.reader import CALIBRATION, Reader
from qa.reader.span_model import SpanModel, Window
from tests.support.tiny_models import TinyReader

PASSAGES = [
    "anna smith signed the treaty in berlin , in 1999 .",
    "who won the cup ? smith .",
    "",
    " ".join(["the cup in berlin ."] * 60),  # several windows
    "a treaty . a cup .",
]
QUESTIONS = ["who signed the treaty ?", "when ?", "why won smith ?", "who signed the treaty ?"]


@pytest.fixture
def reader(tiny: TinyReader) -> Reader:
    return Reader(tiny.span_model(), Calibration.load(CALIBRATION))


def task(question: str, passages: Sequence[str] = PASSAGES) -> ReadingTask:
    return ReadingTask(question, passages, [1.0 / n for n in range(1, len(passages) + 1)])


def test_spans_are_those_of_one_question_at_a_time(reader: Reader) -> None:
    tasks = [task(question) for question in QUESTIONS]
    ahead = read_ahead(reader, tasks)
    for one in tasks:
        alone = reader.read(one.question, one.passages, one.scores)
        among = ahead.read(one.question, one.passages, one.scores)
        assert [(s.passage, s.start, s.end) for s in among][:1] == [
            (s.passage, s.start, s.end) for s in alone
        ][:1]
        tolerance = 0.05 if native_bf16() else 1e-4
        np.testing.assert_allclose(among[0].confidence, alone[0].confidence, atol=tolerance)


def test_the_model_is_called_for_many_pairs_at_once(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    original = SpanModel.read_pairs

    def count(self: SpanModel, pairs: Sequence[tuple[str, str]]) -> list[Window]:
        sizes.append(len(pairs))
        return original(self, pairs)

    monkeypatch.setattr(SpanModel, "read_pairs", count)
    tasks = [task(f"who won {n} ?", PASSAGES[:2]) for n in range(20)]
    ahead = read_ahead(reader, tasks)
    for one in tasks:
        ahead.read(one.question, one.passages, one.scores)
    assert sizes == [MAX_PAIRS, 40 - MAX_PAIRS]
    ahead.read("who else ?", PASSAGES[:1])  # not foreseen
    assert sizes == [MAX_PAIRS, 40 - MAX_PAIRS, 1]


def test_no_questions_and_no_passages(reader: Reader) -> None:
    assert read_ahead(reader, []).read("who ?", []) == []
    assert read_ahead(reader, [task("who ?", [])]).read("who ?", []) == []


def test_another_reader_stays_as_it_is() -> None:
    other = object()
    assert read_ahead(other, [task("who ?")]) is other
