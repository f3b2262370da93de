"""Numbers in digits, English words and Chinese numerals."""

from decimal import Decimal

import pytest

from qa.agreement.numerals import numerals, significant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200,000", "1200000"),
        ("1.2 million", "1200000"),
        ("1.2bn", "1200000000"),
        ("120万", "1200000"),
        ("3亿", "300000000"),
        ("十二", "12"),
        ("二十", "20"),
        ("一万两千", "12000"),
        ("一亿二千万", "120000000"),
        ("一万亿", "1000000000000"),
        ("八点六", "8.6"),
        ("二〇二五", "2025"),
        ("fourteen", "14"),
        ("ninety-two", "92"),
        ("two hundred and five", "205"),
        ("forty-two thousand", "42000"),
        ("a hundred", "100"),
    ],
)
def test_the_same_number_however_written(text: str, value: str) -> None:
    (found,) = numerals(text)
    assert found.value == Decimal(value)
    assert (found.start, found.end) == (0, len(text))


def test_no_number_is_found_inside_a_word_or_twice() -> None:
    assert numerals("often someone attended a tense weighty meeting") == []
    assert [int(n.value) for n in numerals("from 12 to twenty, then 三十")] == [12, 20, 30]


def test_percent_in_chinese_is_one_number() -> None:
    assert [str(n.value) for n in numerals("百分之八点六")] == ["8.6"]


def test_significant_digits_do_not_count_zeros_at_the_ends() -> None:
    assert [significant(Decimal(n)) for n in ("0", "100", "0.05", "1234567")] == [1, 1, 1, 7]
