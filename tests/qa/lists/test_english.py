"""The item in a piece of an English enumeration."""

import pytest

from qa.lists.english import is_name, item_in
from qa.lists.pieces import Kind
from tests.support.quick import quick

TOWNS = "Which towns were flooded?"


def item(piece: str, kind: Kind = "name", question: str = TOWNS) -> str | None:
    found = item_in(piece, (0, len(piece)), kind, question)
    return piece[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("both Corby", "Corby"),
        ("by Corby in May", "Corby"),
        ("captain Ivar Holm", "captain Ivar Holm"),
        ("Pacific Quay, Ltd.", "Pacific Quay, Ltd."),
        ("the Bank of Norway", "the Bank of Norway"),
        ("Corby (in the north)", "Corby"),
        ("34", None),
        ("which is small", None),
        ("among others", None),
        ("a plumber", None),
        ("Corby where Ann met Bo", None),
    ],
)
def test_names(piece: str, expected: str | None) -> None:
    assert item(piece) == expected


def test_a_name_of_the_question_is_no_item() -> None:
    assert item("Kenya signed the Coral accord", question="Who signed the Coral accord?") == "Kenya"


@pytest.mark.parametrize(
    "piece", ["mayor of Hull", "a twelve-year-old pupil from Ulm", "the 41-year-old chief of Rex"]
)
def test_who_somebody_is_is_no_item(piece: str) -> None:
    assert item(piece, question="Who were the guests?") is None


def test_days_and_phrases() -> None:
    assert item("on 3 March", "date") == "3 March"
    assert item("in the hall", "date") is None
    assert item("higher pay for night shifts", "phrase") == "higher pay for night shifts"
    assert item("31", "phrase") is None


def test_a_clause_is_no_name() -> None:
    assert not is_name("wolves were seen in Elmsford")
    assert not is_name("Monday")
    assert not is_name("In Oslo")


@pytest.mark.parametrize("text", ["a " * 50_000, "A " * 50_000, "A of " * 20_000, "A." * 50_000])
def test_long_texts_take_no_long_time(text: str) -> None:
    with quick():
        item(text)
