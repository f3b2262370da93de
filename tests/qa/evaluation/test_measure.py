"""One question at a time: what is scored, with and without the gold article."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.encoder.sentence import Encoder
from qa.archive import Archive
from qa.evaluation.dataset_archive import build_archive
from qa.evaluation.datasets import Case, read_cases
from qa.evaluation.measure import measure, reader_inputs
from tests.support.question_sets import COLOURS, ColourReader, write_records


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    return read_cases(write_records(tmp_path / "colours.jsonl", COLOURS))


def archive_with(reader: Any, tmp_path: Path, encoder: Encoder) -> Archive:
    return build_archive(tmp_path / "colours.jsonl", tmp_path / "work", reader, encoder)


def test_a_correct_answer(cases: list[Case], tmp_path: Path, encoder: Encoder) -> None:
    reader: Any = ColourReader()
    outcome = measure(archive_with(reader, tmp_path, encoder), reader, cases[0])
    assert (outcome.prediction, outcome.answered, outcome.correct) == ("red", True, True)
    assert (outcome.exact, outcome.gold_f1, outcome.best_f1) == (1.0, 1.0, 1.0)
    assert (outcome.cites_gold, outcome.gold_rank) == (True, 1)
    assert outcome.confidence_without_gold == 0.2  # no other context has the answer


def test_the_best_span_is_scored_even_if_the_archive_refused(
    cases: list[Case], tmp_path: Path, encoder: Encoder
) -> None:
    reader: Any = ColourReader(threshold=0.95)
    outcome = measure(archive_with(reader, tmp_path, encoder), reader, cases[0])
    assert (outcome.prediction, outcome.answered, outcome.exact) == (None, False, 0.0)
    assert (outcome.best_exact, outcome.gold_exact) == (1.0, 1.0)


def test_refusing_an_unanswerable_question_is_an_exact_match(
    cases: list[Case], tmp_path: Path, encoder: Encoder
) -> None:
    reader: Any = ColourReader()
    lamp = Case("lamp colour", (), "en")
    outcome = measure(archive_with(reader, tmp_path, encoder), reader, lamp)
    assert (outcome.answered, outcome.exact, outcome.gold_rank) == (False, 1.0, None)


def test_without_a_context_only_the_answer_is_scored(
    cases: list[Case], tmp_path: Path, encoder: Encoder
) -> None:
    reader: Any = ColourReader()
    case = replace(cases[0], context=None, article=None)
    outcome = measure(archive_with(reader, tmp_path, encoder), reader, case)
    assert outcome.correct
    assert outcome.gold_exact is outcome.confidence_without_gold is None


def test_the_reader_gets_the_best_passages_with_their_scores(
    cases: list[Case], tmp_path: Path, encoder: Encoder
) -> None:
    hits = archive_with(ColourReader(), tmp_path, encoder).search("colour", 10)
    texts, scores = reader_inputs(hits, 2)
    assert texts == [hit.passage.text for hit in hits[:2]]
    assert len(scores) == 2
    assert len(reader_inputs(hits)[0]) == 3
