"""A line that only says which page this is is told from one that states something."""

import pytest

from index.formats.documents.page_numbers import is_page_number


@pytest.mark.parametrize(
    "text",
    [
        "3", "- 3 -", "[3]", "xii", "3/10", "Page 3", "page 3 of 10", "PAGE 3", "p. 3",
        "S. 3", "Seite 3 von 9", "Página 3 de 9", "Page 3 sur 9", "Strana 3", "Страница 3 из 9",
        "第3页", "3 | Page",
        "第 3 页 共 9 页", "3 ページ", "3페이지", "עמוד 3", "صفحة 3 من 9", "Sida 3 (9)",
    ],
)  # fmt: skip
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Turnout 61%", "Ward 3", "Note 3", "Chapter 3", "3 March 2025", "2021 310", "Day 3",
        "Revenue in 2021 was 310 million kroner.", "3 kg", "Pages", "", "第3章", "civil", "12,345",
    ],
)  # fmt: skip
def test_other_lines(text: str) -> None:
    assert not is_page_number(text)
