"""Scripts of texts and languages, and texts without spaces between words."""

import pytest
import regex

from index.text.scripts import UNSPACED, UNSPACED_CHARACTER, of_language, of_text, unspaced


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Nine ships", "Latin"),
        ("九艘船", "Han"),
        ("スカイツリー", "Han"),
        ("대통령", "Hangul"),
        ("Девять", "Cyrillic"),
        ("سفن", "Arabic"),
        ("जहाज", "Devanagari"),
        ("ναι", "Greek"),
        ("เรือ", "Thai"),
        ("9 船 in it", "Latin"),  # one ideograph weighs as much as three letters
        ("9 船 in", "Han"),
        ("", None),
        ("2025 — 8.6%", None),
    ],
)
def test_the_script_of_a_text(text: str, script: str | None) -> None:
    assert of_text(text) == script


@pytest.mark.parametrize(
    ("code", "script"),
    [
        ("zh", "Han"), ("zh-hant", "Han"), ("ja", "Han"), ("ko", "Hangul"), ("ru", "Cyrillic"),
        ("en", "Latin"), ("xx", "Latin"), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_script_of_a_language(code: str | None, script: str | None) -> None:
    assert of_language(code) == script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约 15 米高", True),
        ("東京タワー", True),
        ("เรือเก้าลำ", True),
        ("대통령은 오늘", False),  # Korean has spaces
        ("NASA 的 Artemis II mission", False),
        ("…!?", False),
        ("", False),
    ],
)
def test_texts_without_spaces(text: str, expected: bool) -> None:
    assert unspaced(text) is expected


def test_hangul_is_split_into_pairs_but_not_unspaced() -> None:
    assert regex.fullmatch(rf"[{UNSPACED}]+", "港タワー대เ")
    assert not UNSPACED_CHARACTER.match("대")
    assert not regex.search(rf"[{UNSPACED}]", "Straße Ω Ж")
