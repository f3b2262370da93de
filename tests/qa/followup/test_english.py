"""The English follow-up rules, one at a time."""

import pytest

from qa.followup import english as en
from qa.followup.dependence import Dependence


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
def test_the_question_word_of_a_bare_question(question: str, word: str | None) -> None:
    assert en.bare_question_word(question) == word


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What about Canada?", "Canada"),
        ("How about the mayor", "the mayor"),
        ("And in 2023?", "in 2023"),
        ("The same for Bo?", "Bo"),
        ("And who is the mayor?", None),
        ("Canada?", None),
    ],
)
def test_the_new_topic(question: str, topic: str | None) -> None:
    assert en.new_topic(question) == topic


@pytest.mark.parametrize(
    ("previous", "topic", "first"),
    [
        ("How old was Ann Lee?", "Bo", "How old was Bo?"),
        ("What is Japan's share?", "Canada", "What is Canada's share?"),
        ("What was sold in 2024 for $5?", "in 2023", "What was sold in 2023 for $5?"),
    ],
)
def test_the_topic_replaces_a_name_or_a_number(previous: str, topic: str, first: str) -> None:
    assert en.with_topic(previous, topic, None)[0] == first


def test_a_question_without_names_or_numbers_has_nothing_to_replace() -> None:
    assert en.with_topic("what is it?", "Bo", None) == []
    assert en.with_topic("Who won?", "2023", None) == []


@pytest.mark.parametrize(
    ("question", "previous", "answer", "expected"),
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
def test_pronouns_are_replaced_by_what_they_refer_to(
    question: str, previous: str, answer: str, expected: str
) -> None:
    assert expected in [*en.with_antecedents(question, previous, answer), question]


def test_there_is_does_not_depend_on_anything() -> None:
    assert en.dependence("Is there a bridge?") is Dependence.NONE
    assert en.dependence("Why there is a bridge?") is Dependence.NONE
    assert en.dependence("Who met her there?") is Dependence.STRONG


def test_a_question_without_an_auxiliary_is_rephrased_or_dropped() -> None:
    assert en.with_question_word("Who won it?", "when", "Bo") == ["When did Bo won it?"]
    assert en.with_question_word("Which runner won?", "when", "Bo") == []
    assert en.with_question_word("What did Bo say?", "why", "Hi") == ["Why did Bo say Hi?"]


def test_names_of_the_previous_question_are_not_new() -> None:
    assert en.new_names("And did Ann Lee meet Cy?", "Where did Ann Lee meet Bo?") == "Cy"


def test_a_demonstrative_may_refer_to_the_previous_turn() -> None:
    assert en.dependence("Who won this race?") is Dependence.WEAK


def test_then_is_replaced_by_the_day_that_was_asked_for() -> None:
    assert en.with_antecedents("Who won then?", "When did Ann win?", "Monday") == [
        "Who won on Monday?"
    ]


def test_a_backslash_in_a_name_is_kept() -> None:
    rewrites = en.with_antecedents("Did she see him?", "Who met Bo Li?", r"Ann\g")
    assert r"Did Ann\g see Bo Li?" in rewrites
