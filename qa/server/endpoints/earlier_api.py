"""Endpoints that ask what articles said before they changed (`--versions keep`).

They take no article: earlier texts have ids of their own.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from qa.archive import Archive
from qa.server.as_json import Json, answer_json, hit_json
from qa.server.request_queue import RequestQueue

MAX_HITS = 50  # of one search


def earlier_answer_json(archive: Archive, question: str, **filters: str) -> Json:
    """Return the answer from earlier texts; `filters` are those of `Archive.answer`.

    Raises:
        ArchiveError: None are kept, or as `Archive.answer`.
    """
    return answer_json(archive.earlier().answer(question, history=(), **filters))


def earlier_hits_json(archive: Archive, question: str, k: int, **filters: str) -> list[Json]:
    """Return the passages of earlier texts; at most MAX_HITS. Errors as `earlier_answer_json`."""
    found = archive.earlier().search(question, min(k, MAX_HITS), **filters)
    return [hit_json(hit) for hit in found]


def earlier_endpoints(archive: Archive, queue: RequestQueue) -> list[Callable[..., Awaitable[Any]]]:
    """Return the endpoints."""

    async def answer_earlier(
        question: str, after: str = "", before: str = "", language: str = ""
    ) -> Json:
        """Answer a question from what articles said before they changed, as `answer` does.

        Args:
            question: A question in words, of at most 2,000 characters.
            after: Only versions of this day or later.
            before: Only versions of this day or earlier.
            language: Only passages in this language.
        """
        filters = {"after": after, "before": before, "language": language}
        return await queue.run(lambda: earlier_answer_json(archive, question, **filters))

    async def search_earlier(
        question: str, k: int = 10, after: str = "", before: str = "", language: str = ""
    ) -> list[Json]:
        """Find passages in what articles said before they changed, as `search` does.

        Args:
            question: A question or words.
            k: How many passages, 1 to 50.
            after: Only versions of this day or later.
            before: Only versions of this day or earlier.
            language: Only passages in this language.
        """
        filters = {"after": after, "before": before, "language": language}
        return await queue.run(lambda: earlier_hits_json(archive, question, k, **filters))

    return [answer_earlier, search_earlier]
