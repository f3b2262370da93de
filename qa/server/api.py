"""The chat for programs: named endpoints of Gradio's API that answer in JSON.

The docstrings of `answer` and `search` are shown to language models when they are served as tools
of the Model Context Protocol, see `qa/server/mcp_tools.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from inspect import signature
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api
from pydantic import ValidationError, validate_call

from index.errors import ArchiveError
from index.ingest.builder import build
from index.store.base.article_page import PageRequest
from qa.archive import Archive

from .as_json import Json, answer_json, hit_json, listing_json, report_json
from .request_queue import RequestQueue

MOST_PASSAGES = 50  # of one search
AT_ONCE, WAITING = 2, 50  # requests of programs


def add_api(archive: Archive, seeds: Path | None) -> None:
    """Add the endpoints inside an open `gr.Blocks`; without `seeds` nothing can be rebuilt."""
    turns = RequestQueue(AT_ONCE, WAITING)
    # not in the queue of Gradio: `turns` holds for those too who ask without it
    for endpoint in (_answer(archive, turns), _search(archive, turns), _articles(archive, turns)):
        api(_checked(endpoint), api_name=endpoint.__name__, queue=False)
    if seeds is not None:
        api(_checked(_rebuild(archive, seeds)), api_name="rebuild", concurrency_limit=1)


def _answer(archive: Archive, turns: RequestQueue) -> Callable[..., Awaitable[Json]]:
    async def answer(
        question: str, after: str = "", before: str = "", language: str = "", article: str = ""
    ) -> Json:
        """Answer a question from the news archive with a short piece of an article, word for word.

        Nothing is made up: `text` stands in `sentence`, and `sentence` in the article that the
        first of `citations` names. If `answered` is false the archive holds no answer, and the
        citations are only the closest passages. Ask one thing at a time, in full ("Who met Sanae
        Takaichi in Tokyo?"), in any language; English and Chinese work best. Questions do not
        refer to earlier ones.

        Args:
            question: A question in words, of at most 2,000 characters.
            after: Only articles of this day or later, like 2025-10-28. Empty: any.
            before: Only articles of this day or earlier, like 2025-10-31. Empty: any.
            language: Only passages in this language, like en or zh. Empty: any.
            article: Only the article with this id, an `article_id` of a citation. Empty: any.
        """
        only = partial(
            archive.answer, after=after, before=before, language=language, article=article
        )
        return await turns.take(lambda: answer_json(only(question)))

    return answer


def _search(archive: Archive, turns: RequestQueue) -> Callable[..., Awaitable[list[Json]]]:
    async def search(
        question: str,
        k: int = 10,
        after: str = "",
        before: str = "",
        language: str = "",
        article: str = "",
    ) -> list[Json]:
        """Find the passages of the news archive that fit a question or some words, best first.

        Use it to read what the archive holds about something; `answer` gives the one sentence
        that answers a question. Each passage is word for word in the article that it names.

        Args:
            question: A question or words, of at most 2,000 characters, in any language.
            k: How many passages, 1 to 50.
            after: Only articles of this day or later, like 2025-10-28. Empty: any.
            before: Only articles of this day or earlier, like 2025-10-31. Empty: any.
            language: Only passages in this language, like en or zh. Empty: any.
            article: Only the article with this id, the `article_id` of a passage. Empty: any.
        """
        if k > MOST_PASSAGES:
            raise ArchiveError(f"k is {k:,}: ask for at most {MOST_PASSAGES} passages")
        only = partial(
            archive.search, after=after, before=before, language=language, article=article
        )
        hits = await turns.take(lambda: only(question, k))
        return [hit_json(hit) for hit in hits]

    return search


def _articles(archive: Archive, turns: RequestQueue) -> Callable[..., Awaitable[Json]]:
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
        wanted = PageRequest(words, sort, descending, page, size)
        return listing_json(await turns.take(lambda: archive.listing(wanted)), wanted)

    return articles


def _rebuild(archive: Archive, seeds: Path) -> Callable[..., Awaitable[Json]]:
    async def rebuild() -> Json:
        """Bring the index up to date with the seeds folder; says what changed."""
        return report_json(await asyncio.to_thread(build, seeds, archive.where))

    return rebuild


def _checked(endpoint: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The endpoint for values from outside: what cannot be is refused in a sentence."""
    checked = validate_call(endpoint)
    names = list(signature(endpoint).parameters)

    @wraps(endpoint)
    async def run(*given: Any) -> Any:
        try:
            return await checked(**dict(zip(names, given, strict=True)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            why = f"'{first['loc'][0]}': {first['msg']}"
        except ArchiveError as error:
            why = str(error)
        raise gr.Error(why, print_exception=False)

    return run
