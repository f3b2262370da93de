"""The table of figures."""

from dataclasses import replace

from qa.evaluation.datasets import Case
from qa.evaluation.measure import Outcome
from qa.evaluation.report import format_misses, format_table


def cells(outcomes: list[Outcome]) -> dict[str, str]:
    lines = format_table(outcomes).splitlines()
    return {line[:28].strip(): line[28:].strip() for line in lines}


def gold(correct: float, *, answered: bool = True, without: float = 0.2) -> Outcome:
    case = Case("door colour", ("red",), "en", "The door is red.", "0")
    return Outcome(
        case, "red" if answered else None, answered, 0.9, correct, correct, 0.25,
        gold_exact=1.0, gold_f1=1.0, best_exact=correct, best_f1=correct,
        cites_gold=answered, gold_rank=1 if correct else None, confidence_without_gold=without,
        refused_without_gold=without < 0.5,
    )  # fmt: skip


def test_figures_of_questions_with_a_gold_article() -> None:
    table = cells([gold(1.0), gold(0.0, without=0.95)])
    assert table["questions"] == "2"
    assert table["exact match / F1"] == "50.0 % / 50.0 %"
    assert table["right paragraph given"] == "100.0 % / 100.0 %"
    assert table["right article first / in 5"] == "50.0 % / 50.0 %"
    assert table["refused, right article out"] == "50.0 %"
    assert table["AUROC, right against out"] == "0.500"  # 0.9 beats 0.2 and loses to 0.95
    assert table["seconds p50 / p95"] == "0.25 / 0.25"


def test_refused_questions_count_against_the_answer_but_not_the_best_span() -> None:
    refused = Outcome(gold(1.0).case, None, False, 0.9, 0.0, 0.0, 0.25, best_exact=1.0, best_f1=1.0)
    table = cells([refused])
    assert table["exact match / F1"] == "0.0 % / 0.0 %"
    assert table["refused or not"] == "100.0 % / 100.0 %"
    assert table["right when answered"] == "-"


def test_rows_that_were_not_measured_are_left_out() -> None:
    unanswerable = Outcome(Case("lamp?", (), "en"), None, False, 0.1, 1.0, 1.0, 0.5)
    plain = Outcome(Case("door?", ("red",), "en"), "red", True, 0.9, 1.0, 1.0, 0.5)
    assert cells([plain, unanswerable])["refused, without an answer"] == "100.0 %"
    assert "refused, without an answer" not in cells([plain])
    assert not any("citation" in label for label in cells([plain, unanswerable]))


def test_misses_are_listed_with_what_was_expected() -> None:
    wrong = replace(gold(0.0), prediction="green\x1b[31m")
    shown = format_misses([gold(1.0), wrong, gold(0.0, answered=False)])
    assert shown.startswith("2 of 3 not right:")
    assert "expected: red\n    given:    green[31m (0.90)" in shown
    assert shown.endswith("given:    refused")
    assert format_misses([gold(1.0)]) == "no misses"
