"""Numbers, plurals, names and directions are those of the languages."""

import pytest

from qa.chat.phrases.cldr import (
    counted,
    direction,
    label_of_language,
    name_of_language,
    number,
    percent,
)
from qa.chat.words import COUNTED, PAGE_LANGUAGES


@pytest.mark.parametrize(
    ("language", "thousands", "share"),
    [("en", "12,345", "87%"), ("zh", "12,345", "87%"), ("ja", "12,345", "87%"),
     ("es", "12.345", "87\xa0%"), ("fr", "12\u202f345", "87\xa0%"), ("de", "12.345", "87\xa0%")],
)  # fmt: skip
def test_numbers(language: str, thousands: str, share: str) -> None:
    assert number(12345, language) == thousands
    assert percent(0.87, language) == share


def test_arabic_numbers_have_the_digits_of_dates_and_file_names() -> None:
    assert number(12345, "ar") == "12,345"
    assert "87" in percent(0.87, "ar")


@pytest.mark.parametrize(("share", "text"), [(0.05, "5%"), (0.025, "2.5%"), (0.9, "90%")])
def test_shares_keep_their_decimals(share: float, text: str) -> None:
    assert percent(share, "en") == text


def test_arabic_has_six_forms() -> None:
    said = [counted("articles", n, "ar") for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)]
    assert said == [
        "لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "10 مقالات", "11 مقالًا", "99 مقالًا",
        "100 مقال", "103 مقالات",
    ]  # fmt: skip


def test_french_counts_zero_as_one() -> None:
    said = [counted("articles", n, "fr") for n in (0, 1, 2, 1_000_000)]
    assert said == ["0 article", "1 article", "2 articles", "1\u202f000\u202f000 articles"]


def test_a_phrase_that_a_language_lacks_is_counted_in_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(COUNTED["ar"], "articles")
    assert counted("articles", 1, "ar") == "1 article"


def test_languages_are_named() -> None:
    assert [name_of_language("zh-TW", language) for language in PAGE_LANGUAGES] == [
        "Chinese", "中文", "中国語", "الصينية", "chino", "chinois", "Chinesisch",
    ]  # fmt: skip
    assert name_of_language("sv", "zh") == "瑞典语"
    assert name_of_language("qx-1", "zh") == "qx-1"


def test_languages_are_labelled_in_their_own_name_too() -> None:
    assert label_of_language("en", "zh") == "英文 · English"
    assert label_of_language("es", "fr") == "Espagnol · Español"
    assert label_of_language("de") == "Deutsch"
    assert label_of_language("qx") == "Qx"
    assert label_of_language("x-!", "en") == "X-!"


def test_direction() -> None:
    assert [direction(code) for code in ("ar", "he", "fa", "en", "nonsense!")] == [
        "rtl", "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip
