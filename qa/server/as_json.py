"""Answers, passages, articles and build reports as plain JSON values, for programs.

Dates are "2025-10-28", unknown values are null. Every text is verbatim and unescaped: treat it as
text, not as HTML. The names are those of the Python classes, except that `path` becomes "file":
Gradio's client takes every object with a "path" for a file and would fetch it.
"""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from index.article import Location
from index.ingest.report import BuildReport
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.several.part import NotAsked
from qa.answers.answering import Answer, as_dict
from qa.retrieval.retriever import Hit

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """Return the whole answer, with its citations and alternatives."""
    return _plain(as_dict(answer))  # type: ignore[no-any-return]


def hit_json(hit: Hit, not_asked: Sequence[NotAsked] = ()) -> Json:
    """Return a passage with the metadata of its article, without the article's text.

    Of several archives, it says which was not asked: a list of passages cannot.
    """
    article, passage = hit.article, hit.passage
    fields = {
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
        "permalink": hit.permalink,
        **dataclasses.asdict(passage.location or Location()),
    }
    if article.archive:
        fields |= {"archive": article.archive, "not_asked": [each.archive for each in not_asked]}
    return _plain(fields)  # type: ignore[no-any-return]


def listing_json(
    listing: ArticlePage, request: PageRequest, not_asked: Sequence[NotAsked] | None = None
) -> Json:
    """Return one page of the table of articles, and the number of articles on all pages.

    Of several archives, also those that were `not_asked`.
    """
    rows = [_plain(dataclasses.asdict(row)) for row in listing.rows]
    for row in rows:
        if not row["archive"]:  # there is only one
            del row["archive"]
    found = {"articles": rows, "total": listing.total, "page": request.page, "size": request.size}
    if not_asked is not None:
        found["not_asked"] = [dataclasses.asdict(each) for each in not_asked]
    return found


def report_json(report: BuildReport) -> Json:
    """Return what a build did, with every skipped file and the reason."""
    named = {
        name: [{"file": path, "why": why} for path, why in getattr(report, name)]
        for name in ("skipped", "partly_read")
    }
    return {**dataclasses.asdict(report), **named}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {"file" if name == "path" else name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
