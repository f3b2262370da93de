"""The answers to many questions, and the problem document as a model."""

from typing import Literal

from pydantic import BaseModel, Field

from .answers import Answer


class FieldError(BaseModel):
    """A value at fault."""

    detail: str
    pointer: str | None = Field(None, description="A JSON Pointer into the body, like `#/k`.")
    parameter: str | None = Field(None, description="The name of a query parameter.")


class Problem(BaseModel):
    """Why a request was not served (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[FieldError] | None = None


class Outcome(BaseModel):
    """What became of one question: its answer, or what is wrong with it."""

    status: Literal["answered", "not in the archive", "invalid"]
    answer: Answer | None
    detail: str | None


class Outcomes(BaseModel):
    """The outcomes, in the order of the questions."""

    outcomes: list[Outcome]
