"""A whole draft against a small archive: order, context, filters, limits, hostile texts."""

import datetime
from pathlib import Path

import pytest

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.drafts.checking import MAX_BYTES
from tests.support.drafts import DAY, report, summary
from tests.support.quick import quick

TEXTS = {
    "bridge": "The harbour bridge in Norrvik is 412 metres long. The ferry carried 900 passengers.",
    "fire": "A fire in Tarvik killed 14 people on Monday. Nobody else was hurt in the mill.",
    "zh": "青岚水库大坝高61米，总投资3.8亿元。",
}


def test_claims_come_in_order_with_their_sources(tmp_path: Path) -> None:
    draft = "The fire in Tarvik killed 19 people.\n\nThe bridge is 412 metres long. 大坝高61米。"
    found = report(tmp_path, TEXTS, draft)
    assert summary(found.claims) == [
        ("Tarvik", "verbatim", ""),
        ("19 people", "differs", "14 people"),
        ("412 metres", "verbatim", ""),
        ("61米", "verbatim", ""),
    ]
    for claim in found.claims:
        assert draft[claim.start : claim.end] == claim.text
        (cited,) = claim.citations
        assert TEXTS[cited.article_id][cited.start : cited.end] == cited.text
        assert cited.permalink
    assert found.counts == {"verbatim": 3, "differs": 1}


def test_a_filter_leaves_articles_out(tmp_path: Path) -> None:
    draft = "The fire in Tarvik killed 19 people."
    only = SearchFilter.of(article="bridge")
    assert {c.status for c in report(tmp_path, TEXTS, draft, only).claims} == {"not found"}
    with pytest.raises(ArchiveError, match="no article"):
        report(tmp_path, {}, draft, SearchFilter.of(article="none"))


def test_a_relative_day_is_resolved_by_the_day_of_the_draft(tmp_path: Path) -> None:
    draft = "A fire in Tarvik killed 14 people yesterday."
    monday = DAY - datetime.timedelta(DAY.weekday())
    found = report(tmp_path, TEXTS, draft, day=monday + datetime.timedelta(1))
    assert ("yesterday", "verbatim", "") in summary(found.claims)


def test_a_draft_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"1\.0 MB"):
        report(tmp_path, TEXTS, "a" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "draft",
    ["", "\0\ud800 3 people\u202e", '"' * 50_000, "<script>7 people</script>", "“\n" * 9_000],
    ids=["empty", "surrogate", "marks", "html", "unclosed"],
)
def test_hostile_drafts_are_checked_like_others(tmp_path: Path, draft: str) -> None:
    with quick():
        assert all(claim.status != "differs" for claim in report(tmp_path, TEXTS, draft).claims)
