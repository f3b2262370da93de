"""Operations on standing questions, which are asked again after each build.

They do what the page's bell does, within its limits. Nothing here names or shows a program to run.
"""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request

from qa.rest.models import standing as out
from qa.rest.roles import needs
from qa.rest.service import Served, Service
from qa.rest.strict_body import StrictRoute
from qa.server.as_json import Json
from qa.server.endpoints.standing_api import (
    add_question,
    news_json,
    questions_json,
    remove_question,
)
from qa.standing.shared import SharedList

reading = APIRouter(dependencies=[needs("ask")], tags=["standing questions"])
changing = APIRouter(route_class=StrictRoute, tags=["standing questions"])


@reading.get("/standing-questions", response_model=out.StandingQuestions)
async def standing_questions(
    asked: Annotated[out.QuestionsQuery, Query()], service: Served, request: Request
) -> Json:
    """List the questions that are asked again after each build, with their answers."""
    return await service.run(request, partial(questions_json, _list(service), asked.after))


@reading.get("/standing-news", response_model=out.News)
async def standing_news(
    asked: Annotated[out.NewsQuery, Query()], service: Served, request: Request
) -> Json:
    """Return what became of standing questions.

    Send the `last` of a response as `since` of the next request: nothing comes twice, and nothing
    is left out but what is older than the 10,000 last.
    """
    return await service.run(request, partial(news_json, _list(service), asked.since))


@changing.post(
    "/standing-questions", response_model=out.Added, dependencies=[needs("add", did="watched")]
)
async def add_standing_question(
    asked: out.StandingRequest, service: Served, request: Request
) -> Json:
    """Ask a question again after each build.

    All who use the archive share the list. 60 questions may be added within an hour. With tokens,
    it takes the role `add`.
    """
    filters = {name: value or "" for name, value in asked.values.items()}
    add = partial(add_question, _list(service), asked.question, filters)
    return await service.run(request, add)


@changing.delete(
    "/standing-questions", response_model=out.Removed, dependencies=[needs("add", did="unwatched")]
)
async def remove_standing_question(
    asked: Annotated[out.RemoveQuery, Query()], service: Served, request: Request
) -> Json:
    """Remove a standing question, unless it runs a program or has a feed of its own.

    With tokens, it takes the role `add`.
    """
    return await service.run(request, partial(remove_question, _list(service), asked.id))


def _list(service: Service) -> SharedList:
    assert service.standing is not None  # else these operations are not served
    return service.standing
