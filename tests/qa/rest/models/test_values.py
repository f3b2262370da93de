"""Values are checked by the archive's own rules, and errors name them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from index.store.base.search_filter import SearchFilter
from qa.rest.models.values import (
    ArticleId,
    AskedFilters,
    Filters,
    Integer,
    Question,
    Request,
)


def why(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(value)
    return str(raised.value.errors()[0]["msg"])


def test_a_question_is_what_the_archive_takes() -> None:
    assert TypeAdapter(Question).validate_python("  Who?\0 ") == "Who?\0"
    assert "is empty" in why(Question, " \t")
    assert "at most 2000 characters" in why(Question, "x" * 2001)
    assert "valid string" in why(Question, "\ud800")
    assert "valid string" in why(Question, 5)


@pytest.mark.parametrize("value", ["5", True, None, 5.5, [5]])
def test_only_integers_are_integers(value: object) -> None:
    assert why(Integer, value)


def test_five_point_nought_is_an_integer() -> None:
    assert TypeAdapter(Integer).validate_python(5.0) == 5


@pytest.mark.parametrize("value", ["a/../b", "news.jsonl#17", "%2F", "?id=x", " ", "新闻", "a\\b"])
def test_any_id_that_an_article_may_have_is_taken(value: str) -> None:
    assert TypeAdapter(ArticleId).validate_python(value) == value


@pytest.mark.parametrize("value", ["", "a\0b", "\ud800", "x" * 2001])
def test_ids_that_no_article_has_are_not(value: str) -> None:
    assert why(ArticleId, value)


def test_a_day_that_is_none_is_quoted() -> None:
    with pytest.raises(ValidationError, match="it must be a day like 2025-10-28, not 'yesterday'"):
        Filters.model_validate({"after": "yesterday"})


def test_filters_are_those_of_a_search() -> None:
    asked = Filters.model_validate(
        {"after": "20251028", "before": "2025-10-28", "language": "ZH-tw", "article": "a#1"}
    )
    assert asked.values == {
        "after": "2025-10-28", "before": "2025-10-28", "language": "zh-tw", "article": "a#1",
        "archive": None,
    }  # fmt: skip
    assert not any(Filters.model_validate({}).values.values())
    named = AskedFilters.model_validate({"names": ["Ann Lee"], "archive": "news"}).values
    assert SearchFilter.of(**named) == SearchFilter.of(archive="news", names="Ann Lee")


@pytest.mark.parametrize("names", [["x"] * 11, [""], ["x" * 201], "Ann Lee", [1]])
def test_names_are_bounded(names: object) -> None:
    with pytest.raises(ValidationError):
        AskedFilters.model_validate({"names": names})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("after", ""),
        ("after", "28.10.2025"),
        ("before", "2025-02-30"),
        ("before", 20251028),
        ("language", "english language"),
        ("language", "en\n"),
        ("aftr", "2025-10-28"),
    ],
)
def test_a_wrong_filter_is_named(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as raised:
        Filters.model_validate({name: value})
    assert raised.value.errors()[0]["loc"] == (name,)


def test_an_empty_range_names_its_end() -> None:
    with pytest.raises(ValidationError, match="no day is both") as raised:
        Filters.model_validate({"after": "2025-10-28", "before": "2025-10-27"})
    assert raised.value.errors()[0]["loc"] == ("before",)


def test_a_misspelled_name_is_an_error() -> None:
    with pytest.raises(ValidationError):
        Request.model_validate({"x": 1})
