"""Statements in groups."""

from qa.agreement.groups import Group, group
from qa.agreement.statement import Statement


def died(number: str) -> Statement:
    sentence = f"The storm killed {number} people."
    return Statement("How many people died?", sentence, 17, 17 + len(number))


def test_groups_keep_the_order_of_their_first_members() -> None:
    statements = [died(n) for n in ("14", "19", "fourteen", "19", "at least 10")]
    assert group(statements) == [
        Group((0, 2), "same"),
        Group((1, 3), "differs"),
        Group((4,), "also"),
    ]


def test_nothing_has_no_groups() -> None:
    assert group([]) == []
