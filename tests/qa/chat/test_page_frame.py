"""The heading counts, examples carry their question literally, notices say what is in force."""

import pytest

from index.store.base.error_rate import ErrorRate
from qa.chat.page_frame import heading_html, notices_html, standing_line_html, start_html
from tests.support.hostile import HOSTILE, ParsedHtml


@pytest.mark.parametrize(
    ("articles", "words"),
    [
        (1, "1 article in the archive"),
        (12345, "12,345 articles in"),
        (0, "档案中有 0 篇文章"),
        (3, "3 مقالات في الأرشيف"),
    ],
)
def test_the_heading_counts_articles_in_every_language(articles: int, words: str) -> None:
    assert words in ParsedHtml(heading_html(articles)).text


@pytest.mark.parametrize("text", HOSTILE)
def test_example_questions_are_buttons_that_carry_them(text: str) -> None:
    parsed = ParsedHtml(start_html([text]))
    assert set(parsed.tags) <= {"div", "h2", "p", "ul", "li", "button", "span"}
    assert ("value", text) in parsed.attributes
    assert text in parsed.text


def test_without_examples_there_is_only_a_welcome() -> None:
    parsed = ParsedHtml(start_html([]))
    assert "What would you like to know?" in parsed.text
    assert "Questions to begin with" not in parsed.text


def test_the_notices_tell_of_the_log_and_of_the_error_rate() -> None:
    assert ParsedHtml(notices_html(logged=False)).text == ""
    assert "are kept in a log" in ParsedHtml(notices_html(logged=True)).text
    chosen = ErrorRate(0.05, 0.95, 0.62, 200, 142, 2, "2026-11-28", 1, "fake 1", "abc")
    shown = ParsedHtml(notices_html(logged=False, chosen=chosen)).text
    assert "wrong in at most 5% of its answers (95% certain, from 200 questions)" in shown
    german = ParsedHtml(notices_html(logged=True, chosen=chosen, language="de")).text
    assert "höchstens 5\xa0%" in german
    assert "protokolliert" in german
    assert "not in force" in ParsedHtml(notices_html(logged=False, void=True)).text


@pytest.mark.parametrize(
    ("standing", "news", "shown"),
    [
        (2, 0, "Standing questions&#58; 2"),
        (2, 1, "1 standing question has news"),
        (1200, 1000, "1&#44;000 standing questions have news"),
        (0, 1, "1 standing question has news"),
    ],
)
def test_the_line_counts_standing_questions_and_their_news(
    standing: int, news: int, shown: str
) -> None:
    line = standing_line_html(standing, news)
    assert shown in line
    assert ("has&#45;news" in line) == bool(news)


def test_the_line_is_in_the_pages_language() -> None:
    assert "2 Fragen".replace("2", "2 beobachteten") in standing_line_html(9, 2, language="de")


def test_the_heading_offers_the_pages_languages_once_its_own_is_known() -> None:
    parsed = ParsedHtml(heading_html(3, "ar"))
    assert ("selected", None) in parsed.attributes
    assert ("aria-label", "لغة هذه الصفحة") in parsed.attributes
    assert all(name in parsed.text for name in ("English", "中文", "日本語", "العربية", "Français"))
    assert "select" not in ParsedHtml(heading_html(3)).tags


def test_the_line_is_empty_without_standing_questions_and_names_problems() -> None:
    assert standing_line_html(0, 0) == ""
    assert "&#60;b&#62;" in standing_line_html(0, 0, "<b>")
