"""What articles name, as `qa/facets/facets.py` writes it."""

import datetime
from typing import Literal

from pydantic import BaseModel, Field

from index.store.base.search_filter import MAX_NAME_CHARACTERS
from qa.facets.table import MOST

from .values import Integer, Names, Part, Question

MAX_MOST = 200  # values of a list


class FacetsRequest(Part):
    """Which articles to count, and which of their names to list."""

    question: Question | None = Field(
        None, description="Only the articles of its passages, at most 200."
    )
    names: Names = Field([])
    words: str = Field(
        "", max_length=MAX_NAME_CHARACTERS, description="List only names that contain this."
    )
    most: Integer = Field(MOST, ge=1, le=MAX_MOST, description="The most names of each list.")


class FacetValue(BaseModel):
    """Somebody or something that articles name."""

    kind: Literal["person", "place", "organisation", "day"]
    name: str
    key: str = Field(description="For `names`.")
    articles: int
    also: list[str] = Field(description="Other spellings.")


class TimeBar(BaseModel):
    """How many articles are of some days."""

    label: str
    first: datetime.date
    last: datetime.date
    articles: int


class Facets(BaseModel):
    """What the articles name, each list by the number of articles, and when they are from."""

    articles: int
    undated: int
    people: list[FacetValue]
    places: list[FacetValue]
    organisations: list[FacetValue]
    days: list[FacetValue]
    over_time: list[TimeBar]
    read: int = Field(description="Less than `total` while names of articles are still being read.")
    total: int
