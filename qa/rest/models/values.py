"""Values that several requests hold, checked by the archive's own rules, and the base of models."""

import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    field_validator,
)
from pydantic_core.core_schema import ValidationInfo

from index.errors import ArchiveError
from index.store.base.search_filter import (
    LANGUAGE_CODE,
    MAX_NAME_CHARACTERS,
    MAX_NAMES,
    UNSTORABLE,
    SearchFilter,
)
from qa.answers.question import MAX_QUESTION_LENGTH, check_question

MAX_ID = 2000  # characters of an article's id
MAX_ARCHIVE = 200  # characters of an archive's name
LANGUAGE = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$"


class Request(BaseModel):
    """The body or the query of a request; a misspelled name is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


def _question(value: str) -> str:
    try:
        return check_question(value)
    except ArchiveError as error:
        raise ValueError(str(error)) from None


def _day(value: str) -> str:
    try:
        return datetime.date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise ValueError(f"it must be a day like 2025-10-28, not '{value[:40]}'") from None


def _language(value: str) -> str:
    code = value.lower()
    if not LANGUAGE_CODE.fullmatch(code):
        raise ValueError(f"it must be a code like en or zh, not '{value[:40]}'")
    return code


def _number(value: object) -> object:
    """Refuse what pydantic would take for a number; 5.0 is an integer in JSON."""
    if isinstance(value, bool | str):
        raise ValueError("it must be an integer")
    return value


def _id(value: str) -> str:
    if UNSTORABLE.search(value):
        raise ValueError("no article has an id with such a character")
    return value


Integer = Annotated[int, BeforeValidator(_number)]
Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_QUESTION_LENGTH,
        description="A question in words, in any language; English and Chinese work best.",
        examples=["Which golfer signed the golf bag?"],
    ),
    AfterValidator(_question),
]
Day = Annotated[
    str,
    AfterValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2025-10-28"]}),
]
Language = Annotated[str, Field(pattern=LANGUAGE, examples=["en"]), AfterValidator(_language)]
ArticleId = Annotated[
    str,
    Field(min_length=1, max_length=MAX_ID, examples=["news.jsonl#17"]),
    AfterValidator(_id),
]

ArchiveName = Annotated[
    str,
    Field(
        max_length=MAX_ARCHIVE,
        description="Where several archives are open, only the one of this name.",
    ),
]
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME_CHARACTERS)]
Names = Annotated[
    list[Name],
    Field(
        max_length=MAX_NAMES,
        description="Only articles that name all of these: a `key` of `/facets`, or any spelling. "
        "Not where several archives are open.",
        examples=[[]],
    ),
]


class Part(Request):
    """The part of one archive that is meant; without them, all of it."""

    after: Day | None = Field(
        None, description="Only articles of this day or later; leaves out those without a date."
    )
    before: Day | None = Field(
        None, description="Only articles of this day or earlier; leaves out those without a date."
    )
    language: Language | None = Field(
        None, description="Only passages in this language; `zh` includes `zh-tw`."
    )
    article: ArticleId | None = Field(
        None, description="Only the article with this id, as `article_id` gives it."
    )

    @field_validator("before")
    @classmethod
    def _check_range(cls, before: str | None, info: ValidationInfo) -> str | None:
        try:
            SearchFilter.of(info.data.get("after"), before)
        except ArchiveError as error:
            raise ValueError(str(error)) from None
        return before

    @property
    def values(self) -> dict[str, Any]:
        """The arguments of `SearchFilter.of`."""
        given = ("after", "before", "language", "article", "archive", "names")
        return {name: getattr(self, name) for name in given if name in type(self).model_fields}


class Filters(Part):
    """The part of the archive that is searched."""

    archive: ArchiveName | None = None


class AskedFilters(Filters):
    """The part of the archive that a question is put to, or its earlier texts."""

    names: Names = Field([])
    earlier: StrictBool = Field(
        False,
        description="Ask what articles said before they changed, of an index that keeps it "
        "(`versions` of `/archive` is `keep`); their ids end in a day and a digest.",
    )
