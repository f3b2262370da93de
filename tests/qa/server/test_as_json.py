"""Answers, passages, listings and reports as JSON."""

import json
from dataclasses import replace
from datetime import date

from index import Article, BuildReport
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.several.part import NotAsked
from qa import Citation, Hit, Location
from qa.drafts.report import DraftReport
from qa.permalink import link_to
from qa.server.as_json import answer_json, draft_json, hit_json, listing_json, report_json
from tests.support.chats import an_answer


def test_an_answer_is_complete_and_serialisable() -> None:
    cited = Citation(
        "a.txt", "Bridge", date(2025, 10, 28), "en", "a.txt", None, 0, 26, "It cost 3.5 million.",
        "body",
    )  # fmt: skip
    other = an_answer(text="26", citations=(cited,))
    fields = answer_json(an_answer(alternatives=(other,)))
    assert json.loads(json.dumps(fields)) == fields
    assert fields["text"] == "3.5 million euros"
    (first,) = fields["citations"]
    assert first["also_in"][0]["file"] == "b.txt"
    assert fields["alternatives"][0]["citations"][0]["date"] == "2025-10-28"
    assert '"path"' not in json.dumps(fields)


def test_a_teaser_has_its_own_title_and_not_the_article_s_text() -> None:
    article = Article(
        "a", "Page", "Lead. Teaser.", date(2025, 1, 2), "en", "all.zip", "http://x",
        place="all.zip#a.txt",
    )  # fmt: skip
    teaser = Passage("a", 6, 13, "Teaser.", "teaser", "de", None)
    value = hit_json(Hit(0.5, teaser, article, 1, None))
    assert value.pop("permalink") == str(link_to(article, 6, 13))
    assert value == {
        "score": 0.5, "text": "Teaser.", "article_id": "a", "title": None, "date": "2025-01-02",
        "language": "de", "file": "all.zip", "place": "all.zip#a.txt", "url": "http://x",
        "start": 6, "end": 13, "kind": "teaser", "page": None, "seconds": None,
    }  # fmt: skip


def test_a_location_is_two_fields() -> None:
    article = Article("a", None, "Lead.", None, "en", "a.pdf")
    passage = Passage("a", 0, 5, "Lead.", "body", "en", None, Location(page=12))
    value = hit_json(Hit(0.5, passage, article, 1, None))
    assert (value["page"], value["seconds"]) == (12, None)
    (cited,) = an_answer().citations
    heard = replace(cited, location=Location(seconds=65.5))
    (value,) = answer_json(an_answer(citations=(heard,)))["citations"]
    assert (value["page"], value["seconds"]) == (None, 65.5)
    assert "location" not in value
    (value,) = answer_json(an_answer())["citations"]
    assert (value["page"], value["seconds"]) == (None, None)


def test_a_listing_has_its_page_number_and_total() -> None:
    row = ArticleRow("a", "Bridge", "2025-10-28", "en", "a.txt", 3)
    value = listing_json(ArticlePage((row,), 41), PageRequest(page=2, size=20))
    assert (value["total"], value["page"], value["size"]) == (41, 2, 20)
    assert value["articles"] == [
        {"id": "a", "title": "Bridge", "date": "2025-10-28", "language": "en", "place": "a.txt",
         "passages": 3}
    ]  # fmt: skip


def test_a_report_names_the_skipped_files() -> None:
    report = BuildReport(added=2, skipped=[("x.txt", "is empty")], seconds=0.1)
    report.partly_read = [("y.docx", "2 charts left out")]
    value = report_json(report)
    assert value["added"] == 2
    assert value["skipped"] == [{"file": "x.txt", "why": "is empty"}]
    assert value["partly_read"] == [{"file": "y.docx", "why": "2 charts left out"}]


def test_why_an_archive_was_not_asked_is_for_the_operator() -> None:
    missing = (NotAsked("old", "the index in '/srv/old' is damaged"),)
    other = replace(an_answer(), not_asked=missing)
    answer = answer_json(an_answer(alternatives=(other,), not_asked=missing))
    draft = draft_json(DraftReport((), not_asked=missing))
    listing = listing_json(ArticlePage((), 0), PageRequest(), missing)
    for told in (answer, answer["alternatives"][0], draft, listing):
        assert told["not_asked"] == [{"archive": "old", "why": "it cannot be read now"}]
