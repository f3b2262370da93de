"""Reading each question's passages once, and keeping what was found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.encoder.sentence import Encoder
from qa.evaluation.dataset_archive import archive_of
from qa.reader.reader import Reader
from qa.reader.settings import Settings
from qa.reader.span_model import Window
from qa.training.calibration.choose import UNFITTED
from qa.training.calibration.question_sets import QuestionSet, load_sets
from qa.training.calibration.readings import TOP_K, Reading, read_set, readings_file
from tests.support.question_sets import COLOURS, record, write_records
from tests.support.tiny_models import ScriptedModel

SCORES = dict.fromkeys(("red", "green", "white"), (5.0, 5.0))


class Counting(ScriptedModel):
    """Counts the calls."""

    calls = 0

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        self.calls += 1
        return super().read(question, passages)


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    near = record(COLOURS[0]["context"], "door height", None)
    write_records(tmp_path / "en-colours.jsonl", [*COLOURS, near])
    return load_sets([tmp_path], limit=10)[0]


def read(
    questions: QuestionSet, model: ScriptedModel, folder: Path, encoder: Encoder
) -> list[Reading]:
    reader = Reader(model, UNFITTED)
    articles = ((str(n), text) for n, text in enumerate(questions.contexts))
    archive = archive_of(articles, folder, reader, encoder)
    return list(read_set(questions, archive, reader, folder / "readings.jsonl"))


def test_a_reading_has_the_passages_with_and_without_the_context(
    questions: QuestionSet, tmp_path: Path, encoder: Encoder
) -> None:
    door, *_, near = read(questions, ScriptedModel(SCORES), tmp_path / "work", encoder)
    assert {p.text for p in door.passages} == set(questions.contexts)
    assert sorted(p.context for p in door.passages) == [0, 1, 2]
    for k in TOP_K:
        assert sorted(door.passages[n].context for n in door.selected[k]) == [0, 1, 2]
        assert sorted(door.passages[n].context for n in door.withheld[k]) == [1, 2]
    assert [c.text for p in door.passages if p.context == 0 for c in p.candidates] == ["red"]
    assert [c.text for c in door.given] == ["red"]
    assert (near.question.answers, near.withheld) == ((), {})


def test_what_was_read_is_not_read_again(
    questions: QuestionSet, tmp_path: Path, encoder: Encoder
) -> None:
    first, second = Counting(SCORES), Counting(SCORES)
    readings = read(questions, first, tmp_path / "work", encoder)
    assert read(questions, second, tmp_path / "work", encoder) == readings
    assert (first.calls, second.calls) == (len(questions.questions), 0)


def test_readings_are_kept_by_weights_and_way_to_read(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    kept = [
        readings_file(tmp_path, ["a"], first, Settings()),
        readings_file(tmp_path, ["a"], second, Settings()),
        readings_file(tmp_path, ["b"], first, Settings()),
        readings_file(tmp_path, ["a"], first, Settings(grow="none")),
    ]
    assert len(set(kept)) == len(kept)
    assert readings_file(tmp_path, ["a"], first, Settings(top_k=5)) == kept[0]
