"""The measures by hand, and an evaluation whose right figures are known."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from index import build
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from qa.evaluation.datasets import read_cases
from qa.evaluation.evaluate import evaluate, main, spread, table
from qa.evaluation.metrics import (
    auroc,
    calibration_error,
    exact_match,
    f1,
    precision_at_coverage,
    recall_at,
    reliability,
    units,
)
from qa.reader.calibration import Calibration, features
from qa.reader.reader import Span
from qa.training.run.calibrate import THRESHOLD, Sample, calibrated, fitted, shares


@pytest.mark.parametrize(
    ("prediction", "answers", "language", "exact", "overlap"),
    [
        ("The White House.", ["white house"], "en", 1, 1),
        ("White House lawn", ["the White House"], "en", 0, 0.8),
        ("Berlin", ["Paris", "Berlin"], "en", 1, 1),
        ("Berlin", ["Paris"], "en", 0, 0),
        ("1945年10月", ["1945年"], "zh", 0, 2 * 5 / 13),
        ("“联合国”", ["联合国"], "zh", 1, 1),
        ("約15メートル", ["15 メートル"], "ja", 0, 12 / 13),
        ("", ["Berlin"], "en", 0, 0),
        ("the", ["a"], "en", 1, 1),  # nothing is left of either
        ("Berlin", [], "en", 0, 0),
    ],
)
def test_exact_match_and_f1(
    prediction: str, answers: list[str], language: str, exact: float, overlap: float
) -> None:
    assert exact_match(prediction, answers, language) == exact
    assert f1(prediction, answers, language) == pytest.approx(overlap)


def test_units_are_counted_with_repeats() -> None:
    assert units("New York, New York", "en") == ["new", "york", "new", "york"]
    assert f1("York York", ["York"], "en") == pytest.approx(2 / 3)


def test_recall_counts_what_was_found_early_enough() -> None:
    assert recall_at([1, 3, None, 6], 5) == 0.5
    assert recall_at([], 5) == 0.0


def test_auroc_is_the_chance_of_the_right_order() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.1], [0.5, 0.5]) == 0.5
    assert auroc([], [0.3]) == 0.5


def test_precision_looks_at_the_most_confident_share() -> None:
    scored = [(0.9, True), (0.8, True), (0.3, False), (0.1, False)]
    assert precision_at_coverage(scored, 0.5) == 1.0
    assert precision_at_coverage(scored, 1.0) == 0.5
    assert precision_at_coverage([], 0.5) == 0.0


def test_calibration_error_is_the_gap_between_said_and_done() -> None:
    honest = [(0.75, True)] * 3 + [(0.75, False)]
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error([(1.0, False)] * 4) == pytest.approx(1.0)
    assert reliability([(0.95, True), (1.0, False)]) == [(0.9, 0.975, 0.5, 2)]


class Keyed:
    """Answers with the word after "is" where the passage bears the question's first word."""

    threshold = 0.5

    def read(self, question: str, passages: Sequence[str], found: object = ()) -> list[Span]:
        spans = []
        for number, text in enumerate(passages):
            if " is " not in text:
                continue
            start = text.index(" is ") + 4
            end = text.index(".", start)
            score = 0.9 if question.split()[0] in text else 0.2
            spans.append(Span(number, start, end, score, score))
        return sorted(spans, key=lambda span: -span.confidence)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "colours.jsonl"
    records = [
        {
            "title": thing,
            "context": f"The {thing} in the house is {colour}.",
            "questions": [
                {
                    "id": thing,
                    "question": f"{thing} colour",
                    "answers": [{"text": colour, "start": 0}],
                }
            ],
        }
        for thing, colour in (("door", "red"), ("roof", "green"), ("wall", "white"))
    ]
    path.write_text("\n".join(json.dumps(r) for r in records))
    return path


def test_a_file_of_questions_is_measured_over_its_own_texts(
    questions: Path, encoder: Encoder
) -> None:
    found = evaluate(questions, reader=Keyed(), encoder=encoder)  # type: ignore[arg-type]
    assert [o.text for o in found] == ["red", "green", "white"]
    assert all(o.answered and o.right and o.cited and o.rank == 1 for o in found)
    assert [o.without for o in found] == [0.2] * 3  # the others' texts hold no answer
    lines = {line[:28].strip(): line[28:].strip() for line in table(found, 0.5).splitlines()}
    assert lines["exact match / F1"] == "100.0 % / 100.0 %"
    assert lines["right, surest 50 / 80 %"] == "100.0 % / 100.0 %"
    assert lines["refused, right article out"] == "100.0 %"
    assert lines["AUROC, right against out"] == "1.000"


class Unsure(Keyed):
    """Knows the answers, and refuses all the same."""

    threshold = 0.95


