"""The lists of places and people."""

import pytest

from qa.facets.names.gazetteer import countries, given_names, place_key, surnames


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Japan", "japan"),
        ("日本", "japan"),
        ("Turkey", "türkiye"),
        ("U.S.", "united states"),
        ("奈良市", "nara"),
        ("Киев", "kyiv"),
        ("Hong Kong", "hong kong"),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_places_have_one_key(name: str, key: str | None) -> None:
    assert place_key(name) == key


def test_people_are_listed_as_they_are_written() -> None:
    assert "Virginia" in given_names()
    assert "Smith" in surnames()
    assert "France" in countries()
    assert "Georgia" not in countries()  # it may be a woman
