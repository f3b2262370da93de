"""The benchmark of pages; and what it found, on a few of its pages."""

from pathlib import Path

import pytest

from index.benchmarks.pages.__main__ import PageResult, format_table, generate, measure
from index.benchmarks.pages.content import make_content
from index.benchmarks.pages.layouts import LAYOUTS


def test_150_pages_in_all_layouts_and_languages() -> None:
    pages = list(generate())
    assert len(pages) == 150
    assert len({layout for layout, _, _ in pages}) == 15
    assert len({language for _, language, _ in pages}) == 20


@pytest.mark.parametrize(
    ("layout", "language"),
    [
        ("figure", "de"), ("article_tag", "fa"), ("cookie_wall", "ru"), ("newsletter_box", "he"),
        ("paywall_stub", "ja"), ("related_box", "zh"), ("table", "ko"), ("amp", "hi"),
    ],
)  # fmt: skip
def test_an_article_is_read_whole_and_without_furniture(
    layout: str, language: str, tmp_path: Path
) -> None:
    result = measure(layout, language, LAYOUTS[layout](make_content(language, 1)), tmp_path)
    assert (result.expected, result.furniture, result.refused) == (1.0, 0.0, False)


@pytest.mark.parametrize("layout", ["front_page", "link_list"])
def test_pages_of_links_are_refused(layout: str, tmp_path: Path) -> None:
    assert measure(layout, "pl", LAYOUTS[layout](make_content("pl", 1)), tmp_path).refused


def test_the_table_counts_articles_only() -> None:
    results = [
        PageResult("a", "en", 1.0, 0.5, refused=False, is_article=True),
        PageResult("b", "en", None, 0.0, refused=True, is_article=False),
    ]
    lines = format_table("layout", results, lambda result: result.layout).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["a", "1", "100.0", "50.0", "1/1"],
        ["b", "1", "-", "-", "1/1"],
        ["all", "2", "100.0", "50.0", "2/2"],
    ]
