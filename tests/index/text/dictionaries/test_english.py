"""What a gloss translates, and the forms of English words."""

import pytest

from index.text.dictionaries.english import dictionary_forms, inflected, sense


@pytest.mark.parametrize(
    ("english", "form"),
    [
        ("investment", "investments"), ("invite", "invited"), ("raise", "raising"),
        ("trade policy", "trade policies"), ("import", "importing"), ("US", "U.S."),
    ],
)  # fmt: skip
def test_an_english_word_is_looked_for_in_its_forms(english: str, form: str) -> None:
    assert inflected(english)[0] == english
    assert form in inflected(english)


@pytest.mark.parametrize(
    ("form", "english"),
    [("Policies", "policy"), ("invited", "invite"), ("trading posts", "trading post")],
)
def test_a_form_is_led_back_to_its_word(form: str, english: str) -> None:
    assert dictionary_forms(form)[0] == form.casefold()
    assert english in dictionary_forms(form)


def test_short_words_keep_their_endings() -> None:
    assert dictionary_forms("bus") == ["bus"]


@pytest.mark.parametrize(
    ("gloss", "translation"),
    [
        ("to be late (for school)", "late"), ("the café", "cafe"), ("hello!", "hello"),
        ("see 茶[cha2]", ""), ("what one says to a guest who leaves", ""),
    ],
)  # fmt: skip
def test_a_gloss_gives_a_translation_of_a_few_words(gloss: str, translation: str) -> None:
    assert sense(gloss) == translation
