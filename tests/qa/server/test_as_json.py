"""Answers, passages and reports as JSON."""

import json
from datetime import date

from index import Article, BuildReport
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from qa import Citation, Hit
from qa.server.as_json import answer_json, hit_json, listing_json, report_json
from tests.support.chats import an_answer


def test_an_answer_is_whole_and_plain() -> None:
    cited = Citation(
        "a.txt", "Bridge", date(2025, 10, 28), "en", "a.txt", None, 0, 26, "It cost 3.5 million.",
        "body",
    )  # fmt: skip
    other = an_answer(text="26", citations=(cited,))
    found = answer_json(an_answer(alternatives=(other,)))
    assert json.loads(json.dumps(found)) == found
    assert found["text"] == "3.5 million euros"
    (first,) = found["citations"]
    assert first["also_in"][0]["file"] == "b.txt"
    assert found["alternatives"][0]["citations"][0]["date"] == "2025-10-28"
    assert '"path"' not in json.dumps(found)


def test_a_teaser_bears_its_own_title_and_no_text_of_the_article() -> None:
    article = Article(
        "a", "Page", "Lead. Teaser.", date(2025, 1, 2), "en", "all.zip", "http://x",
        place="all.zip#a.txt",
    )  # fmt: skip
    teaser = Passage("a", 6, 13, "Teaser.", "teaser", "de", None)
    found = hit_json(Hit(0.5, teaser, article, 1, None))
    assert found == {
        "score": 0.5, "text": "Teaser.", "article_id": "a", "title": None, "date": "2025-01-02",
        "language": "de", "file": "all.zip", "place": "all.zip#a.txt", "url": "http://x",
        "start": 6, "end": 13, "kind": "teaser",
    }  # fmt: skip


def test_a_listing_says_which_page_it_is() -> None:
    row = ArticleRow("a", "Bridge", "2025-10-28", "en", "a.txt", 3)
    found = listing_json(ArticlePage((row,), 41), PageRequest(page=2, size=20))
    assert (found["total"], found["page"], found["size"]) == (41, 2, 20)
    assert found["articles"] == [
        {"id": "a", "title": "Bridge", "date": "2025-10-28", "language": "en", "place": "a.txt",
         "passages": 3}
    ]  # fmt: skip


def test_a_report_names_what_was_skipped() -> None:
    found = report_json(BuildReport(added=2, skipped=[("x.txt", "is empty")], seconds=0.1))
    assert found["added"] == 2
    assert found["skipped"] == [{"file": "x.txt", "why": "is empty"}]
