"""The same questions before and after other languages are added."""

from pathlib import Path

from index.encoder.sentence import Encoder
from qa.benchmarks.retrieval.crowd import measure
from tests.support.question_sets import write_records


def test_the_same_questions_are_asked_before_and_after_others_are_added(
    towns: Path, tmp_path: Path, encoder: Encoder
) -> None:
    added = {"context": "Im Hafen liegen drei Boote.", "title": "Hafen", "questions": []}
    other = write_records(tmp_path / "other.jsonl.xz", [added])
    rows = measure(towns, [other], tmp_path / "work", encoder)
    assert list(rows) == ["5 passages", "6 passages"]
    assert [len(results) for results in rows.values()] == [5, 5]
