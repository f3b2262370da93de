"""The best span of each sentence, and how candidates compare, from scores set here."""

import pytest

from qa.reader.candidates import MAX_ANSWERS, Candidate, best_of_sentences, compare
from qa.reader.span_rules import Extent
from tests.support.tiny_models import Scores, ScriptedModel


def spans(text: str, scores: Scores, extent: Extent = Extent.PHRASE) -> list[Candidate]:
    (window,) = ScriptedModel(scores).read("?", [text])
    return list(best_of_sentences(window, text, extent))


def candidate(passage: int, text: str, score: float) -> Candidate:
    return Candidate(passage, 0, len(text), text, score)


def test_each_sentence_gives_its_best_span() -> None:
    text = "Anna won. Boris lost."
    best = spans(text, {"Anna": (3, 3), "Boris": (1, 1)})
    assert [(c.text, c.score) for c in best] == [("Anna", 6), ("Boris", 2)]
    assert [text[c.start : c.end] for c in best] == ["Anna", "Boris"]


def test_start_and_end_are_chosen_together() -> None:
    # the best start and the best end by themselves would be "Berlin ... Anna", back to front
    (best,) = spans("Anna went to Berlin", {"Anna": (1, 9), "Berlin": (8, 1)})
    assert best.text == "Anna"


def test_a_span_is_extended_to_its_sentence_on_demand() -> None:
    (best,) = spans("It was late. ", {"late": (5, 5)}, Extent.SENTENCE)
    assert best.text == "It was late."


def test_a_span_of_punctuation_alone_is_no_candidate() -> None:
    assert spans("Anna , won", {",": (9, 9)}) == []


def test_candidates_are_ordered_with_their_lead_over_the_best_other() -> None:
    first, second = compare([candidate(0, "Boris", 2), candidate(1, "Anna", 5)])
    assert (first.text, first.lead) == ("Anna", 3)
    assert (second.text, second.lead) == ("Boris", -3)
    (alone,) = compare([candidate(0, "Anna", 5)])
    assert alone.lead == 5


@pytest.mark.parametrize(("score", "support"), [(1.0, 1), (-1.0, 0)])
def test_support_counts_other_passages_that_beat_the_null_answer(
    score: float, support: int
) -> None:
    best, *_ = compare([candidate(0, "Anna", 5), candidate(1, "ANNA,", score)])
    assert (best.text, best.support) == ("Anna", support)


def test_a_passage_does_not_support_its_own_answer() -> None:
    (best,) = compare([candidate(0, "Anna", 5), candidate(0, "Anna", 4)])
    assert best.support == 0


def test_the_number_of_candidates_is_limited() -> None:
    many = [candidate(0, f"prize{n}", n) for n in range(3 * MAX_ANSWERS)]
    assert len(compare(many)) == MAX_ANSWERS
