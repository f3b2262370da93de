"""What an English turn offers to the pronouns of the next question."""

import pytest

from qa.followup.antecedents import Pronoun
from qa.followup.english_antecedents import antecedents, is_plural, noun_phrases, referent


@pytest.mark.parametrize(
    ("pronoun", "question", "answer", "first"),
    [
        (Pronoun.HE, "Who won?", "Bo Li", "Bo Li"),
        (Pronoun.HE, "When did Ann and Bo win?", "May", "Ann"),
        (Pronoun.SHE, "Which team does Ann Lee ride for?", "Velora", "Ann Lee"),
        (Pronoun.SHE, "Which minister met the crews?", "Ann Lee", "Ann Lee"),
        (Pronoun.THEY, "Who went on strike?", "Pilots", "Pilots"),
        (Pronoun.THEY, "Who did Ann meet?", "families of sailors", "the families of sailors"),
        (Pronoun.THEY, "How many nurses did Ulm hire?", "40", "the nurses"),
        (Pronoun.THEY, "Where did Ann and Bo meet?", "Ulm", "Ann and Bo"),
        (Pronoun.THEY, "Who met Ann Lee?", "Bo Li", "Bo Li and Ann Lee"),
        (Pronoun.THEY, "Where did fishermen block the port?", "Ulm", "the fishermen"),
        (Pronoun.THEY, "Which ship did Ann visit in Rome?", "Star", "Ann"),
        (Pronoun.THEY, "Which company did Ann found?", "Star", "Star"),
        (Pronoun.HE, "Who won?", "Bo Li, 57, whose sister Ann", "Bo Li"),
        (Pronoun.IT, "In which city will the stadium be built?", "Ulm", "the stadium"),
        (Pronoun.IT, "Which ship won?", "Star", "Star"),
        (Pronoun.IT, "When did the Ulm Bridge open?", "Monday", "the Ulm Bridge"),
        (Pronoun.IT, "What did Ann give Bo?", "a carved mask", "the carved mask"),
        (Pronoun.IT, "When will the old station close?", "2028", "the old station"),
        (Pronoun.THERE, "Where did Ann win?", "Ulm", "Ulm"),
        (Pronoun.THERE, "Who won in New York?", "Ann", "New York"),
        (Pronoun.THEN, "When did Ann win?", "Monday", "Monday"),
    ],
)
def test_the_likeliest_antecedent_comes_first(
    pronoun: Pronoun, question: str, answer: str, first: str
) -> None:
    assert antecedents(question, answer)[pronoun][0] == first


def test_neither_numbers_nor_refusals_are_referred_to() -> None:
    assert antecedents("How long did it last?", "3 hours")[Pronoun.IT] == []
    assert antecedents("Where was it?", None)[Pronoun.THERE] == []
    assert referent("12 percent") is None
    assert referent("do everything within our power") is None
    assert referent("Everything") is None


def test_people_whom_an_answer_goes_on_to_name_come_after_its_own() -> None:
    people = antecedents("Who spoke?", "Bo Li, 57, whose sister Ann Lo")[Pronoun.SHE]
    assert people == ["Bo Li", "Ann Lo"]
    assert referent("Prime Minister Ann Lo laid the stone") == "Prime Minister Ann Lo"


def test_plurals_are_told_by_their_head() -> None:
    assert [is_plural(p) for p in ("the crews", "the head of teams", "police", "the bus")] == [
        True, False, True, False
    ]  # fmt: skip


def test_a_noun_phrase_ends_before_the_verb() -> None:
    assert noun_phrases("How many planes will the new company have?") == ["the new company"]
    assert noun_phrases("Where will Ann build a battery plant?") == ["the battery plant"]
