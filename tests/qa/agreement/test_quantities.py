"""Quantities: units, bounds, and whether two of them can both be right."""

import pytest

from qa.agreement.quantities import Quantity, contradicts, quantities, same_quantity, units_fit


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("8.6 per cent", "%"),
        ("8.6%", "%"),
        ("百分之八点六", "%"),
        ("2 percentage points", "points"),
        ("$120 million", "USD"),
        ("1.2亿美元", "USD"),
        ("540 km²", "km2"),
        ("540 square kilometers", "km2"),
        ("12人", "person"),
        ("14 people", "person"),
        ("magnitude 6.4", "magnitude"),
        ("42,000 spectators", "spectator"),
        ("14 were", ""),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 12", "at least"),
        ("超过12", "at least"),
        ("120多人", "at least"),
        ("up to 12", "at most"),
        ("about 12", "about"),
        ("12左右", "about"),
        ("the 12", "exact"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("one", "other", "same", "contradicting"),
    [
        ("8.6 percent", "百分之八点六", True, False),
        ("1.2 million", "1,234,567", True, False),
        ("8.6", "9", False, True),
        ("12", "15", False, True),
        ("at least 12", "15", False, False),
        ("at least 15", "12", False, True),
        ("up to 20", "15", False, False),
        ("about 1,000", "1,030", True, False),
        ("about 1,000", "1,500", False, True),
        ("0", "12", False, True),
    ],
)
def test_two_quantities(one: str, other: str, same: bool, contradicting: bool) -> None:
    a, b = only(one), only(other)
    assert same_quantity(a, b) is same_quantity(b, a) is same
    assert contradicts(a, b) is contradicts(b, a) is contradicting


def test_units_fit_if_equal_unknown_or_nouns_of_two_scripts() -> None:
    assert units_fit("%", "%")
    assert units_fit("", "job")
    assert units_fit("climber", "栋")
    assert not units_fit("%", "points")
    assert not units_fit("km", "mile")
    assert not units_fit("job", "house")
