"""The models say exactly what `as_json` writes of articles, and bound what is asked for."""

import datetime

import pytest
from pydantic import BaseModel, ValidationError

from index.article import Article, Part
from index.passage import Passage
from index.store.base.article_page import ArticlePage, ArticleRow, PageRequest
from index.store.base.versions import version_of
from index.store.several.part import NotAsked
from qa.rest.models import articles as models
from qa.server.as_json import Json, article_json, listing_json, passage_json, version_json
from tests.support.chats import ARTICLE, PAGE_12

WHEN = datetime.datetime(2025, 1, 3, tzinfo=datetime.UTC)
LATER = Article("a.txt", None, "Fog.", None, None, "a.txt", parts=(Part(0, 4, "body"),))


@pytest.mark.parametrize(
    ("model", "written"),
    [
        (models.Article, article_json(ARTICLE)),
        (models.Article, article_json(LATER)),
        (models.ArticlePassage, passage_json(Passage("a", 0, 4, "Fog.", "body", None, None))),
        (
            models.ArticlePassage,
            passage_json(Passage("a", 0, 4, "Fog.", "teaser", "en", "T", PAGE_12)),
        ),
        (models.Version, version_json(version_of(ARTICLE, LATER, WHEN), text=True)),
        (
            models.Listing,
            listing_json(
                ArticlePage((ArticleRow("a", None, None, None, "a", 1, "news"),), 1),
                PageRequest(),
                (NotAsked("old", "it is away"),),
            ),
        ),
    ],
)
def test_nothing_is_lost(model: type[BaseModel], written: Json) -> None:
    read = model.model_validate(written).model_dump(mode="json")
    if "replaced" in read:  # the same moment, written otherwise
        read["replaced"] = written["replaced"]
    assert read == written


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (models.ListQuery, {"size": 201}),
        (models.ListQuery, {"size": 0}),
        (models.ListQuery, {"page": -1}),
        (models.ListQuery, {"sort": "text"}),
        (models.ListQuery, {"words": "x" * 201}),
        (models.IdQuery, {}),
        (models.IdQuery, {"id": ""}),
        (models.PassagesQuery, {"id": "a", "first": -1}),
        (models.VersionsQuery, {"id": "a", "text": "perhaps"}),
    ],
)
def test_limits_are_kept(model: type[BaseModel], values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(values)
