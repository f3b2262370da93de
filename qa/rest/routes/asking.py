"""Operations that ask: answers, one by one, as a stream or many at once; passages; over time."""

from collections.abc import Iterator
from functools import partial

from fastapi import APIRouter, Request

from index.errors import UnknownArticleError
from index.store.base.search_filter import SearchFilter
from qa.answers.stages import Stage
from qa.rest.models import answers as out
from qa.rest.models.outcomes import Outcomes
from qa.rest.models.questions import (
    AnswerRequest,
    BatchItem,
    BatchRequest,
    SearchRequest,
    TimelineRequest,
)
from qa.rest.roles import needs
from qa.rest.service import Served, Service
from qa.rest.strict_body import StrictRoute
from qa.server.as_json import Json, answer_json, hit_json

NOT_READ = "it cannot be read now"

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
    return service.archive.stages(asked.question, history, SearchFilter.of(**asked.values))


def answer_of(stage: Stage, asked: AnswerRequest) -> Json:
    """Return the answer of the last stage with as many passages as were asked for."""
    assert stage.answer is not None
    return {
        **_discreet(answer_json(stage.answer)),
        "passages": [hit_json(hit) for hit in stage.hits[: asked.k]],
    }


@router.post("/search", response_model=out.Passages)
async def search(asked: SearchRequest, service: Served, request: Request) -> Json:
    """Find the passages that fit a question or some words, best first.

    Each is word for word in the article that it names.
    """
    find = partial(service.archive.search, asked.question, asked.k, **asked.values)
    hits = await service.run(request, lambda: [hit_json(hit) for hit in find()])
    return {"passages": hits}


@router.post("/timeline", response_model=out.Timeline)
async def timeline(asked: TimelineRequest, service: Served, request: Request) -> Json:
    """Say what dated articles answered over time, the latest last.

    Each value has the first and the last day on which it was reported.
    """
    read = partial(service.archive.timeline, asked.question, **asked.values)
    entries = await service.run(request, lambda: [answer_json(entry) for entry in read()])
    return {"entries": entries}


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
        found = service.archive.answer(asked.question, **asked.values)
    except UnknownArticleError as error:
        return {"status": "invalid", "answer": None, "detail": str(error)}
    status = "answered" if found.answered else "not in the archive"
    return {"status": status, "answer": _discreet(answer_json(found)), "detail": None}


def _discreet(answer: Json) -> Json:
    """Return an answer without why archives were not asked: that names folders and addresses."""
    unasked = [{**missing, "why": NOT_READ} for missing in answer["not_asked"]]
    others = [_discreet(other) for other in answer["alternatives"]]
    return {**answer, "not_asked": unasked, "alternatives": others}
