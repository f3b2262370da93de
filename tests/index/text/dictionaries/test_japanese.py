"""Translations between English and Japanese."""

import pytest

from index.text.dictionaries.japanese import to_english, to_japanese


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("prime minister", "首相"), ("libraries", "図書館"), ("Television", "テレビ"),
        ("born", "生まれ"),  # of 生まれる
        ("write", "書く"),
    ],
)  # fmt: skip
def test_an_english_word_in_any_form_has_its_japanese_words(english: str, japanese: str) -> None:
    assert japanese in to_japanese(english)


def test_no_word_has_one_character_and_names_have_none() -> None:
    assert all(len(word) > 1 for word in to_japanese("bridge"))
    assert to_japanese("Takaichi") == ()


@pytest.mark.parametrize(
    ("text", "word", "english"),
    [
        ("手紙を書いた", "書い", "write"), ("昨日生まれました", "生まれ", "born"),
        ("高かった", "高かっ", "high"), ("テレビを見ない", "テレビ", "television"),
        ("橋を渡る", "橋", "bridge"), ("りんごを売る", "りんご", "apple"),
    ],
)  # fmt: skip
def test_a_japanese_word_in_any_form_is_translated(text: str, word: str, english: str) -> None:
    assert english in dict(to_english(text))[word]


def test_the_longest_words_are_translated() -> None:
    assert [word for word, _ in to_english("都市計画の図書館員")] == ["都市計画", "図書館"]


def test_auxiliaries_pronouns_and_particles_are_not_translated() -> None:
    assert dict(to_english("それはいつのことですか。誰にしてもらっていますか。")) == {}


def test_a_text_without_japanese_words_has_no_translations() -> None:
    assert list(to_english("Tokyo, 2025")) == []
    assert list(to_english("")) == []
