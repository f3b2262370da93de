"""Claims of one sentence: a quotation's speaker, and words that may be names."""

from pathlib import Path

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
