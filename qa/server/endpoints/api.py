"""The API for programs: named endpoints that take plain values and return JSON.

Knows neither Gradio nor HTTP: `qa/page/api_events.py` serves the endpoints at
`/gradio_api/run/NAME`, `mcp_tools.py` beside this serves some of them to language models, which
read their docstrings and the descriptions of their parameters.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, validate_call

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.archive import Archive
from qa.server.as_json import Json, answer_json, hit_json, listing_json, report_json
from qa.server.request_queue import RequestQueue
from qa.standing.shared import SharedList

from .earlier_api import MAX_HITS, earlier_endpoints
from .standing_api import standing_endpoints

MAX_RUNNING, MAX_WAITING = 2, 50  # requests, over all endpoints but `rebuild`

Endpoint = Callable[..., Awaitable[Any]]
After = Annotated[
    str, Field(description="Only articles of this day or later, like 2025-10-28. Empty: any.")
]
Before = Annotated[
    str, Field(description="Only articles of this day or earlier, like 2025-10-31. Empty: any.")
]
Language = Annotated[
    str, Field(description="Only passages in this language, like en or zh. Empty: any.")
]
ArticleId = Annotated[
    str,
    Field(description="Only the article with this id, as `article_id` gives it. Empty: any."),
]


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
    sentence for the caller, if a value has the wrong type or the archive refuses it.
    """
    queue = queue or request_queue()
    made = (_answer, _search, _check_draft, _articles)
    functions = [make(archive, queue) for make in made]
    functions += earlier_endpoints(archive, queue)
    functions += standing_endpoints(standing) if standing else []
    if seeds is not None:
        functions.append(_rebuild(archive, seeds))
    return {function.__name__: _validated(function) for function in functions}


def _answer(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def answer(
        question: Annotated[
            str, Field(description="A question in words, of at most 2,000 characters.")
        ],
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
    ) -> Json:
        """Answer a question from the news archive with a short piece of an article, word for word.

        Nothing is made up: `text` stands in `sentence`, and `sentence` in the article that the
        first of `citations` names. If `answered` is false the archive holds no answer, and the
        citations are only the closest passages. If `undecided` is true, `text` is the sentence
        that bears on a yes/no question; whether it means yes or no is for you to judge. Ask one
        thing at a time, in full ("Who met Sanae Takaichi in Tokyo?"), in any language; English
        and Chinese work best. Questions do not refer to earlier ones.
        """
        filtered = partial(
            archive.answer, after=after, before=before, language=language, article=article
        )
        return await queue.run(lambda: answer_json(filtered(question)))

    return answer


def _search(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def search(
        question: Annotated[
            str,
            Field(description="A question or words, of at most 2,000 characters, in any language."),
        ],
        k: Annotated[int, Field(description=f"How many passages, 1 to {MAX_HITS}.")] = 10,
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
    ) -> list[Json]:
        """Find the passages of the news archive that fit a question or some words, best first.

        Use it to read what the archive holds about something; `answer` gives the one sentence
        that answers a question. Each passage is word for word in the article that it names.
        """
        if k > MAX_HITS:
            raise ArchiveError(f"k is {k:,}: ask for at most {MAX_HITS} passages")
        filtered = partial(
            archive.search, after=after, before=before, language=language, article=article
        )
        hits = await queue.run(lambda: filtered(question, k))
        return [hit_json(hit) for hit in hits]

    return search


def _check_draft(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def check_draft(
        text: str,
        day: str = "",
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
    ) -> Json:
        """What the archive says of each quotation, number, date and name of a draft.

        Args:
            text: The draft, plain text or Markdown, at most 1 MB.
            day: When it was written, like 2025-10-28, for words such as "yesterday".
            after: Only articles of this day or later.
            before: Only articles of this day or earlier.
            language: Only passages in this language.
            article: Only the article with this id.
        """
        filtered = partial(
            archive.check_draft,
            day=day, after=after, before=before, language=language, article=article,
        )  # fmt: skip
        return await queue.run(lambda: filtered(text).as_dict())

    return check_draft


def _articles(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def articles(
        words: str = "",
        sort: str = "title",
        descending: bool = False,
        page: int = 0,
        size: int = 20,
    ) -> Json:
        """One page of the list of articles, without their texts.

        Args:
            words: Only articles whose title, file, id or date holds these words. Empty: all.
            sort: By title, date, language, passages or path.
            descending: Whether the greatest come first.
            page: Which page; the first is 0.
            size: How many articles are on a page, 1 to 200.
        """
        request = PageRequest(words, sort, descending, page, size)
        return listing_json(await queue.run(lambda: archive.listing(request)), request)

    return articles


def _rebuild(archive: Archive, seeds: Path) -> Endpoint:
    async def rebuild() -> Json:
        """Bring the index up to date with the seeds folder; says what changed."""
        return report_json(await asyncio.to_thread(build, seeds, archive.place))

    return rebuild


def _validated(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that values of a wrong type raise ArchiveError instead."""
    validated = validate_call(endpoint)

    @wraps(endpoint)
    async def call(**values: Any) -> Any:
        try:
            return await validated(**values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise ArchiveError(f"'{first['loc'][0]}': {first['msg']}") from None

    return call
