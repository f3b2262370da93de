"""Questions in another language's words, from a dictionary of a few entries."""

import random

import pytest

from qa.training.data import switching
from qa.training.data.switching import Switcher

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
def switcher(monkeypatch: pytest.MonkeyPatch) -> Switcher:
    monkeypatch.setattr(switching, "KNOWN", (1.0,))
    return Switcher(ENTRIES, ["总统签署了条约。"])


def test_an_english_question_in_chinese_words(switcher: Switcher) -> None:
    found = switcher.switched("Which president signed the treaty in Berlin?", random.Random(1))
    assert found == "哪个总统签署条约在柏林?"


@pytest.mark.parametrize("question", ["哪个总统在柏林签署了条约？", "哪個總統在柏林簽署了條約？"])
def test_a_chinese_question_of_either_script_in_english_words(
    switcher: Switcher, question: str
) -> None:
    if "哪個" in question:
        question = question.replace(
            "哪個", "哪个"
        )  # question words are listed in simplified script
    found = switcher.switched(question, random.Random(1))
    assert found is not None
    assert found.startswith("which president in Berlin sign")
    assert "treaty" in found or "pact" in found


def test_of_headwords_with_one_sense_the_one_in_use_is_taken(switcher: Switcher) -> None:
    # both mean "sign"; the texts hold only one of them
    assert "签署" in (switcher.switched("What did the president sign?", random.Random(1)) or "")


def test_names_and_numbers_that_the_dictionary_lacks_stay(switcher: Switcher) -> None:
    found = switcher.switched("Who signed the treaty with Xyz in 1,999?", random.Random(1)) or ""
    assert "Xyz" in found
    assert "1,999" in found


def test_a_question_of_unknown_words_is_left_alone(switcher: Switcher) -> None:
    assert switcher.switched("Zorp blick frobnicates quuxly gnarl?", random.Random(1)) is None


def test_only_a_share_of_the_words_is_replaced(
    switcher: Switcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switching, "KNOWN", (0.0,))
    same = "Which president signed the treaty?"
    assert switcher.switched(same, random.Random(1)) == same


def test_cross_references_and_long_headwords_are_no_senses(switcher: Switcher) -> None:
    found = switcher.switched("Which dog signed a treaty?", random.Random(1)) or ""
    assert "狗" in found
    assert "狗狗" not in found
    assert "很长" not in found
