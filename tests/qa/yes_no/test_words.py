"""The lists of words."""

import pytest

from qa.yes_no.words import ASKS_FUTURE, DENIAL, FORMS, HAN_OPPOSITES, JAPANESE_DENIAL, OPPOSITES


@pytest.mark.parametrize(
    "text", ["It did not rain", "he didn't", "没有下雨", "未获批准", "无人受伤"]
)
def test_denials(text: str) -> None:
    assert DENIAL.search(text)


@pytest.mark.parametrize("text", ["no less than ten", "not only", "未来", "不断", "没收", "无锡"])
def test_what_looks_like_a_denial(text: str) -> None:
    assert not DENIAL.search(text)


def test_other_lists() -> None:
    assert JAPANESE_DENIAL.search("出席しなかった")
    assert not JAPANESE_DENIAL.search("不振のため")
    assert not ASKS_FUTURE.search("门将会见记者")
    assert "rose" in OPPOSITES["fell"]
    assert "fell" in OPPOSITES["rose"]
    assert FORMS["flew"] == FORMS["flown"] != FORMS["gone"]
    assert ("上升", "下降") in HAN_OPPOSITES
