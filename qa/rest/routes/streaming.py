"""The operation that answers as a stream of events."""

from fastapi import APIRouter, Request, Response

from qa.answers.stages import Stage
from qa.rest.events import Emit, EventStream
from qa.rest.failures import problem_of
from qa.rest.models.questions import AnswerRequest
from qa.rest.roles import needs
from qa.rest.service import Served
from qa.rest.strict_body import StrictRoute
from qa.server.as_json import Json
from qa.server.request_queue import Place

from .asking import answer_of, passage_of, stages

EXAMPLE = """event: progress
data: {"state":"waiting"}

event: passages
data: {"passages":[]}

event: progress
data: {"state":"reading"}

event: answer
data: {"question":"Which golfer signed the golf bag?","answered":true,"text":"Hideki Matsuyama"}

event: done
data: {}

"""
EVENT = {
    "type": "object",
    "description": "One event of the stream.",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["progress", "passages", "answer", "done", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
STREAM = {
    "description": "Server-sent events: `progress` (`state` is `waiting`, later `reading`), "
    "`passages` (the `k` best), `answer` (as `/answer` returns it), then `done`; or at any time "
    "`error` with a problem document, which is the last. Every ten seconds without an event there "
    "is a comment.",
    "content": {"text/event-stream": {"schema": EVENT, "example": EXAMPLE}},
}

Event = tuple[str, Json]

router = APIRouter(
    route_class=StrictRoute, dependencies=[needs("ask", did="asked")], tags=["questions"]
)


@router.post("/answer/stream", response_class=Response, responses={200: STREAM})
async def answer_stream(asked: AnswerRequest, service: Served, request: Request) -> EventStream:
    """Answer a question as a stream of server-sent events.

    Takes what `/answer` takes. Closing the connection ends the work: a step that runs is finished,
    and nothing else is begun.
    """

    async def work(place: Place, emit: Emit) -> None:
        try:
            emit("progress", {"state": "waiting"})
            await answer(place, emit)
            emit("done", {})
        except Exception as error:
            problem = problem_of(error, request.scope, service.archive.check)
            emit("error", problem.document(request.scope))

    async def answer(place: Place, emit: Emit) -> None:
        found = stages(service, asked)

        def next_event() -> Event | None:
            stage = next(found, None)
            return _event(stage, asked) if stage else None

        while event := await place.run(next_event):
            emit(*event)
            if event[0] == "passages":
                emit("progress", {"state": "reading"})

    return EventStream(service.queue, work)


def _event(stage: Stage, asked: AnswerRequest) -> Event:
    if stage.answer:
        return "answer", answer_of(stage, asked)
    return "passages", {"passages": [passage_of(hit) for hit in stage.hits[: asked.k]]}
