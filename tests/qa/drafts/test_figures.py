"""Numbers and dates against sentences of the archive."""

import pytest

from qa.agreement.days import dates
from qa.agreement.quantities import quantities
from qa.drafts.figures import look_up, relate, relate_dates
from qa.drafts.text.claims import find_claims
from tests.support.drafts import DAY, sentences


def status(draft: str, *archive: str, kind: str = "number") -> str:
    found, _ = find_claims(draft, None)
    sentence, mention = next((s, m) for s in found for m in s.mentions if m.kind == kind)
    return look_up(sentence, mention, sentences(*archive), [], None).status


@pytest.mark.parametrize(
    ("draft", "archive", "expected"),
    [
        ("The bridge is 412 metres long.", "The bridge is 0.412 kilometres long.", "verbatim"),
        ("The fire killed fourteen people.", "The fire killed 14 people.", "verbatim"),
        ("The bridge is 421 metres long.", "The bridge is 412 metres long.", "differs"),
        ("The bridge is 412 miles long.", "The bridge is 412 metres long.", "differs"),
        ("It cost the town 5 million euros.", "It cost the town 5 billion euros.", "differs"),
        ("The tunnel is 412 metres long.", "Its bridge carries 390 metres of rail.", "not found"),
        (
            "In 1998 a fire in the mill killed 31 people.",
            "A fire in the mill killed 14 people.",
            "unsure",
        ),
        (
            "Of the women, 61 percent voted for it.",
            "Of the men, 92 percent voted for it.",
            "unsure",
        ),
        (
            "The bridge will cost 9 million euros.",
            "The bridge was to cost 7 million euros.",
            "unsure",
        ),
        ("大坝高16米。", "青岚大坝高61米，很长。", "differs"),
        ("农业的产值为70亿元。", "旅游业的产值为90亿元。", "unsure"),
    ],
)
def test_a_number_differs_only_of_the_same_thing(draft: str, archive: str, expected: str) -> None:
    assert status(draft, archive) == expected


@pytest.mark.parametrize(
    ("draft", "archive", "expected"),
    [
        ("The bridge was opened on 3 March.", "The bridge was opened on Monday.", "verbatim"),
        ("The bridge was opened on 9 June.", "The bridge was opened on 8 June.", "differs"),
        ("The bridge was opened in June.", "The bridge was opened on 8 June.", "verbatim"),
        ("The bridge was opened on 8 June.", "The bridge was opened in June.", "not found"),
        ("大桥于6月9日开通。", "大桥于6月8日开通。", "differs"),
    ],
)
def test_a_date_differs_only_of_the_same_thing(draft: str, archive: str, expected: str) -> None:
    assert status(draft, archive, kind="date") == expected


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("$5 or 5 euros", "other"),
        ("5 percent or 5 percentage points", "other"),
        ("14 miners, 14 people", "same"),
        ("14 miners, 15 people", "unlike"),
        ("5 km or 5000 metres", "same"),
        ("at least 12 dogs, 15 dogs", "unlike"),
        ("2 days or 48 hours", "same"),
    ],
)
def test_quantities(text: str, relation: str) -> None:
    assert relate(*quantities(text)) == relation


def test_a_relative_date_denies_nothing() -> None:
    one, other = dates("3 March 2025", DAY) + dates("on Sunday", DAY)
    assert relate_dates(one, other) == "unlike"
