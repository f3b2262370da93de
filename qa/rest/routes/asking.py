"""Operations that ask: answers, one by one, as a stream or many at once; passages; over time."""

from collections.abc import Iterator
from functools import partial

from fastapi import APIRouter, Request

from index.errors import ArchiveError, NoIndexError, StorageError
from index.store.base.search_filter import SearchFilter
from qa.answers.stages import Stage
from qa.archive import Archive
from qa.rest.models import answers as out
from qa.rest.models.outcomes import Outcomes
from qa.rest.models.questions import (
    AnswerRequest,
    BatchItem,
    BatchRequest,
    SearchRequest,
    TimelineRequest,
)
from qa.rest.models.values import AskedFilters
from qa.rest.roles import needs
from qa.rest.service import Served, Service
from qa.rest.strict_body import StrictRoute
from qa.retrieval.retriever import Hit
from qa.server.as_json import Json, answer_json, hit_json, not_asked_json

router = APIRouter(
    route_class=StrictRoute, dependencies=[needs("ask", did="asked")], tags=["questions"]
)


@router.post("/answer", response_model=out.AnswerWithPassages)
async def answer(asked: AnswerRequest, service: Served, request: Request) -> Json:
    """Answer a question with a short piece of an article, word for word.

    `text` stands in `sentence`, and `sentence` in the article that the first of `citations` names.
    If `answered` is false the archive does not hold the answer, and the citations are the closest
    passages. Send the answers so far as `history` to ask a follow-up question.
    """

    def work() -> Json:
        *_, last = stages(service, asked)
        return answer_of(last, asked)

    return await service.run(request, work)


def stages(service: Service, asked: AnswerRequest) -> Iterator[Stage]:
    """Yield the passages that were found, then the answer."""
    history = [earlier.to_answer() for earlier in asked.history]
    only = SearchFilter.of(**asked.values)
    yield from _opened(service, asked).stages(asked.question, history, only)


def _opened(service: Service, asked: AskedFilters) -> Archive:
    return service.archive.earlier() if asked.earlier else service.archive


def answer_of(stage: Stage, asked: AnswerRequest) -> Json:
    """Return the answer of the last stage with as many passages as were asked for."""
    assert stage.answer is not None
    return {
        **answer_json(stage.answer),
        "passages": [passage_of(hit) for hit in stage.hits[: asked.k]],
    }


def passage_of(hit: Hit) -> Json:
    """Return a passage as the document describes it."""
    return out.Hit.model_validate(hit_json(hit)).model_dump(mode="json")


@router.post("/search", response_model=out.Passages)
async def search(asked: SearchRequest, service: Served, request: Request) -> Json:
    """Find the passages that fit a question or some words, best first.

    Each is word for word in the article that it names.
    """

    def find() -> Json:
        found = _opened(service, asked).explain(asked.question, asked.k, **asked.values)
        hits = [passage_of(hit) for hit in found.hits]
        return {"passages": hits, "not_asked": not_asked_json(found.not_asked)}

    return await service.run(request, find)


@router.post("/timeline", response_model=out.Timeline)
async def timeline(asked: TimelineRequest, service: Served, request: Request) -> Json:
    """Say what dated articles answered over time, the latest last.

    Each value has the first and the last day on which it was reported.
    """

    def read() -> Json:
        opened = _opened(service, asked)
        entries = [answer_json(entry) for entry in opened.timeline(asked.question, **asked.values)]
        missing = opened.not_asked(asked.archive or "")
        return {"entries": entries, "not_asked": not_asked_json(missing)}

    return await service.run(request, read)


@router.post("/answers", response_model=Outcomes)
async def answers(asked: BatchRequest, service: Served, request: Request) -> Json:
    """Answer many questions; they do not refer to each other.

    Other requests have their turns between the questions. A question that cannot be asked has
    the status `invalid`, and the others are answered all the same.
    """
    steps = (partial(_outcome, service, one) for one in asked.questions)
    return {"outcomes": await service.run_each(request, steps)}


def _outcome(service: Service, asked: BatchItem) -> Json:
    try:
        found = _opened(service, asked).answer(asked.question, **asked.values)
    except (StorageError, NoIndexError):
        raise
    except ArchiveError as error:
        return {"status": "invalid", "answer": None, "detail": str(error)}
    status = "answered" if found.answered else "not in the archive"
    return {"status": status, "answer": answer_json(found), "detail": None}
