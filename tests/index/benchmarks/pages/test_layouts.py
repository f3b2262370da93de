"""A generated page holds all that it says it holds."""

from html import unescape

import pytest

from index.benchmarks.pages.content import make_content
from index.benchmarks.pages.layouts import LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["it", "zh"])
def test_what_is_expected_and_what_is_furniture_is_on_the_page(layout: str, language: str) -> None:
    page = LAYOUTS[layout](make_content(language, 1))
    html = unescape(page.html)
    assert [s for s in (*page.expected, *page.furniture) if s not in html] == []
    assert page.is_article == bool(page.expected)
