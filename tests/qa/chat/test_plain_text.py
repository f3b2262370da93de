"""Text from outside is shown literally by HTML, by Markdown and by Gradio."""

import html
import re

import pytest
from markupsafe import Markup

from qa import NotAsked
from qa.chat.plain_text import (
    decode_id,
    encode_id,
    fill,
    keep_end,
    keep_start,
    names_of,
    neutral_html,
    one_line,
    strip_invisible,
)
from tests.support.hostile import HOSTILE, ParsedHtml


@pytest.mark.parametrize("text", HOSTILE)
def test_no_ascii_punctuation_remains_for_markdown_to_read(text: str) -> None:
    escaped = neutral_html(text)
    assert re.fullmatch(r"(?:[\w\s]|&#\d+;|[^\x00-\x7f])*", escaped)
    assert html.unescape(escaped) == text


def test_markup_is_not_escaped_twice() -> None:
    once = neutral_html("<b>")
    assert neutral_html(once) is once
    assert isinstance(once, Markup)


def test_numbers_are_shown_as_text() -> None:
    assert html.unescape(neutral_html(-1.5)) == "-1.5"


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("\u2066x\u2069 \u202ay\u202c", "x y"),
        ("a\x00b\x1b[31mc\x7f\x9bd", "ab[31mcd"),
        ("one\r\ntwo\u2028three\x85four", "one\ntwo\nthree\nfour"),
        ("tab\tbed", "tab bed"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("שלום العربية 日本語 😀", "שלום العربية 日本語 😀"),
    ],
)
def test_characters_that_hide_or_reorder_text_are_removed(text: str, visible: str) -> None:
    assert strip_invisible(text) == visible
    assert ParsedHtml(neutral_html(text)).text == visible


@pytest.mark.parametrize("text", HOSTILE)
def test_filling_a_phrase_escapes_phrase_and_values(text: str) -> None:
    filled = fill(f"{{}} <of> {{}} {text.replace('{', '').replace('}', '')}", text, fill("{}", 1))
    parsed = ParsedHtml(filled)
    assert parsed.tags == []
    assert parsed.text.startswith(f"{text} <of> 1")


def test_braces_in_a_value_are_no_placeholders() -> None:
    assert html.unescape(fill("({})", "{} {0} {x}")) == "({} {0} {x})"


@pytest.mark.parametrize("values", [(), (1, 2)])
def test_a_phrase_needs_one_value_for_each_placeholder(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        fill("{} left", *values)


def test_cut_text_ends_or_begins_with_an_ellipsis() -> None:
    assert (keep_start("abcd", 4), keep_start("abcd", 3)) == ("abcd", "abc…")
    assert (keep_end("abcd", 4), keep_end("abcd", 3)) == ("abcd", "…bcd")


def test_an_attribute_has_no_line_breaks() -> None:
    assert one_line(" a\n\n b\tc ") == "a b c"


@pytest.mark.parametrize("article_id", [*HOSTILE, "日本/a.txt#2", "%41"])
def test_an_article_id_survives_encoding(article_id: str) -> None:
    encoded = encode_id(article_id)
    assert decode_id(encoded) == article_id
    assert re.fullmatch(r"[\w%.~-]*", encoded, re.ASCII)


def test_archives_that_were_not_asked_are_named_without_the_reason() -> None:
    missing = [NotAsked("old", "postgresql://host/db is down"), NotAsked("wire", "gone")]
    assert names_of(missing) == "old, wire"
