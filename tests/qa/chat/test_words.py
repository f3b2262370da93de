"""English and Chinese have every phrase; what other languages have fits in place of the English."""

import re
import unicodedata

import pytest
from babel import Locale

from qa.chat.words import COUNTED, PAGE, PAGE_LANGUAGES, WORDS, missing

MARKS = ("comma", "colon", "separator")
SCRIPTS = {"zh": "CJK", "ja": "HIRAGANA|KATAKANA|CJK", "ar": "ARABIC"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_phrase_is_missing(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", PAGE_LANGUAGES[2:])
def test_missing_phrases_are_said_in_english(language: str) -> None:
    lacking = missing(language)
    print(f"{language} lacks {len(lacking)} phrases: {', '.join(lacking)}")  # `pytest -s` shows it
    for name in lacking:
        section, key = name.split(".")
        if section != "counted":
            words = {"reply": WORDS, "page": PAGE}[section]
            assert words[language][key] == words["en"][key]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize("phrases", [WORDS, PAGE])
def test_placeholders_are_those_of_the_english(
    phrases: dict[str, dict[str, str]], language: str
) -> None:
    own, english = phrases[language], phrases["en"]
    assert own.keys() == english.keys()
    for key, phrase in own.items():
        assert phrase.count("{}") == english[key].count("{}"), key
        assert not re.search(r"\{[^}]", phrase), key
        assert phrase.strip(), key


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_counted_phrases_have_the_plural_forms_of_their_language(language: str) -> None:
    forms = {*Locale(language).plural_form.tags, "other"}
    if language in ("es", "fr"):
        forms.discard("many")  # "1 000 000 d'articles": there are no millions here
    for key, phrase in COUNTED[language].items():
        assert phrase.keys() <= forms, key
        assert "other" in phrase, key
        if language == "ar":
            assert phrase.keys() == forms, key
        assert all(text.count("{}") <= 1 for text in phrase.values()), key
        assert "{}" in phrase["other"], key


@pytest.mark.parametrize("language", SCRIPTS)
def test_phrases_are_in_their_script(language: str) -> None:
    lacking = {name.split(".")[1] for name in missing(language)}
    for phrases in (WORDS, PAGE):
        for key, phrase in phrases[language].items():
            names = (unicodedata.name(character, "") for character in phrase)
            fits = any(re.match(SCRIPTS[language], name) for name in names)
            assert fits or key in (*MARKS, *lacking), key


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_phrases_are_translated(language: str) -> None:
    lacking = {name.split(".")[1] for name in missing(language)}
    same = {
        key
        for phrases in (WORDS, PAGE)
        for key, phrase in phrases[language].items()
        if phrase == phrases["en"][key] and key not in lacking and re.search("[a-z]{3}", phrase)
    }
    assert same <= {"permalink", "sources", "page", "date", "passages", "draft-date", "draft-name",
                    "draft-quotation", "question", "conversation", "fact_date",
                    "box-sources", "facet-organisation"}  # fmt: skip


def test_french_has_no_break_before_its_double_punctuation() -> None:
    lacking = {name.split(".")[1] for name in missing("fr")}
    for phrases in (WORDS, PAGE):
        for key in phrases["fr"].keys() - lacking:
            assert not re.search(r"[ \w][;?!»]|« | :", phrases["fr"][key]), key
