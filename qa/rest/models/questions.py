"""Requests that ask something."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa.answers.answering import Answer
from qa.drafts.checking import MAX_BYTES
from qa.server.endpoints.asking_api import MAX_HITS

from .values import AskedFilters, Day, Filters, Integer, Question, Request

MAX_HISTORY = 20  # earlier answers of a conversation
MAX_BATCH = 50  # questions of one request
MAX_TEXT = 20_000  # characters of an earlier answer's text or sentence
MAX_DRAFT = MAX_BYTES // 2  # characters

Text = Annotated[str, Field(max_length=MAX_TEXT)]


class EarlierAnswer(BaseModel):
    """What a follow-up question may refer to: an earlier answer, whole or these four fields of it.

    `understood` is the reading that was chosen for an earlier follow-up question.
    """

    model_config = ConfigDict(extra="ignore")

    question: Question
    understood: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)] | None = None
    text: Text | None = None
    sentence: Text | None = None

    def to_answer(self) -> Answer:
        """Return it as the archive takes it."""
        return Answer(
            question=self.question,
            answered=self.text is not None,
            text=self.text,
            sentence=self.sentence,
            start=None,
            end=None,
            confidence=0.0,
            citations=(),
            alternatives=(),
            seconds=0.0,
            understood=self.understood,
        )


class AnswerRequest(AskedFilters):
    """A question, perhaps a follow-up to earlier ones."""

    question: Question
    history: list[EarlierAnswer] = Field(
        [],
        max_length=MAX_HISTORY,
        description="The earlier answers of the conversation, oldest first, as this interface "
        'gave them; they complete a follow-up such as "And when?".',
        examples=[[]],
    )
    k: Integer = Field(
        0,
        ge=0,
        le=MAX_HITS,
        description="How many of the passages that were found to return beside the answer.",
    )


class SearchRequest(AskedFilters):
    """Words or a question to find passages for."""

    question: Question
    k: Integer = Field(10, ge=1, le=MAX_HITS, description="The most passages to return.")


class TimelineRequest(AskedFilters):
    """A question whose answers over time are wanted."""

    question: Question


class BatchItem(AskedFilters):
    """One of many questions; they do not refer to each other."""

    question: Question


class BatchRequest(Request):
    """Many questions at once."""

    questions: list[BatchItem] = Field(min_length=1, max_length=MAX_BATCH)


class DraftRequest(Filters):
    """A draft to hold against the archive."""

    text: str = Field(
        max_length=MAX_DRAFT,
        description="Plain text or Markdown.",
        examples=["The bridge cost 4 million euros and opened in spring."],
    )
    day: Day | None = Field(
        None, description='When it was written; without it, words such as "yesterday" are no claim.'
    )
