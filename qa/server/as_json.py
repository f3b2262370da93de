"""Answers, passages, articles and reports as plain JSON values, for programs.

Days are "2025-10-28", what is not known is null, and every text is verbatim: whoever shows it must
treat it as text. The names are those of the Python classes, but `path` is "file" here: Gradio's
client takes every object with a "path" for a file and would fetch it.
"""

import dataclasses
import datetime
from typing import Any

from index.ingest.report import BuildReport
from index.store.base.article_page import ArticlePage, PageRequest
from qa.answers.answering import Answer
from qa.retrieval.retriever import Hit

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """The whole answer: its citations and the other candidates too."""
    return _plain(dataclasses.asdict(answer))  # type: ignore[no-any-return]


def hit_json(hit: Hit) -> Json:
    """A passage and what its article states of itself, without the article's text."""
    article, passage = hit.article, hit.passage
    found = {
        "score": hit.score,
        "text": passage.text,
        "article_id": article.id,
        "title": passage.title if passage.kind == "teaser" else article.title,
        "date": article.date,
        "language": passage.language,
        "file": article.path,
        "place": article.place,
        "url": article.url,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
    }
    return _plain(found)  # type: ignore[no-any-return]


def listing_json(listing: ArticlePage, wanted: PageRequest) -> Json:
    """One page of the table of articles, and how many there are on all pages."""
    rows = [_plain(dataclasses.asdict(row)) for row in listing.rows]
    return {"articles": rows, "total": listing.total, "page": wanted.page, "size": wanted.size}


def report_json(report: BuildReport) -> Json:
    """What a build did, with every file that was skipped and why."""
    skipped = [{"file": path, "why": why} for path, why in report.skipped]
    return {**dataclasses.asdict(report), "skipped": skipped}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {"file" if name == "path" else name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
