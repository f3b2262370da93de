"""Every phrase exists in both languages, with the same placeholders."""

import pytest

from qa.chat.words import LANGUAGES, PAGE, WORDS


@pytest.mark.parametrize("phrases", [WORDS, PAGE])
def test_both_languages_have_the_same_phrases(phrases: dict[str, dict[str, str]]) -> None:
    assert set(phrases) == {"en", "zh"}
    assert phrases["en"].keys() == phrases["zh"].keys()
    for key, english in phrases["en"].items():
        assert english.count("{}") == phrases["zh"][key].count("{}"), key
        assert english.strip(), key


@pytest.mark.parametrize("phrases", [WORDS, PAGE])
def test_chinese_phrases_are_chinese(phrases: dict[str, dict[str, str]]) -> None:
    for key, chinese in phrases["zh"].items():
        if key in ("comma", "colon", "separator"):
            continue
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese), key


def test_every_language_has_two_names() -> None:
    assert all(len(names) == 2 and all(names) for names in LANGUAGES.values())
