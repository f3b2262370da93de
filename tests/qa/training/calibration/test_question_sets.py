"""Sets with their near misses, and questions in another language's words."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.training.calibration import question_sets
from qa.training.calibration.question_sets import load_sets, with_switched
from qa.training.variants.code_switching import CodeSwitcher
from tests.support.question_sets import COLOURS, record, write_records

ENTRIES = [
    {"simplified": word, "traditional": word, "definitions": [english]}
    for word, english in (("门", "door"), ("颜色", "colour"), ("屋顶", "roof"), ("墙", "wall"))
]


def test_near_misses_share_the_archive_of_their_set(tmp_path: Path) -> None:
    write_records(tmp_path / "en-colours.jsonl", COLOURS)
    door = COLOURS[0]["context"]
    lamp = record("A lamp stands in the hall, lit all night.", "lamp colour", None, "lamp")
    lamp["questions"][0]["id"] = "rule-0"
    near = [record(door, "door height", None, "door"), lamp]
    write_records(tmp_path / "near-en-colours.jsonl", near)
    (loaded,) = load_sets([tmp_path], limit=10)
    assert loaded.name == "en-colours"
    assert loaded.contexts == [r["context"] for r in (*COLOURS, lamp)]
    found = {q.text: (q.context, q.answers, q.document) for q in loaded.questions}
    assert found["door colour"] == (0, ("red",), "door")
    assert found["door height"] == (0, (), "door")
    assert found["lamp colour"] == (3, (), "lamp")
    assert [q.text for q in loaded.questions if q.by_rule] == ["lamp colour"]


def test_the_limit_is_for_each_kind_of_question(tmp_path: Path) -> None:
    near = [record(r["context"], f"{r['title']} height", None) for r in COLOURS]
    write_records(tmp_path / "dev" / "en-colours.jsonl.xz", [*COLOURS, *near])
    (loaded,) = load_sets([tmp_path], limit=2)
    assert [bool(q.answers) for q in loaded.questions] == [True, True, False, False]
    assert len(loaded.contexts) == 3


def test_contexts_that_nothing_is_asked_about_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_sets, "MAX_CONTEXTS", 2)
    write_records(tmp_path / "en-colours.jsonl", COLOURS)
    (loaded,) = load_sets([tmp_path], limit=1)
    (asked,) = loaded.questions
    assert len(loaded.contexts) == 2
    assert asked.answers[0] in loaded.contexts[asked.context]


def test_questions_are_also_asked_in_the_words_of_the_other_language(tmp_path: Path) -> None:
    text = "The door of the old house by the harbour is red and its roof is green."
    write_records(tmp_path / "en-house.jsonl", [record(text, "what is the door colour", "red")])
    (loaded,) = load_sets([tmp_path], limit=10)
    asked, switched = with_switched(loaded, 10, CodeSwitcher(ENTRIES, [])).questions
    assert (asked.source, switched.source) == ("en-house", "en-house zh>en")
    assert "门" in switched.text or "颜色" in switched.text
    assert (switched.answers, switched.context) == (asked.answers, asked.context)


def test_a_folder_without_sets_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=tmp_path.name):
        load_sets([tmp_path], limit=1)
