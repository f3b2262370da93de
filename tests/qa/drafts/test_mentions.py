"""Names: mentioned in this connection, another one in their place, or nowhere."""

import pytest

from qa.drafts.mentions import is_misspelled, look_up_name
from qa.drafts.text.claims import find_claims
from tests.support.drafts import sentences

ARCHIVE = (
    "The police spokesman, Dario Feld, told reporters about the fire in Ulm.",
    "县长梁雅琴介绍，镇上有370户居民。",
    "The tanker Corvina is owned by Baltmar Shipping.",
    "It spread to Peru, Chile and Bolivia in May.",
)


@pytest.mark.parametrize(
    ("draft", "expected", "instead"),
    [
        ("The police spokesman, Dario Feld, told reporters.", "verbatim", "Dario Feld"),
        ("The police spokesman, Mr Feld, told reporters.", "verbatim", "Feld"),
        ("The police spokesman, Mario Keller, told reporters.", "differs", "Dario Feld"),
        ("The police spokesman, Dario Fels, told reporters.", "differs", "Dario Feld"),
        ("县长郭建军介绍，镇上有370户居民。", "differs", "梁雅琴"),
        ("The tanker was insured by Nordstern Mutual.", "not found", ""),
        ("It spread to Ecuador, Chile and Bolivia in May.", "not found", ""),
        ("He told reporters of Mario Keller.", "not found", ""),
        ("A baker praised the bread of Dario Feld.", "unsure", "Dario Feld"),
    ],
)
def test_names(draft: str, expected: str, instead: str) -> None:
    found, _ = find_claims(draft, None)
    sentence, mention = next((s, m) for s in found for m in s.mentions if m.kind == "name")
    finding = look_up_name(sentence, mention, sentences(*ARCHIVE), [])
    assert finding.status == expected
    if finding.place:
        assert finding.place.hit.article.text[finding.start : finding.end] == instead


def test_a_shared_surname_is_no_misspelling() -> None:
    assert is_misspelled("Josef Brandl", "Josef Brandel")
    assert not is_misspelled("Ann Lee", "Bob Lee")
