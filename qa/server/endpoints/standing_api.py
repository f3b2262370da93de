"""Standing questions for programs: what the page's list shows, and the same changes as its bell.

Nothing here names a program to run, or shows one: that is for the command line alone.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.server.as_json import Json
from qa.server.request_queue import RequestQueue
from qa.standing.records import KnownAnswer, News, StandingQuestion
from qa.standing.shared import MAX_NEWS, SharedList

Endpoint = Callable[..., Awaitable[Any]]
MAX_ID = 10**17
MAX_QUESTIONS = 1_000  # returned at once


def questions_json(standing: SharedList, after: int = 0) -> Json:
    """Return the standing questions with ids above `after`, and how many there are in all."""
    questions = standing.book.questions()
    shown = [one for one in questions if one.id > after][:MAX_QUESTIONS]
    return {"questions": [_question(one) for one in shown], "total": len(questions)}


def add_question(standing: SharedList, question: str, filters: Mapping[str, str]) -> Json:
    """Add a question to those that are asked again after each build; return its id.

    Args:
        standing: The list.
        question: As `Archive.answer` takes it.
        filters: Arguments of `SearchFilter.of`.

    Raises:
        ArchiveError: The list cannot be changed or is full, or a value cannot be right.
    """
    return {"id": standing.add(question, SearchFilter.of(**filters))}


def remove_question(standing: SharedList, id: int) -> Json:
    """Remove a question that was added on the page or by the API; say whether there was one.

    Raises:
        ArchiveError: The list cannot be changed.
    """
    if not 0 <= id <= MAX_ID:
        raise ArchiveError(f"{id} is no id of a standing question")
    return {"removed": standing.remove(id)}


def news_json(standing: SharedList, since: int = 0) -> Json:
    """Return the news after the one with the number `since`, oldest first, at most MAX_NEWS.

    `last` is the number to ask with next time; `more` says whether there are more by now.
    """
    if not 0 <= since <= MAX_ID:
        raise ArchiveError(f"{since} is no number of an entry: it is that of `last`, at first 0")
    found = standing.news_since(since, MAX_NEWS + 1)
    shown = found[:MAX_NEWS]
    last = shown[-1].number if shown else since
    more = len(found) > MAX_NEWS
    return {"entries": [_news(one) for one in shown], "last": last, "more": more}


def standing_endpoints(standing: SharedList) -> list[Endpoint]:
    """Return the endpoints; those that change the list only if visitors may change it."""
    queue = RequestQueue(max_running=1, max_waiting=50)
    made = _reading(standing, queue)
    return made + _changing(standing, queue) if standing.changeable else made


def _reading(standing: SharedList, queue: RequestQueue) -> list[Endpoint]:
    async def standing_questions(after: int = 0) -> Json:
        """The questions that are asked again after each build, with their answers.

        Args:
            after: Only those with ids above this one; 1,000 are returned at most.
        """
        return await queue.run(lambda: questions_json(standing, after))

    async def standing_news(since: int = 0) -> Json:
        """What became of standing questions, oldest first.

        Args:
            since: Only entries after this number: the `last` of the call before.
        """
        return await queue.run(lambda: news_json(standing, since))

    return [standing_questions, standing_news]


def _changing(standing: SharedList, queue: RequestQueue) -> list[Endpoint]:
    async def add_standing_question(
        question: str, after: str = "", before: str = "", language: str = "", article: str = ""
    ) -> Json:
        """Ask a question again after each build; returns its id, also if it is there already.

        Args:
            question: A question in words, of at most 2,000 characters.
            after: Only articles of this day or later.
            before: Only articles of this day or earlier.
            language: Only passages in this language.
            article: Only the article with this id.
        """
        filters = {"after": after, "before": before, "language": language, "article": article}
        return await queue.run(lambda: add_question(standing, question, filters))

    async def remove_standing_question(id: int) -> Json:
        """Remove a standing question, unless it runs a program or has a feed of its own.

        Args:
            id: As `standing_questions` gives it.
        """
        return await queue.run(lambda: remove_question(standing, id))

    return [add_standing_question, remove_standing_question]


def _question(one: StandingQuestion) -> Json:
    return {
        "id": one.id,
        "question": one.question,
        "only": dict(one.filters),
        "feed": one.feed,
        "created": one.created,
        "runs_program": bool(one.program),
        "answer": _known(one.answer),
    }


def _news(one: News) -> Json:
    return {
        "number": one.number,
        "key": one.key,
        "id": one.standing,
        "question": one.question,
        "only": dict(one.filters),
        "feed": one.feed,
        "kind": one.kind,
        "updated": one.updated,
        "before": _known(one.before),
        "answer": _known(one.answer),
    }


def _known(answer: KnownAnswer | None) -> Json | None:
    """Return an answer as it was found; None if the question was not asked yet."""
    if answer is None:
        return None
    cited = [asdict(one) for one in answer.citations]
    return {"answered": answer.text is not None, **answer.as_dict(), "citations": cited}
