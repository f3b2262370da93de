"""The figures of a calibration."""

import json

from qa.training.calibration.report import as_json, diagram, figures, lines, misses
from tests.support.kept_readings import passage, question, reading, sample

READINGS = [reading(question(), passage(0, "nine ships", 3.0), passage(1, "twelve", 1.0))]
SAMPLES = [
    sample("here"), sample("here", confidence=0.2), sample("here", confidence=0.8, f1=0.0),
    sample("out", confidence=0.1), sample("near", confidence=0.85),
    sample("people", confidence=0.3),
]  # fmt: skip


def test_refusals_count_as_wrong_but_not_for_the_best_answer() -> None:
    values = figures(SAMPLES, READINGS)
    assert values["questions"] == 3
    assert (round(values["best EM"], 2), round(values["EM"], 2)) == (0.67, 0.33)
    assert (values["answered"], values["right"]) == (2 / 3, 0.5)
    assert (values["refused"], values["near refused"]) == (1.0, 0.0)
    assert (values["AUROC"], values["AUROC near"]) == (1.0, 0.5)
    assert (values["AUROC people"], values["people refused"]) == (0.5, 1.0)
    assert (values["given EM"], values["given F1"]) == (0.0, 2 / 3)


def test_the_table_has_a_row_a_set_and_says_what_is_missed() -> None:
    head, row, *rest = lines(SAMPLES, READINGS)
    assert row.startswith("en-ships  ")
    assert len(row) == len(head)
    assert rest[0] == "en-ships: answered 66.7%, less than 88%"
    assert sum(int(line.split()[2]) for line in rest[3:]) == len(SAMPLES)
    assert sum(count for *_, count in diagram(SAMPLES)) == len(SAMPLES)


def test_a_set_that_misses_nothing_is_not_named() -> None:
    assert list(misses({"en": {"answered": 0.9, "refused": 0.86, "ECE": 0.05}})) == []


def test_the_figures_are_json() -> None:
    content = json.loads(json.dumps(as_json(SAMPLES, READINGS)))
    assert content["sets"]["en-ships"] == content["all"]