def test_what_was_refused_still_counts_as_the_best_answer(
    questions: Path, encoder: Encoder
) -> None:
    found = evaluate(questions, reader=Unsure(), encoder=encoder)  # type: ignore[arg-type]
    assert [o.text for o in found] == [None] * 3
    lines = {line[:28].strip(): line[28:].strip() for line in table(found, 0.95).splitlines()}
    assert lines["exact match / F1"] == "0.0 % / 0.0 %"
    assert lines["refused or not"] == "100.0 % / 100.0 %"


def test_a_question_without_an_answer_in_a_marked_file(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "lamp.jsonl"
    asked = {"id": "1", "question": "lamp colour", "answers": []}
    path.write_text(
        json.dumps({"title": "door", "context": "The door is red.", "questions": [asked]})
    )
    (one,) = evaluate(path, reader=Keyed(), encoder=encoder)  # type: ignore[arg-type]
    assert (one.answered, one.exact, one.rank, one.without) == (False, 1.0, None, None)


def test_a_limit_takes_questions_from_the_whole_file(questions: Path, encoder: Encoder) -> None:
    found = evaluate(questions, reader=Keyed(), encoder=encoder, limit=1)  # type: ignore[arg-type]
    assert len(found) == 1


@pytest.mark.parametrize(("count", "most"), [(10, 6), (960, 500), (7, 7), (3, 9)])
def test_questions_are_taken_evenly_from_the_whole_file(count: int, most: int) -> None:
    taken = list(spread(range(count), most))  # type: ignore[arg-type]
    assert len(taken) == min(count, most)
    assert taken[0] == 0
    assert taken[-1] >= count - 1 - count // most
    assert max(b - a for a, b in pairwise([*taken, count])) <= -(-count // most)


def test_ten_questions_of_ones_own(tmp_path: Path, seeds: Path, encoder: Encoder) -> None:
    (seeds / "a.txt").write_text("Colours\n\nThe door in the house is red.\n")
    build(seeds, tmp_path / "index", encoder=encoder)
    own = tmp_path / "own.txt"
    own.write_text("\ufeffdoor colour\tred\n\ndoor number\t7\nlamp colour\t\n", "utf-8")
    found = evaluate(
        own,
        index=tmp_path / "index",
        reader=Keyed(),  # type: ignore[arg-type]
        encoder=encoder,
    )
    assert [(o.answered, o.right) for o in found] == [(True, True), (True, False), (False, True)]
    text = table(found, 0.5)
    assert "refused, without an answer" in text
    assert "citation" not in text  # where the answers are is not known


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.json", None, "there is no file"),
        ("odd.jsonl", b"[1", "odd.jsonl is neither"),
        ("empty.jsonl", b"", "holds no question"),
        ("empty.txt", b"\n", "holds no question"),
        ("latin.txt", b"caf\xe9\tx", "save it as UTF-8"),
    ],
)
def test_files_that_cannot_be_used_are_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match=message):
        read_cases(tmp_path / name)


def test_a_limit_below_one_is_refused(questions: Path) -> None:
    with pytest.raises(ArchiveError, match="--limit is 0"):
        main([str(questions), "--limit", "0"])


def sample(score: float, right: bool, held: bool = True) -> Sample:
    return Sample("en", features(score, score, 0), float(right), float(right), held, True)


def test_the_fit_gives_the_shares_that_it_saw() -> None:
    chosen = [sample(8.0, n < 9) for n in range(10)] + [sample(-4.0, n < 2) for n in range(10)]
    calibration = Calibration({"en": fitted(chosen)}, 0.5)
    assert calibration.confidence("en", features(8.0, 8.0, 0)) == pytest.approx(0.9, abs=0.03)
    assert calibration.confidence("en", features(-4.0, -4.0, 0)) == pytest.approx(0.2, abs=0.03)


def test_a_language_that_is_refused_too_often_is_shifted() -> None:
    """Marked in another style, right answers look wrong; unshifted, most would be refused."""
    chosen = [sample(s, s > 8) for s in (9, 7, 5, 3, 2, 1, 0.5, -1, -6, -7)]
    chosen += [sample(s, False, held=False) for s in (-9, -8, -7, -6, -5, -5, -4, -4, -3, -3)]
    plain = Calibration({"en": fitted(chosen)}, THRESHOLD)
    assert shares(chosen, plain, THRESHOLD, "en")[0] < 0.5
    answered, refused = shares(chosen, calibrated(chosen), THRESHOLD, "en")
    assert answered == pytest.approx(0.8)
    assert refused == 1.0


def test_a_language_that_is_answered_often_enough_is_not() -> None:
    chosen = [sample(s, s > 0) for s in (9, 7, 5, 3, 2)]
    chosen += [sample(s, False, held=False) for s in (-9, -7, -5, -3, -2)]
    assert calibrated(chosen).weights["en"] == fitted(chosen)
