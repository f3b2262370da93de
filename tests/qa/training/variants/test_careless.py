"""Questions as people type them."""

import random

import pytest

from qa.training.variants.careless import careless

ENGLISH = "Which committee organised the Olympic Games in Barcelona?"


def drawn(question: str, language: str) -> set[str]:
    rng = random.Random(3)
    return {text for _ in range(300) if (text := careless(question, language, rng))}


def test_the_question_is_never_unchanged() -> None:
    assert ENGLISH not in drawn(ENGLISH, "en")


def test_capitals_and_the_question_mark_go() -> None:
    texts = drawn(ENGLISH, "en")
    assert ENGLISH.rstrip("?") in texts
    assert ENGLISH.lower() in texts
    assert ENGLISH.lower().rstrip("?") in texts


def test_a_typo_changes_at_most_two_letters_of_one_word() -> None:
    typos = [t for t in drawn(ENGLISH, "en") if t.lower().rstrip("?") != ENGLISH.lower()[:-1]]
    assert len(typos) > 20
    for typo in typos:
        changed = [
            (a, b)
            for a, b in zip(
                typo.lower().rstrip("?").split(), ENGLISH.lower()[:-1].split(), strict=True
            )
            if a != b
        ]
        assert len(changed) == 1
        (typed, meant) = changed[0]
        assert typed[0] == meant[0]
        assert abs(len(typed) - len(meant)) <= 1


@pytest.mark.parametrize("spoken", ["请问", "那个", "是啥", "呢"])
def test_chinese_is_spoken(spoken: str) -> None:
    assert any(spoken in text for text in drawn("那须盐原车站的原名是什么？", "zh"))


def test_traditional_script_stays() -> None:
    texts = drawn("總統於何時簽署條約？", "zh")
    assert any("請問" in text for text in texts)
    assert not any(character in text for text in texts for character in "请问时")


def test_nothing_but_the_mark_goes_where_words_are_not_divided() -> None:
    assert drawn("日本の首都はどこですか？", "ja") == {"日本の首都はどこですか"}


def test_short_words_have_no_typo() -> None:
    assert drawn("who is he", "en") == set()
