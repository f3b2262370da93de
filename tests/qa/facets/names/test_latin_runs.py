"""Runs of capitalised words, and where they are cut."""

import pytest

from qa.facets.names.latin_runs import is_capitals, runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Wednesday Congress met", ["Congress"]),
        ("Mark Rutte's words", ["Mark Rutte"]),
        ("Robert F. Kennedy Jr. left", ["Robert F. Kennedy Jr."]),
        ("The Hague-based court in The Hague", ["Hague-based", "The Hague"]),
        ("Anas al-Sharif of Al Jazeera", ["Anas al-Sharif", "Al Jazeera"]),
        ("Ministry of Water", ["Ministry of Water"]),
        ("Lake of Fire. Mayor of Rome", ["Lake of Fire", "Mayor", "Rome"]),
        ("iPhone, @Mention and #Tag", []),
    ],
)
def test_runs_are_cut_where_a_name_ends(text: str, found: list[str]) -> None:
    assert [run.text for run in runs(text)] == found


def test_spans_point_into_the_text() -> None:
    text = "Then the Bank of England told Sir Keir Starmer"
    for run in runs(text):
        assert " ".join(text[a:b] for a, b in run.spans) == run.text


def test_only_a_line_of_some_length_is_in_capitals() -> None:
    assert is_capitals("FLOODS KILL DOZENS")
    assert not is_capitals("NATO")
    assert not is_capitals("NATO members met in the Hague")
