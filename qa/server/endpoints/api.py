"""The API for programs: named endpoints that take plain values and return JSON.

Knows neither Gradio nor HTTP: `qa/page/api_events.py` serves the endpoints at
`/gradio_api/run/NAME`, `mcp_tools.py` beside this serves some of them to language models, which
read their docstrings and the descriptions of their parameters.
"""

import asyncio
from functools import partial
from pathlib import Path

from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.archive import Archive
from qa.server.as_json import Json, draft_json, listing_json, report_json
from qa.server.request_queue import RequestQueue
from qa.standing.shared import SharedList

from .asking_api import asking_endpoints
from .earlier_api import earlier_endpoints
from .facets_endpoint import facets_endpoint
from .standing_api import standing_endpoints
from .validating import (
    After,
    ArchiveName,
    ArticleId,
    Before,
    Endpoint,
    Language,
    validated,
    without,
)

__all__ = ["Endpoint", "endpoints"]

MAX_RUNNING, MAX_WAITING = 2, 50  # requests, over all endpoints but `rebuild`


def request_queue() -> RequestQueue:
    """Return a queue for the requests of all programs that one server serves."""
    return RequestQueue(MAX_RUNNING, MAX_WAITING)


def endpoints(
    archive: Archive,
    seeds: Path | None,
    queue: RequestQueue | None = None,
    standing: SharedList | None = None,
) -> dict[str, Endpoint]:
    """Return the endpoints by name; there is no `rebuild` without a `seeds` folder.

    Their requests wait in `queue`, by default one of their own. Each raises ArchiveError, with a
    sentence for the caller, if a value has the wrong type or the archive refuses it. Endpoints have
    an `archive` only where several are open, and `names` only where one is.
    """
    queue = queue or request_queue()
    functions = asking_endpoints(archive, queue)
    functions += [_check_draft(archive, queue), _articles(archive, queue)]
    functions += [] if archive.archives else [facets_endpoint(archive, queue)]
    functions += earlier_endpoints(archive, queue)
    functions += standing_endpoints(standing) if standing else []
    if seeds is not None:
        functions.append(_rebuild(archive, seeds))
    hidden = "names" if archive.archives else "archive"
    return {function.__name__: without(validated(function), hidden) for function in functions}


def _check_draft(opened: Archive, queue: RequestQueue) -> Endpoint:
    async def check_draft(  # noqa: PLR0913 - every filter
        text: str,
        day: str = "",
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
        archive: ArchiveName = "",
    ) -> Json:
        """What the archive says of each quotation, number, date and name of a draft.

        Args:
            text: The draft, plain text or Markdown, at most 1 MB.
            day: When it was written, like 2025-10-28, for words such as "yesterday".
            after: Only articles of this day or later.
            before: Only articles of this day or earlier.
            language: Only passages in this language.
            article: Only the article with this id.
            archive: Of several archives, only the one of this name.
        """
        filtered = partial(
            opened.check_draft, day=day,
            after=after, before=before, language=language, article=article, archive=archive,
        )  # fmt: skip
        return await queue.run(lambda: draft_json(filtered(text)))

    return check_draft


def _articles(opened: Archive, queue: RequestQueue) -> Endpoint:
    async def articles(
        words: str = "",
        sort: str = "title",
        descending: bool = False,
        page: int = 0,
        size: int = 20,
        archive: ArchiveName = "",
    ) -> Json:
        """One page of the list of articles, without their texts.

        Args:
            words: Only articles whose title, file, id or date holds these words. Empty: all.
            sort: By title, date, language, passages or path.
            descending: Whether the greatest come first.
            page: Which page; the first is 0.
            size: How many articles are on a page, 1 to 200.
            archive: Of several archives, only the one of this name.
        """
        request = PageRequest(words, sort, descending, page, size, archive)
        listing = await queue.run(lambda: opened.listing(request))
        missing = await queue.run(lambda: opened.not_asked(archive)) if opened.archives else None
        return listing_json(listing, request, missing)

    return articles


def _rebuild(archive: Archive, seeds: Path) -> Endpoint:
    async def rebuild() -> Json:
        """Bring the index up to date with the seeds folder; says what changed."""
        return report_json(await asyncio.to_thread(build, seeds, archive.place))

    return rebuild
