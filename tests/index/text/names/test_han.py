"""Names in Chinese characters, from their sound and back."""

import pytest

from index.text.names import han

ARCHIVE = ["习近", "近平", "席位", "李在", "在明", "在镕", "朴正", "王毅", "王一"]


def bigrams(start: str) -> list[str]:
    return [pair for pair in ARCHIVE if pair.startswith(start)]


@pytest.mark.parametrize(
    ("romanised", "written"),
    [("Takaichi", "高市"), ("Ohtani", "大谷"), ("Yokosuka", "横须贺"), ("Ozawa", "小泽")],
)
def test_japanese_names_by_their_sound(romanised: str, written: str) -> None:
    assert written in han.japanese(romanised)


def test_a_name_that_is_not_japanese_has_no_characters() -> None:
    assert han.japanese("Hegseth") == ()


def test_japanese_names_in_a_text_are_read() -> None:
    assert dict(han.japanese_readings("高市早苗首相")) == {"高市": ["takaichi"], "早苗": ["sanae"]}
    assert list(han.japanese_readings("")) == []


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["Xi", "Jinping"], ["习近平"]),
        (["Lee", "Jae-myung"], ["李在明"]),
        (["Jae-myung", "Lee"], ["李在明"]),
        (["Wang", "Yi"], ["王毅", "王一"]),
        (["Donald", "Trump"], []),
    ],
)
def test_names_with_a_family_name_are_looked_for_in_the_archive(
    words: list[str], written: list[str]
) -> None:
    assert sorted(han.with_surname(words, bigrams)) == sorted(written)


def test_a_family_name_and_a_given_name_are_read_in_chinese_and_korean() -> None:
    ((surname, given),) = han.surname_readings("李在明")
    assert {"li", "lee"} <= set(surname)
    assert given == ["zaiming", "jaemyeong"]
    assert list(han.surname_readings("天下雨了")) == []
