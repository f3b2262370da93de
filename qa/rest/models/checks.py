"""What became of citations, and what the archive has of a draft."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from qa.permalink import MAX_LINK

from .answers import NotAsked
from .questions import Text
from .values import MAX_ID, Integer, Request

MAX_CITATIONS = 20  # verified by one request
MAX_OFFSET = 10**9
LINK: JsonDict = {"type": "string", "maxLength": MAX_LINK}


class Cited(BaseModel):
    """A citation: its permalink, or the article's id with what it is said to say, and where.

    A citation of an answer may be sent whole; its permalink counts.
    """

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "anyOf": [
                {"required": ["permalink"], "properties": {"permalink": LINK}},
                {"required": ["article_id", "start", "end", "text"]},
            ]
        },
    )

    permalink: Annotated[str, Field(max_length=MAX_LINK)] | None = None
    article_id: Annotated[str, Field(max_length=MAX_ID)] = ""
    start: Integer = Field(0, ge=0, le=MAX_OFFSET)
    end: Integer = Field(0, ge=0, le=MAX_OFFSET)
    text: Text = ""

    @model_validator(mode="after")
    def _check_kind(self) -> "Cited":
        needed = {"article_id", "start", "end", "text"}
        if self.permalink is None and not needed <= self.model_fields_set:
            raise ValueError("give a permalink, or article_id, start, end and text")
        return self

    @property
    def fields(self) -> dict[str, Any]:
        """What `qa/audit/citations_in.py` takes."""
        if self.permalink is not None:
            return {"permalink": self.permalink}
        return {n: getattr(self, n) for n in ("article_id", "start", "end", "text")}


class VerifyRequest(Request):
    """Citations to verify."""

    citations: list[Cited] = Field(
        min_length=1,
        max_length=MAX_CITATIONS,
        examples=[[{"permalink": "/#/a/0123456789abcdef0123456789abcdef/0-26?q=It%20cost"}]],
    )


class Verdict(BaseModel):
    """What became of one citation.

    - unchanged: the article's text is as cited, and so is the quotation.
    - moved: the quotation stands word for word in a changed or another article.
    - edited: the nearest text resembles it; see `difference`.
    - gone: nothing resembles it.
    - unreadable: it is no citation; see `why`.
    """

    place: str = Field(description="In the request, like `citations[0]`.")
    permalink: str = Field(description="As it was sent.")
    status: Literal["unchanged", "moved", "edited", "gone", "unreadable"]
    sound: bool = Field(description="Whether the archive still says it, word for word.")
    article_id: str | None
    title: str | None
    start: int | None
    end: int | None
    quote: str
    text: str = Field(description="As it is now, or the nearest text.")
    difference: str = Field(examples=["It cost [-3-]{+4+} euros."])
    why: str
    held_until: str = Field(description="The day of the build that replaced the text, or empty.")
    version_of: str = Field(description="Or the day that the earlier text itself states.")


class Verdicts(BaseModel):
    """What became of the citations, in their order."""

    verdicts: list[Verdict]


class DraftCitation(BaseModel):
    """Where the archive says what a draft claims, or something else about it."""

    article_id: str
    title: str | None
    date: datetime.date | None
    start: int
    end: int
    text: str
    place: str
    permalink: str | None


class Claim(BaseModel):
    """A quotation, number, date or name of a draft; offsets are code points into the draft."""

    start: int
    end: int
    text: str
    kind: Literal["quotation", "number", "date", "name"]
    status: Literal["verbatim", "differs", "not found", "unsure"]
    instead: str = Field(description="What the archive says, if it differs.")
    difference: str
    citations: list[DraftCitation]


class DraftReport(BaseModel):
    """The claims of a draft in order."""

    claims: list[Claim]
    counts: dict[str, int] = Field(description="How many claims have each status.")
    left_out: int = Field(description="Claims beyond the limit.")
    seconds: float
    not_asked: list[NotAsked] = Field(description="Of several archives, those that were missing.")
