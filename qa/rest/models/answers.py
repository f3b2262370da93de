"""Answers as `qa/server/as_json.py` writes them."""

import datetime
from typing import Literal

from pydantic import BaseModel, Field

Kind = Literal["title", "body", "teaser"]


class Spot(BaseModel):
    """Another place where a cited text stands."""

    article_id: str
    title: str | None
    file: str
    start: int
    end: int
    kind: Kind
    verbatim: bool = Field(description="False: a near duplicate.")
    place: str
    archive: str = Field(description="Where several are open, the name of the text's archive.")


class Change(BaseModel):
    """That a cited article had another text before."""

    since: datetime.date
    sentences: int
    versions: int


class Citation(BaseModel):
    """A verbatim piece of an article; `start` and `end` are code points into the article's text."""

    article_id: str
    title: str | None
    date: datetime.date | None
    language: str | None
    file: str = Field(description="The file in the seeds folder.")
    place: str = Field(description="The file, and the line, entry or member in it.")
    url: str | None
    author: str | None
    start: int
    end: int
    text: str
    kind: Kind
    page: int | None = Field(description="Of a PDF, counted from 1.")
    seconds: float | None = Field(description="Since the start of a recording.")
    also_in: list[Spot]
    changed: Change | None
    also_published: list[str] = Field(description="Ids of other articles with the same URL.")
    permalink: str | None = Field(description="Relative to the address of the page.")
    archive: str = Field(description="Where several are open, the name of the article's archive.")


class Group(BaseModel):
    """What several articles say alike."""

    value: str
    days: list[datetime.date]
    citations: list[Citation]
    differs: bool


class Item(BaseModel):
    """One of several things that were asked for."""

    text: str
    start: int
    end: int
    citations: list[Citation]


class Hit(BaseModel):
    """A passage that fits a question, with its article's metadata."""

    score: float
    text: str
    article_id: str
    title: str | None
    date: datetime.date | None
    language: str | None
    file: str
    place: str
    url: str | None
    start: int
    end: int
    kind: Kind
    page: int | None
    seconds: float | None
    permalink: str
    archive: str = Field("", description="Where several are open, the name of the article's.")


class NotAsked(BaseModel):
    """An archive that could not be asked, and why."""

    archive: str
    why: str


class Answer(BaseModel):
    """A short verbatim answer with its citations; or, unless `answered`, the closest passages."""

    question: str
    understood: str | None = Field(description="A follow-up, completed; null if asked in full.")
    answered: bool
    text: str | None
    sentence: str | None
    start: int | None
    end: int | None
    confidence: float
    citations: list[Citation]
    alternatives: list["Answer"]
    groups: list[Group]
    differs: bool = Field(description="Whether another article contradicts the answer.")
    items: list[Item] = Field(description="If several things were asked for.")
    undecided: bool = Field(
        description="`text` bears on a yes/no question; whether it means yes or no is left open."
    )
    missing: list[str] = Field(description="Words of the question that stand nowhere.")
    error_rate: float | None
    permalink: str | None
    seconds: float
    not_asked: list[NotAsked] = Field(description="Of several archives, those that were missing.")


class AnswerWithPassages(Answer):
    """An answer, and the passages that were found, as many as were asked for."""

    passages: list[Hit]


class Passages(BaseModel):
    """The passages that were found, best first."""

    passages: list[Hit]
    not_asked: list[NotAsked]


class TimelineEntry(BaseModel):
    """What articles reported, and when."""

    value: str
    number: float | None = Field(description="The value as a number, if it is one.")
    first: datetime.date
    last: datetime.date
    citations: list[Citation]


class Timeline(BaseModel):
    """What dated articles answered over time, the latest last."""

    entries: list[TimelineEntry]
    not_asked: list[NotAsked]
