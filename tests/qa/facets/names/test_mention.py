"""The kinds of names."""

from qa.facets.names.mention import KINDS


def test_there_are_three_kinds() -> None:
    assert KINDS == ("person", "place", "organisation")
