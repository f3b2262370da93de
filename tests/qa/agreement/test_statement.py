"""What an answer in its sentence states."""

import datetime

import pytest

from qa.agreement.statement import Statement

DAY = datetime.date(2025, 10, 15)


def statement(question: str, sentence: str, answer: str) -> Statement:
    start = sentence.index(answer)
    return Statement(question, sentence, start, start + len(answer), DAY)


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "kind"),
    [
        ("How many died?", "The fire killed 14 people.", "14", "quantity"),
        ("When was it signed?", "It was signed on Monday.", "Monday", "date"),
        ("When was it signed?", "It was signed at last.", "at last", "other"),
        ("Who won?", "Clara Weyland won.", "Clara Weyland", "name"),
        ("Why did they leave?", "They left because of 3 storms.", "3 storms", "other"),
        ("Which plant is it?", "Gas comes from the plant Sakhalin-2.", "Sakhalin-2", "name"),
        ("谁下令？", "周建国下令。", "周建国", "name"),
        ("何时通车？", "大桥昨天通车。", "昨天", "date"),
    ],
)
def test_kind(question: str, sentence: str, answer: str, kind: str) -> None:
    assert statement(question, sentence, answer).kind == kind


def test_the_value_is_verbatim_but_for_relative_days() -> None:
    assert statement("When?", "It opened on 3 May.", "3 May").value == "3 May"
    assert statement("When?", "It opened yesterday.", "yesterday").value == "2025-10-14"


def test_the_unit_may_follow_the_answer() -> None:
    found = statement("How deep is it?", "It is 38 metres deep.", "38").quantity
    assert found is not None
    assert found.unit == "m"


def test_several_numbers_are_no_single_quantity() -> None:
    assert statement("How many?", "Between 12 and 14 came.", "12 and 14").quantity is None


def test_times_after_the_clause_of_the_answer_do_not_count() -> None:
    built = statement("Who owns it?", "Baltmar owns it, a ship of 2004.", "Baltmar")
    burned = statement("How many died?", "In 1998, it killed 31 people.", "31")
    assert [t.isoformat() for t in built.times] == []
    assert [t.isoformat() for t in burned.times] == ["1998"]


def test_an_attribution_that_holds_the_answer_is_kept() -> None:
    said = statement("Who announced it?", "It is over, Ann Lee announced.", "Ann Lee")
    assert said.kind == "name"
    assert not said.denied


def test_what_is_said_of_another_year_is_not_current() -> None:
    died = "How many people died?"
    assert statement(died, "The fire killed 14 people on Monday.", "14").current
    assert not statement(died, "In 1998 a fire killed 31 people.", "31").current
    assert statement("How many died in 1998?", "In 1998 a fire killed 31.", "31").current
    assert not statement("Who owns it?", "Until May it was owned by Lund.", "Lund").current
