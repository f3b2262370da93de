"""What was read for a question is not read again for it."""

from collections.abc import Sequence
from typing import Any

from qa.answers.stages import best_answer
from qa.reader.calibration import Calibration
from qa.reader.reader import CALIBRATION, Reader
from qa.reader.remembering import Remembering
from tests.support.hits import make_hit
from tests.support.tiny_models import TinyReader


class Counting:
    """Counts the passages that a model reads."""

    def __init__(self, model: Any) -> None:
        self.model, self.read_passages = model, 0

    def read(self, question: str, passages: Sequence[str]) -> Any:
        self.read_passages += len(passages)
        return self.model.read(question, passages)


def test_the_same_passages_are_read_once_for_a_question(tiny: TinyReader) -> None:
    counting = Counting(tiny.span_model())
    model = Remembering(counting)
    first = model.read("who won ?", ["smith won .", "a cup ."])
    assert model.read("who won ?", ("smith won .", "a cup .")) is first
    assert counting.read_passages == 2
    model.read("when ?", ["smith won ."])
    model.read("who won ?", ["a cup ."])
    assert counting.read_passages == 4


def test_a_yes_no_question_that_nothing_settles_is_read_once(tiny: TinyReader) -> None:
    counting = Counting(tiny.span_model())
    reader = Reader(counting, Calibration.load(CALIBRATION))
    texts = [f"anna smith signed treaty {n} in berlin ." for n in range(8)]
    hits = [make_hit(text, article_id=f"{n}") for n, text in enumerate(texts)]
    answer = best_answer(reader, "Did the cup win in Ulm?", hits, grouped=False)
    assert not answer.undecided
    assert counting.read_passages == len(texts)
