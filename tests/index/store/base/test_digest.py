"""Content digests: equal for equal content, and the same as in indexes that exist already."""

import datetime
from dataclasses import replace

import pytest

from index.article import Anchor, Article, Location, Part
from index.store.base.digest import SIZE, of_article, of_text, with_rules

ARTICLE = Article(
    id="a",
    title="Rain",
    text="Rain.\n\nIt rained.",
    date=datetime.date(2025, 10, 28),
    language="en",
    path="a.txt",
    url="https://example.org",
    author="Ann",
    parts=(Part(0, 5, "title"), Part(7, 17, "teaser", "Own")),
    place="a.txt#1",
)


def test_equal_texts_have_equal_digests() -> None:
    assert of_text("Rain.") == of_text("Ra" + "in.")
    assert len({of_text(text) for text in ("Rain.", "rain.", "Rain. ", "")}) == 4
    assert len(of_text("")) == SIZE


def test_digests_are_those_of_existing_indexes() -> None:
    """If one changes, every indexed text is embedded again, or every article counts as changed."""
    assert of_text("Rain.").hex() == "3334e0ade84fd49c79e0229ddbf03c90"
    assert of_article(ARTICLE).hex() == "3ddec4582e98ff4bd1ba92035e1d5111"
    assert with_rules(ARTICLE, (128, 2)) == of_article(ARTICLE) + b"(128, 2)"


def test_a_renamed_article_keeps_its_digest() -> None:
    renamed = replace(ARTICLE, id="b", path="b.txt", place="b.txt#2")
    assert of_article(renamed) == of_article(ARTICLE)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, title=None),
        replace(ARTICLE, text="Rain.\n\nIt snowed."),
        replace(ARTICLE, date=None),
        replace(ARTICLE, language="de"),
        replace(ARTICLE, url=None),
        replace(ARTICLE, author="Bob"),
        replace(ARTICLE, parts=(Part(0, 5, "title"), Part(7, 17, "body"))),
        replace(ARTICLE, parts=(Part(0, 5, "title"), Part(7, 17, "teaser"))),
        replace(ARTICLE, anchors=(Anchor(0, Location(page=1)),)),
    ],
)
def test_any_other_change_gives_another_digest(changed: Article) -> None:
    assert of_article(changed) != of_article(ARTICLE)


def test_rules_only_extend_the_digest() -> None:
    old, new = with_rules(ARTICLE, (128, 2)), with_rules(ARTICLE, (64, 2))
    assert old != new
    assert old[:SIZE] == new[:SIZE] == of_article(ARTICLE)
