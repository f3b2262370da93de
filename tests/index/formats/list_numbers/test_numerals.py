"""Numbers are written as word processors write them, or not at all."""

import pytest

from index.formats.list_numbers.numerals import bullet, numeral


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 0, "0"),
        ("decimalZero", 7, "07"),
        ("lowerLetter", 1, "a"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 4, "IV"),
        ("russianUpper", 10, "К"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("taiwaneseCounting", 30, "三十"),
        ("none", 5, ""),
    ],
)
def test_forms(form: str, number: int, text: str) -> None:
    assert numeral(number, form) == text


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("lowerLetter", 0), ("lowerLetter", 27 * 26), ("upperRoman", 0), ("lowerRoman", 4000),
        ("chineseCounting", 100), ("decimalEnclosedCircle", 21), ("decimal", -1),
        ("decimal", 10**9), ("hebrew1", 1), ("", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_none(form: str, number: int) -> None:
    assert numeral(number, form) is None


def test_only_bullets_with_words_are_read() -> None:
    assert [bullet(sign) for sign in ("•", "\uf0b7", "–", "o", " ", "Note: ", "x" * 101)] == [
        "", "", "", "", "", "Note:", "",
    ]  # fmt: skip
