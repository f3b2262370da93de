"""Endpoints that ask: `answer` and `search`, which language models may use, too; see `api.py`."""

from functools import partial
from typing import Annotated

from pydantic import Field

from index.errors import ArchiveError
from index.store.several.part import require_all
from qa.archive import Archive
from qa.server.as_json import Json, answer_json, hit_json
from qa.server.request_queue import RequestQueue

from .validating import After, ArchiveName, ArticleId, Before, Endpoint, Language, Names

MAX_HITS = 50  # of one search


def asking_endpoints(archive: Archive, queue: RequestQueue) -> list[Endpoint]:
    """Return the endpoints."""
    return [_answer(archive, queue), _search(archive, queue)]


def _answer(opened: Archive, queue: RequestQueue) -> Endpoint:
    async def answer(  # noqa: PLR0913 - every filter
        question: Annotated[
            str, Field(description="A question in words, of at most 2,000 characters.")
        ],
        after: After = "",
        before: Before = "",
        language: Language = "",
        article: ArticleId = "",
        archive: ArchiveName = "",
        names: Names = (),
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
            opened.answer, after=after, before=before, language=language, article=article,
            archive=archive, names=names,
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
        names: Names = (),
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
                opened.explain, question, k, after=after, before=before, language=language,
                article=article, archive=archive, names=names,
            )
        )  # fmt: skip
        if not found.hits:
            require_all(found.not_asked)  # an empty list would look complete
        return [hit_json(hit, found.not_asked) for hit in found.hits]

    return search
