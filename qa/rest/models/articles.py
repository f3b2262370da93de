"""Articles, their passages and versions, and the archive as a whole."""

import datetime
from typing import Literal

from pydantic import BaseModel, Field

from index.store.base.article_page import MAX_PAGE_NUMBER, MAX_PAGE_SIZE, MAX_SEARCH_CHARACTERS

from .answers import Kind, NotAsked
from .values import ArchiveName, ArticleId, Request

MAX_FIRST = 100_000_000  # no article has as many passages


class Row(BaseModel):
    """An article without its text."""

    id: str
    title: str | None
    date: datetime.date | None
    language: str | None
    place: str
    passages: int
    archive: str = Field("", description="Where several are open, the name of the article's.")


class Listing(BaseModel):
    """One page of the list of articles."""

    articles: list[Row]
    total: int = Field(description="The number of articles on all pages.")
    page: int
    size: int
    not_asked: list[NotAsked] = Field(description="Of several archives, those that were missing.")


class Part(BaseModel):
    """A title, the body or a teaser, in code points of the article's text."""

    start: int
    end: int
    kind: Kind
    title: str | None


class Article(BaseModel):
    """An article; offsets of citations and passages are code points into `text`."""

    id: str
    title: str | None
    date: datetime.date | None
    language: str | None
    author: str | None
    url: str | None
    file: str
    place: str
    digest: str = Field(description="Of `text`, as permalinks name it.")
    permalink: str
    text: str
    parts: list[Part]


class ArticlePassage(BaseModel):
    """A window of whole sentences of an article."""

    article_id: str
    start: int
    end: int
    text: str
    kind: Kind
    language: str | None
    title: str | None = Field(description="A teaser's own headline.")
    page: int | None
    seconds: float | None


class PassagesPage(BaseModel):
    """Some of an article's passages, in order."""

    passages: list[ArticlePassage]
    next: int | None = Field(description="`first` of the next request; null: these are the last.")


class Version(BaseModel):
    """A text that an article had before."""

    digest: str
    title: str | None
    date: datetime.date | None
    replaced: datetime.datetime
    sentences: int = Field(description="That differ from the next version; 0: it was removed.")
    kept: bool = Field(description="Whether its text is kept.")
    text: str | None = Field(description="Null unless `text=true` and it is kept.")


class Versions(BaseModel):
    """The earlier versions of an article, newest first."""

    versions: list[Version]


class Archive(BaseModel):
    """The archive in numbers, and how it was made."""

    program: str = Field(description="The version of the program.")
    articles: int
    undated: int = Field(description="Articles without a date; no range of days includes them.")
    languages: list[str] = Field(description="Of its passages.")
    generation: int = Field(description="Counts the builds that changed something.")
    published: str = Field(description="When the last of them did, UTC.")
    encoder: str
    passage_tokens: int
    archives: list[str] = Field(description="The names of several that are open together.")
    versions: Literal["none", "note", "keep"] = Field(description="What is kept of earlier texts.")


class Health(BaseModel):
    """That questions can be answered."""

    status: Literal["ok"]


class ListQuery(Request):
    """Which articles to list."""

    words: str = Field(
        "",
        max_length=MAX_SEARCH_CHARACTERS,
        description="Only articles whose title, file, id or date holds these words.",
    )
    sort: Literal["title", "date", "language", "passages", "path"] = "title"
    descending: bool = False
    page: int = Field(0, ge=0, le=MAX_PAGE_NUMBER, description="The first is 0.")
    size: int = Field(20, ge=1, le=MAX_PAGE_SIZE, description="Articles on a page.")
    archive: ArchiveName = ""


class IdQuery(Request):
    """Which article."""

    id: ArticleId = Field(description="As `article_id` and the list give it, percent-encoded.")


class PassagesQuery(IdQuery):
    """Which passages of an article."""

    first: int = Field(0, ge=0, le=MAX_FIRST, description="The position of the first, from 0.")
    size: int = Field(50, ge=1, le=MAX_PAGE_SIZE, description="The most passages to return.")


class VersionsQuery(IdQuery):
    """Which article's versions."""

    text: bool = Field(False, description="With the texts that are kept; they may be long.")
