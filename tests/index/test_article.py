"""Articles are immutable values; a short `repr` leaves out their parts."""

import dataclasses

import pytest

from index.article import Anchor, Article, Location, Part


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
    assert (article.anchors, article.location(0)) == ((), None)
    assert Part(0, 4, "body").title is None


def test_an_article_cannot_be_changed() -> None:
    article = Article("a", None, "One.", None, None, "a.txt")
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "Two."  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Part(0, 4, "body").end = 5  # type: ignore[misc]


def test_a_text_stands_where_the_last_anchor_before_it_says() -> None:
    anchors = (Anchor(2, Location(page=1)), Anchor(4, Location(page=2)))
    article = Article("a", None, "One two.", None, None, "a.pdf", anchors=anchors)
    pages = [location and location.page for location in map(article.location, range(6))]
    assert pages == [None, None, 1, 1, 2, 2]


def test_the_repr_leaves_out_parts_and_place() -> None:
    article = Article("a", "T", "One.", None, "en", "a.txt", parts=(Part(0, 4, "body"),), place="p")
    assert "parts" not in repr(article)
    assert "place" not in repr(article)
