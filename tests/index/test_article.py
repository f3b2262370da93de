"""Articles are immutable values; a short `repr` leaves out their parts."""

import dataclasses

import pytest

from index.article import Article, Part


def test_equal_values_are_equal_articles() -> None:
    first, second = (
        Article("a", None, "One.", None, "en", "a.txt", parts=(Part(0, 4, "body"),))
        for _ in range(2)
    )
    assert first == second
    assert len({first, second}) == 1
    assert first != dataclasses.replace(first, place="a.txt#1")


def test_optional_fields_default_to_nothing() -> None:
    article = Article("a", None, "One.", None, None, "a.txt")
    assert (article.url, article.author, article.parts, article.place) == (None, None, (), "")
    assert Part(0, 4, "body").title is None


def test_an_article_cannot_be_changed() -> None:
    article = Article("a", None, "One.", None, None, "a.txt")
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "Two."  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Part(0, 4, "body").end = 5  # type: ignore[misc]


def test_the_repr_leaves_out_parts_and_place() -> None:
    article = Article("a", "T", "One.", None, "en", "a.txt", parts=(Part(0, 4, "body"),), place="p")
    assert "parts" not in repr(article)
    assert "place" not in repr(article)
