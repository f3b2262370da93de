"""Names in Latin letters, with traps."""

import pytest

from qa.facets.names.latin import is_given, latin_mentions


def found(text: str) -> list[str]:
    return [f"{m.kind[:2]}:{m.label}" for m in latin_mentions(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apple cut its forecast.", ["or:Apple"]),
        ("Apple pies are sweet.", []),
        ("President Gerald Ford left. Ford will close.", ["pe:Gerald Ford", "or:Ford"]),
        ("Washington said no.", ["pl:Washington"]),
        ("In May the fees rose.", []),
        ("Virginia Woolf never lived in Virginia.", ["pe:Virginia Woolf", "pl:Virginia"]),
        ("Georgia's parliament voted.", ["pl:Georgia"]),
        ("The Bank of England and the WHO met.", ["or:Bank of England", "or:WHO"]),
        ("The mayor of London left.", ["pl:London"]),
        ("The Supreme Court of India sat.", ["or:Supreme Court", "pl:India"]),
        ("FLOODS KILL DOZENS IN VIETNAM", ["pl:Vietnam"]),
        ("TRUMP MEETS TAKAICHI", []),
        ("However, Many Voters Stay Home, Study Finds", []),
        ("Kim Jong Un and Ursula von der Leyen", ["pe:Kim Jong Un", "pe:Ursula von der Leyen"]),
        ("St. Petersburg, San Francisco", ["pl:St. Petersburg", "pl:San Francisco"]),
        ("Mr. and Mrs. left; Prime Minister.", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_acronyms_and_legal_forms_share_a_key() -> None:
    keys = {
        m.key for m in latin_mentions("He joined the WHO. The World Health Organization spoke.")
    }
    assert keys == {"world health organization"}
    keys = {m.key for m in latin_mentions("Acme Holdings Inc. rose; Acme Holdings fell.")}
    assert keys == {"acme holdings"}


def test_given_names_are_known_from_several_lists() -> None:
    assert all(map(is_given, ("Mary", "Anne-Marie", "Vladimir", "Hideki")))
    assert not is_given("Bridge")
