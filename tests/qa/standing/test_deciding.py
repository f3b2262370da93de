"""Which changes of an answer are news."""

import pytest

from qa.standing.deciding import kind_of_news
from qa.standing.records import Cited, KnownAnswer

REFUSED = KnownAnswer(None)


def known(text: str, sentence: str, day: str | None = None) -> KnownAnswer:
    return KnownAnswer(text, sentence, 0.9, (Cited(sentence, None, day, "a.txt", None, None),))


FERRY = known("312 people", "The ferry carried 312 people.", "2025-10-01")


def test_found_and_lost_answers_are_news() -> None:
    assert kind_of_news("How many?", REFUSED, REFUSED) is None
    assert kind_of_news("How many?", REFUSED, FERRY) == "answered"
    assert kind_of_news("How many?", FERRY, REFUSED) == "withdrawn"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("312 people", "The ferry carried 312 people."), ("312 people", "It took 312 people.")),
        (("8.6 percent", "Prices rose 8.6 percent."), ("8.6%", "Prices rose 8.6%.")),
        (("Ann Lee", "Ann Lee spoke."), ("ann lee", "Then ann lee spoke.")),
        (("the harbour", "It rose in the harbour."), ("harbour", "In harbour areas it rose.")),
    ],
)
def test_the_same_in_other_words_is_none(before: tuple[str, str], now: tuple[str, str]) -> None:
    assert kind_of_news("By how much did prices rise?", known(*before), known(*now)) is None


def test_another_answer_is_news() -> None:
    other = known("450 people", "The ferry carried 450 people.")
    assert kind_of_news("How many people?", FERRY, other) == "changed"


def test_the_same_words_that_mean_another_day_are_news() -> None:
    question = "When does the council meet?"
    one = known("on Monday", "The council meets on Monday.", "2025-10-01")
    other = known("on Monday", "The council meets on Monday.", "2025-11-01")
    assert kind_of_news(question, one, one) is None
    assert kind_of_news(question, one, other) == "changed"


def test_an_answer_of_a_damaged_record_is_compared_by_its_words() -> None:
    assert kind_of_news("How many?", FERRY, KnownAnswer("312 people", "")) is None
    assert kind_of_news("How many?", FERRY, KnownAnswer("313 people", "")) == "changed"
