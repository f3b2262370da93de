"""The endpoint `facets`: what articles name, for programs; see `api.py`."""

from collections.abc import Callable, Coroutine
from typing import Any

from index.store.base.search_filter import SearchFilter
from qa.archive import Archive
from qa.server.as_json import Json
from qa.server.request_queue import RequestQueue


def facets_endpoint(
    archive: Archive, queue: RequestQueue
) -> Callable[..., Coroutine[Any, Any, Json]]:
    """Return the endpoint of an archive."""

    async def facets(
        question: str = "",
        after: str = "",
        before: str = "",
        language: str = "",
        article: str = "",
        names: tuple[str, ...] = (),
    ) -> Json:
        """The people, places, organisations and days that articles name, and how many over time.

        While `read` is less than `total`, the names of some articles are still being read.

        Args:
            question: Only articles found for this question. Empty: all.
            after: Only articles of this day or later.
            before: Only articles of this day or earlier.
            language: Only articles in this language.
            article: Only the article with this id.
            names: Only articles that name all of these: keys of this endpoint, or spellings.
        """
        only = SearchFilter.of(after, before, language, article, names=names)
        table = archive.names.table_so_far
        return await queue.run(lambda: archive.facets_of(table(), only, question or None).as_dict())

    return facets
