"""Endpoints that ask what articles said before they changed (`--versions keep`).

They take no article: earlier texts have ids of their own.
"""

from qa.archive import Archive
from qa.server.as_json import Json, answer_json, hit_json
from qa.server.request_queue import RequestQueue

from .asking_api import MAX_HITS
from .validating import Endpoint, Names


def earlier_endpoints(archive: Archive, queue: RequestQueue) -> list[Endpoint]:
    """Return the endpoints; each raises ArchiveError if no earlier texts are kept."""
    return [_answer_earlier(archive, queue), _search_earlier(archive, queue)]


def _answer_earlier(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def answer_earlier(
        question: str, after: str = "", before: str = "", language: str = "", names: Names = ()
    ) -> Json:
        """Answer a question from what articles said before they changed, as `answer` does.

        Args:
            question: A question in words, of at most 2,000 characters.
            after: Only versions of this day or later.
            before: Only versions of this day or earlier.
            language: Only passages in this language.
            names: Only versions that name all of these.
        """

        def answer() -> Json:
            opened = archive.earlier()
            return answer_json(
                opened.answer(question, after=after, before=before, language=language, names=names)
            )

        return await queue.run(answer)

    return answer_earlier


def _search_earlier(archive: Archive, queue: RequestQueue) -> Endpoint:
    async def search_earlier(
        question: str,
        k: int = 10,
        after: str = "",
        before: str = "",
        language: str = "",
        names: Names = (),
    ) -> list[Json]:
        """Find passages in what articles said before they changed, as `search` does.

        Args:
            question: A question or words.
            k: How many passages, 1 to 50.
            after: Only versions of this day or later.
            before: Only versions of this day or earlier.
            language: Only passages in this language.
            names: Only versions that name all of these.
        """

        def search() -> list[Json]:
            hits = archive.earlier().search(
                question, min(k, MAX_HITS), after=after, before=before, language=language,
                names=names,
            )  # fmt: skip
            return [hit_json(hit) for hit in hits]

        return await queue.run(search)

    return search_earlier
