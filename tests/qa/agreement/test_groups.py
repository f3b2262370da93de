"""Statements in groups."""

from datetime import date

from qa.agreement.groups import Group, group
from qa.agreement.statement import Statement

DAY = date(2026, 11, 28)


def died(number: str, day: date | None = DAY) -> Statement:
    sentence = f"The storm killed {number} people."
    return Statement("How many people died?", sentence, 17, 17 + len(number), day)


def test_groups_keep_the_order_of_their_first_members() -> None:
    statements = [died(n) for n in ("14", "19", "fourteen", "19", "at least 10")]
    assert group(statements) == [
        Group((0, 2), "same"),
        Group((1, 3), "differs"),
        Group((4,), "also"),
    ]


def test_figures_of_unknown_days_may_be_of_different_years() -> None:
    statements = [died("14"), died("19", None), died("14", None)]
    assert group(statements) == [Group((0, 2), "same"), Group((1,), "also")]


def test_nothing_has_no_groups() -> None:
    assert group([]) == []
