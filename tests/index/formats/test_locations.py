"""Locations that a record states are checked; what cannot be one is an error that names it."""

import pytest

from index.article import Anchor, Location
from index.errors import UnreadableError
from index.formats.locations import parse_locations


def test_locations_become_anchors() -> None:
    stated = [
        {"start": 0, "page": 1},
        {"start": 4, "seconds": 65},
        {"start": 9, "page": 2, "seconds": 0.5},
    ]
    assert parse_locations(stated, 10) == (
        Anchor(0, Location(page=1)),
        Anchor(4, Location(seconds=65.0)),
        Anchor(9, Location(2, 0.5)),
    )
    assert parse_locations(None, 10) == parse_locations([], 10) == ()


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("page 1", "must be a list of objects"),
        ([7], "must be a list of objects"),
        ([{"page": 1}], "one starts at null"),
        ([{"start": 3}], "must have a 'page' or 'seconds'"),
        ([{"start": True, "page": 1}], "one starts at true"),
        ([{"start": 10, "page": 1}], "within 0 to 9; one starts at 10"),
        ([{"start": -1, "page": 1}], "one starts at -1"),
        ([{"start": 4, "page": 1}, {"start": 4, "page": 2}], "ascending order"),
        ([{"start": 0, "page": 0}], "a 'page' must be"),
        ([{"start": 0, "page": 1.5}], "a 'page' must be"),
        ([{"start": 0, "page": True}], "a 'page' must be"),
        ([{"start": 0, "seconds": -1}], "'seconds' must be"),
        ([{"start": 0, "seconds": float("nan")}], "'seconds' must be"),
        ([{"start": 0, "seconds": float("inf")}], "'seconds' must be"),
        ([{"start": 0, "seconds": "0:05"}], "'seconds' must be"),
        ([{"start": 0, "seconds": 10**400}], "'seconds' must be"),
    ],
)
def test_what_is_no_location_is_named(stated: object, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        parse_locations(stated, 10)
