"""Translations between English and Chinese."""

import pytest

from index.text.dictionaries.chinese import senses, to_chinese, to_english, within


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Nara", "奈良"), ("prime minister", "首相"), ("White House", "白宫"), ("arrived", "抵达"),
        ("visits", "访问"), ("ceasefires", "停火"),
    ],
)  # fmt: skip
def test_an_english_word_in_any_form_has_its_chinese_words(english: str, chinese: str) -> None:
    assert chinese in to_chinese(english)


def test_all_translations_are_given_and_none_has_one_character() -> None:
    words = to_chinese("visit")
    assert len(words) > 3
    assert all(len(word) > 1 for word in words)
    assert to_chinese("Takaichi") == ()


def test_a_chinese_text_is_split_into_the_longest_words() -> None:
    assert dict(to_english("美国总统访问日本")) == {
        "美国": ("United States", "USA", "US"),
        "总统": ("president",),
        "访问": ("visit", "call on", "interview"),
        "日本": ("Japan",),
    }


def test_shorter_words_and_characters_have_translations_too() -> None:
    assert list(within("国防部长")) == ["国防部", "国防", "部长"]
    assert "secretary" in senses("部长")
    assert "lamp" in senses("灯")
    assert senses("Ulm") == ()


def test_other_scripts_have_no_chinese_words() -> None:
    assert list(to_english("Tokyo, 2025")) == []
