"""Follow-up questions in English: what leans on the turn before, and how it is said in full."""

import pytest

from qa.followup import english as en


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("When?", "when"),
        ("And where exactly?", "where"),
        ("so, with whom?", "with whom"),
        ("How long?", "how long"),
        ("When did it happen?", "when"),
        ("In which year?", "in which year"),
        ("When did he leave?", None),
        ("Where is Rome?", None),
        ("", None),
    ],
)
def test_a_bare_question_word(question: str, word: str | None) -> None:
    assert en.bare(question) == word


@pytest.mark.parametrize(
    ("question", "new"),
    [
        ("What about Canada?", "Canada"),
        ("How about the mayor", "the mayor"),
        ("And in 2023?", "in 2023"),
        ("The same for Bo?", "Bo"),
        ("And who is the mayor?", None),
        ("Canada?", None),
    ],
)
def test_what_is_newly_named(question: str, new: str | None) -> None:
    assert en.about(question) == new


@pytest.mark.parametrize(
    ("whole", "new", "first"),
    [
        ("How old was Ann Lee?", "Bo", "How old was Bo?"),
        ("What is Japan's share?", "Canada", "What is Canada's share?"),
        ("What was sold in 2024 for $5?", "in 2023", "What was sold in 2023 for $5?"),
    ],
)
def test_an_exchange(whole: str, new: str, first: str) -> None:
    assert en.exchanged(whole, new, None)[0] == first


def test_nothing_to_exchange() -> None:
    assert en.exchanged("what is it?", "Bo", None) == []
    assert en.exchanged("Who won?", "2023", None) == []


@pytest.mark.parametrize(
    ("question", "whole", "answer", "wanted"),
    [
        ("How old is he?", "Who won?", "Ann Lee", "How old is Ann Lee?"),
        ("Where is her house?", "Who won?", "Ann Lee", "Where is Ann Lee's house?"),
        ("Who saw her?", "When did Ann Lee win?", "Monday", "Who saw Ann Lee?"),
        ("What did they say?", "When did Ann and Bo win?", "May", "What did Ann and Bo say?"),
        ("What did he say?", "When did Ann and Bo win?", "May", "What did Bo say?"),
        ("What did she tell him?", "Where did Ann meet Bo?", "Ulm", "What did Ann tell Bo?"),
        ("Who was there?", "Where did Ann win?", "Ulm", "Who was there?"),
        ("Who stayed there?", "Where did Ann win?", "Ulm", "Who stayed in Ulm?"),
        ("Who owns it?", "Which ship won?", "Star", "Who owns Star?"),
    ],
)
def test_pronouns_are_replaced(question: str, whole: str, answer: str, wanted: str) -> None:
    assert wanted in [*en.resolved(question, whole, answer), question]


def test_there_is_does_not_lean_on_anything() -> None:
    assert en.leans("Is there a bridge?") is None
    assert en.leans("Why there is a bridge?") is None
    assert en.leans("Who met her there?") == "much"


def test_a_question_without_auxiliary_is_told_in_other_words_or_not_at_all() -> None:
    assert en.asked_again("Who won the race?", "when", "Bo") == ["When did Bo won the race?"]
    assert en.asked_again("Which runner won?", "when", "Bo") == []
    assert en.asked_again("What did Bo say?", "where", "Hello") == ["Where did Bo say Hello?"]
