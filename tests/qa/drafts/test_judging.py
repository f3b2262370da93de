"""Claims of one sentence: a quotation's speaker, and words that may be names."""

from pathlib import Path

import pytest

from tests.support.drafts import report, summary

TEXTS = {
    "a": 'The mayor, Ann Lee, spoke. "We have waited thirty years for it," Lee said there.',
    "b": "云泽动物园有三只幼狮。",
}


def test_a_quotation_keeps_its_speaker(tmp_path: Path) -> None:
    draft = "“We have waited thirty years for it,” said Carl Voss."
    assert summary(report(tmp_path, TEXTS, draft).claims) == [
        ("“We have waited thirty years for it,”", "verbatim", ""),
        ("Carl Voss", "differs", "Lee"),
    ]


def test_an_edited_quotation_shows_the_difference(tmp_path: Path) -> None:
    (claim,) = report(tmp_path, TEXTS, "“We have waited forty years for it”").claims
    assert claim.difference == "We have waited [-forty-]{+thirty+} years for it"


def test_a_guess_is_no_claim_unless_the_archive_has_it(tmp_path: Path) -> None:
    assert summary(report(tmp_path, TEXTS, "云泽动物园").claims) == [("云泽", "verbatim", "")]
    assert report(tmp_path / "other", {"a": TEXTS["a"]}, "云泽动物园").claims == ()


FIRE = {
    "fire": "CORBY, 3 May 2024 - The fire in the Corby mill killed 14 people. It burnt all day."
}


@pytest.mark.parametrize(
    ("draft", "differs"),
    [
        ("The fire in the Corby mill killed 16 people.", True),
        ("Did the fire in the Corby mill kill 16 people?", False),
        ("It is not true that the fire in the Corby mill killed 16 people.", False),
        ("The fire in the Corby mill killed nearly 16 people.", False),
        ("In total the fire in the Corby mill killed 16 people.", False),
        ("The fire in the Corby mill injured 16 people.", False),
        ("Another fire in the Corby mill killed 16 people.", False),
    ],
)
def test_nothing_differs_where_both_may_be_right(tmp_path: Path, draft: str, differs: bool) -> None:
    statuses = [c.status for c in report(tmp_path, FIRE, draft).claims if c.kind == "number"]
    assert len(statuses) == 1
    assert (statuses == ["differs"]) is differs


def test_a_date_and_a_number_that_both_differ_are_of_another_event(tmp_path: Path) -> None:
    texts = {"a": "The fire in the Corby mill killed 14 people on 3 May 2024."}
    claims = report(tmp_path, texts, "The fire in the Corby mill killed 16 people on 9 May 2024.")
    assert "differs" not in {claim.status for claim in claims.claims}
