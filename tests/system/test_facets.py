"""How well names are found in labelled sentences: `pytest -s` prints the figures."""

import pytest

from qa.facets.names.article_names import mentions
from tests.support.labelled import capitalised_runs, measured, sentences

# Least precision and recall: a little below what the README says, so that no rule gets worse
FLOORS = {"en.txt": (0.97, 0.88), "zh.txt": (0.91, 0.90), "ja.txt": (0.95, 0.94)}
UNSEEN = {"aside.txt": (0.95, 0.82), "later.txt": (0.85, 0.74)}


@pytest.mark.parametrize("file", FLOORS)
def test_names_are_found_in_the_sentences_that_the_rules_were_made_with(file: str) -> None:
    labelled = sentences(file)
    scores = measured(labelled, lambda text: mentions(text, file[:2]))
    baseline = measured(labelled, capitalised_runs)["all"]
    for kind, score in scores.items():
        print(f"{file} {kind}: {score}")
    print(f"{file} capitalised runs: {baseline}")
    precision, recall = FLOORS[file]
    assert scores["all"].precision >= precision
    assert scores["all"].recall >= recall
    assert scores["all"].f1 > baseline.f1


@pytest.mark.parametrize("file", UNSEEN)
def test_names_are_found_in_other_sentences(file: str) -> None:
    scores = measured(sentences(file), mentions)
    for kind, score in scores.items():
        print(f"{file} {kind}: {score}")
    precision, recall = UNSEEN[file]
    assert scores["all"].precision >= precision
    assert scores["all"].recall >= recall
