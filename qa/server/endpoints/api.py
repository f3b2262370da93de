"""The API for programs: named endpoints that take plain values and return JSON.

Knows neither Gradio nor HTTP: `qa/page/api_events.py` serves the endpoints at
`/gradio_api/run/NAME`, `mcp_tools.py` beside this serves some of them to language models, which
read their docstrings and the descriptions of their parameters.
"""

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import Field

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from index.store.several.part import require_all
from qa.archive import Archive
from qa.server.as_json import Json, answer_json, hit_json, listing_json, report_json
from qa.server.request_queue import RequestQueue
from qa.standing.shared import SharedList

from .earlier_api import MAX_HITS, earlier_endpoints
from .facets_endpoint import facets_endpoint
from .standing_api import standing_endpoints
from .validating import (
    After,
    ArchiveName,
    ArticleId,
    Before,
    Endpoint,
    Language,
    of_one_archive,
    validated,
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
    an `archive` only where several are open.
    """
    queue = queue or request_queue()
    made = (_answer, _search, _check_draft, _articles)
    functions = [make(archive, queue) for make in made]
    functions += [] if archive.archives else [facets_endpoint(archive, queue)]
    functions += earlier_endpoints(archive, queue)
    functions += standing_endpoints(standing) if standing else []
    if seeds is not None:
        functions.append(_rebuild(archive, seeds))
    made_of = {function.__name__: validated(function) for function in functions}
    return made_of if archive.archives else {n: of_one_archive(f) for n, f in made_of.items()}


def _answer(opened: Archive, queue: RequestQueue) -> Endpoint:
    async def answer(
        question: Annotated[
            str, Field(description="A question in words, of at most 2,000 characters.")
        ],
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
        archive: ArchiveName = "",
    ) -> Json:
        """Answer a question from the news archive with a short piece of an article, word for word.

        Nothing is made up: `text` stands in `sentence`, and `sentence` in the article that the
        first of `citations` names. If `answered` is false the archive holds no answer, and the
        citations are only the closest passages. If `undecided` is true, `text` is the sentence
        that bears on a yes/no question; whether it means yes or no is for you to judge. Ask one
        thing at a time, in full ("Who met Sanae Takaichi in Tokyo?"), in any language; English
        and Chinese work best. Questions do not refer to earlier ones. `not_asked` names archives
        that could not be asked.
        """
        filtered = partial(
            opened.answer,
            after=after, before=before, language=language, article=article, archive=archive,
        )  # fmt: skip
        return await queue.run(lambda: answer_json(filtered(question)))

    return answer


def _search(opened: Archive, queue: RequestQueue) -> Endpoint:
    async def search(  # noqa: PLR0913 - every filter
        question: Annotated[
            str,
            Field(description="A question or words, of at most 2,000 characters, in any language."),
        ],
        k: Annotated[int, Field(description=f"How many passages, 1 to {MAX_HITS}.")] = 10,
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
        archive: ArchiveName = "",
    ) -> list[Json]:
        """Find the passages of the news archive that fit a question or some words, best first.

        Use it to read what the archive holds about something; `answer` gives the one sentence
        that answers a question. Each passage is word for word in the article that it names.
        `not_asked` names archives that could not be asked.
        """
        if k > MAX_HITS:
            raise ArchiveError(f"k is {k:,}: ask for at most {MAX_HITS} passages")
        found = await queue.run(
            partial(
                opened.explain, question, k,
                after=after, before=before, language=language, article=article, archive=archive,
            )
        )  # fmt: skip
        if not found.hits:
            require_all(found.not_asked)  # an empty list would look complete
        return [hit_json(hit, found.not_asked) for hit in found.hits]

    return search


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
        return await queue.run(lambda: filtered(text).as_dict())

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
        missing = await queue.run(opened.not_asked) if opened.archives else None
        return listing_json(listing, request, missing)

    return articles


def _rebuild(archive: Archive, seeds: Path) -> Endpoint:
    async def rebuild() -> Json:
        """Bring the index up to date with the seeds folder; says what changed."""
        return report_json(await asyncio.to_thread(build, seeds, archive.place))

    return rebuild
