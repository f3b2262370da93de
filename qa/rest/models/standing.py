"""Standing questions and their news, as `qa/server/endpoints/standing_api.py` writes them."""

from typing import Literal

from pydantic import BaseModel, Field

from qa.server.endpoints.standing_api import MAX_ID

from .values import Part, Question, Request


class StandingRequest(Part):
    """A question to ask again after each build. It runs no program: none can be named here."""

    question: Question


class QuestionsQuery(Request):
    """Which standing questions."""

    after: int = Field(0, ge=0, le=MAX_ID, description="Only those with an `id` above this one.")


class NewsQuery(Request):
    """Which news."""

    since: int = Field(
        0, ge=0, le=MAX_ID, description="Only entries after this number: the `last` before."
    )


class RemoveQuery(Request):
    """Which standing question to remove."""

    id: int = Field(ge=0, le=MAX_ID, examples=[1])


class Cited(BaseModel):
    """Where an answer stood when it was found."""

    text: str
    title: str | None
    day: str | None
    place: str
    url: str | None
    permalink: str | None


class KnownAnswer(BaseModel):
    """An answer as it was found, or that there was none."""

    answered: bool
    text: str | None
    sentence: str
    confidence: float
    citations: list[Cited]


class StandingQuestion(BaseModel):
    """A question that is asked again after each build."""

    id: int
    question: str
    only: dict[str, str] = Field(description="The part of the archive that is asked.")
    feed: str
    created: str
    runs_program: bool = Field(description="Set up on the server, which alone can remove it.")
    answer: KnownAnswer | None = Field(description="Null: not asked yet.")


class StandingQuestions(BaseModel):
    """Standing questions by `id`, at most 1,000."""

    questions: list[StandingQuestion]
    total: int


class Entry(BaseModel):
    """That the answer to a standing question changed."""

    number: int
    key: str
    id: int = Field(description="Of the question, which may be removed by now.")
    question: str
    only: dict[str, str]
    feed: str
    kind: Literal["answered", "changed", "withdrawn"]
    updated: str
    before: KnownAnswer
    answer: KnownAnswer


class News(BaseModel):
    """News, oldest first, at most 50."""

    entries: list[Entry]
    last: int = Field(description="`since` of the next request.")
    more: bool = Field(description="Whether there are more by now.")


class Added(BaseModel):
    """The id of a standing question, also if it was there already."""

    id: int


class Removed(BaseModel):
    """Whether there was such a question, added on the page or by a program."""

    removed: bool
