"""Answers, passages, articles and build reports as plain JSON values, for programs.

Dates are "2025-10-28", unknown values are null. Every text is verbatim and unescaped: treat it as
text, not as HTML. The names are those of the Python classes, except that `path` becomes "file":
Gradio's client takes every object with a "path" for a file and would fetch it.
"""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from index.article import Article, Location
from index.ingest.report import BuildReport
from index.passage import Passage
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.versions import Version
from index.store.several.part import NotAsked
from qa.answers.answering import Answer, TimelineEntry, as_dict
from qa.audit.verifying import Verdict
from qa.drafts.report import DraftReport
from qa.permalink import digest_of, link_to
from qa.retrieval.retriever import Hit

Json = dict[str, Any]
NOT_READ = "it cannot be read now"  # instead of why, which names folders and addresses


def answer_json(answer: Answer | TimelineEntry) -> Json:
    """Return the whole answer, with its citations and alternatives; or an entry of a timeline."""
    return _discreet(_plain(as_dict(answer)))


def draft_json(report: DraftReport) -> Json:
    """Return what the archive has of each claim of a draft."""
    return _discreet(report.as_dict())


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


def article_json(article: Article) -> Json:
    """Return an article with its text, the digest of that text, and its permalink."""
    fields = {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "language": article.language,
        "author": article.author,
        "url": article.url,
        "file": article.path,
        "place": article.place,
        "digest": digest_of(article),
        "permalink": str(link_to(article)),
        "text": article.text,
        "parts": [dataclasses.asdict(part) for part in article.parts],
    }
    return _plain(fields)  # type: ignore[no-any-return]


def passage_json(passage: Passage) -> Json:
    """Return a passage of an article that the reader has already."""
    fields = dataclasses.asdict(passage)
    return fields | (fields.pop("location") or dataclasses.asdict(Location()))


def version_json(version: Version, *, text: bool = False) -> Json:
    """Return an earlier version of an article, if wished with its text as far as it is kept."""
    fields = {
        "digest": version.digest,
        "title": version.title,
        "date": version.date,
        "replaced": version.replaced,
        "sentences": version.sentences,
        "kept": version.packed is not None,
        "text": version.text if text else None,
    }
    return _plain(fields)  # type: ignore[no-any-return]


def verdict_json(verdict: Verdict) -> Json:
    """Return what became of a citation; `sound` says whether the archive still says it."""
    return {**_plain(dataclasses.asdict(verdict)), "sound": verdict.sound}


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
        found["not_asked"] = not_asked_json(not_asked)
    return found


def report_json(report: BuildReport) -> Json:
    """Return what a build did, with every skipped file and the reason."""
    named = {
        name: [{"file": path, "why": why} for path, why in getattr(report, name)]
        for name in ("skipped", "partly_read")
    }
    return {**dataclasses.asdict(report), **named}


def not_asked_json(not_asked: Sequence[NotAsked]) -> list[Json]:
    """Return which archives were not asked; why is for the operator."""
    return [{"archive": each.archive, "why": NOT_READ} for each in not_asked]


def _discreet(fields: Json) -> Json:
    """Return fields that do not say why archives were not asked."""
    changed: Json = {}
    if "not_asked" in fields:
        changed["not_asked"] = [{**each, "why": NOT_READ} for each in fields["not_asked"]]
    if "alternatives" in fields:
        changed["alternatives"] = [_discreet(other) for other in fields["alternatives"]]
    return {**fields, **changed}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {"file" if name == "path" else name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
