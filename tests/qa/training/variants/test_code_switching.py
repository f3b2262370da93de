"""Questions put into another language's words, with a dictionary of a few entries."""

import random

import pytest

from qa.training.variants import code_switching
from qa.training.variants.code_switching import CodeSwitcher

ENTRIES = [
    {"simplified": word, "traditional": other, "definitions": senses}
    for word, other, senses in [
        ("签署", "簽署", ["to sign (an agreement)"]),
        ("签字", "簽字", ["to autograph", "to sign"]),
        ("条约", "條約", ["treaty", "pact", "CL:個|个[ge4]"]),
        ("柏林", "柏林", ["Berlin, capital of Germany"]),
        ("总统", "總統", ["president (of a country)", "CL:個|个[ge4]"]),
        ("狗", "狗", ["dog", "variant of 犬[quan3]"]),
        ("一个很长很长很长的词", "一个很长很长很长的词", ["treaty"]),
        ("狗狗", "狗狗", ["see 狗[gou3]"]),
    ]
]


@pytest.fixture
def switcher(monkeypatch: pytest.MonkeyPatch) -> CodeSwitcher:
    monkeypatch.setattr(code_switching, "REPLACED_SHARES", (1.0,))
    return CodeSwitcher(ENTRIES, ["总统签署了条约。"])


def test_an_english_question_in_chinese_words(switcher: CodeSwitcher) -> None:
    result = switcher.switch("Which president signed the treaty in Berlin?", random.Random(1))
    assert result == "哪个总统签署条约在柏林?"


# question words are listed in simplified script only
@pytest.mark.parametrize("question", ["哪个总统在柏林签署了条约？", "哪个總統在柏林簽署了條約？"])
def test_a_chinese_question_of_either_script_in_english_words(
    switcher: CodeSwitcher, question: str
) -> None:
    result = switcher.switch(question, random.Random(1))
    assert result is not None
    assert result.startswith("which president in Berlin sign")
    assert "treaty" in result or "pact" in result


def test_the_most_used_of_several_headwords_is_chosen(switcher: CodeSwitcher) -> None:
    # two headwords mean "sign"; only one occurs in the texts
    assert "签署" in (switcher.switch("What did the president sign?", random.Random(1)) or "")


def test_names_and_numbers_missing_from_the_dictionary_stay(switcher: CodeSwitcher) -> None:
    result = switcher.switch("Who signed the treaty with Xyz in 1,999?", random.Random(1)) or ""
    assert "Xyz" in result
    assert "1,999" in result


def test_a_question_of_unknown_words_is_left_alone(switcher: CodeSwitcher) -> None:
    assert switcher.switch("Zorp blick frobnicates quuxly gnarl?", random.Random(1)) is None


def test_only_a_share_of_the_words_is_replaced(
    switcher: CodeSwitcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_switching, "REPLACED_SHARES", (0.0,))
    same = "Which president signed the treaty?"
    assert switcher.switch(same, random.Random(1)) == same


def test_cross_references_and_long_headwords_are_ignored(switcher: CodeSwitcher) -> None:
    result = switcher.switch("Which dog signed a treaty?", random.Random(1)) or ""
    assert "狗" in result
    assert "狗狗" not in result
    assert "很长" not in result
