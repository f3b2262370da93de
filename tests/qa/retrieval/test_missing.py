"""Which words of a question an archive lacks, in English, Chinese and other scripts."""

from collections.abc import Sequence

import pytest

from index.store.base.keywords import TermChoice, choose
from index.text.terms import terms
from qa.retrieval.missing import MAX_MISSING, content_words, missing_words

TEXT = """Takaichi met President Trump in Tokyo. The mayor's bridge cost 8.6% more. Sakhalin 2 gave
gas to the Müller family. 高市早苗和特朗普在东京会谈，收购了公司，花了很多。Zelensky 访问华盛顿。"""
INDEXED = " ".join(["", *terms(TEXT), "muller", "mueller", ""])


def lookup(candidates: Sequence[str]) -> TermChoice:
    return choose(lambda term, limit: INDEXED.count(f" {term} "), candidates, 1)


def missing(question: str, *languages: str) -> tuple[str, ...]:
    return missing_words(question, lookup, languages or ("en", "zh"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did Takaichi met Merkel in Tokyo?", ("Merkel",)),
        ("What did TAKAICHI'S family get?", ()),
        ("Who won the FIFA Cup in 1966?", ("FIFA", "Cup", "1966")),
        ("Who are they, and why was it so?", ()),  # stop words are never named
        ("How much did Sakhalin-2 cost Muller?", ()),  # parts and other spellings count
        ("How much did Sakhalin-7 cost?", ("Sakhalin-7",)),
        ("Is it 8.6 % or 9.1%?", ("9.1%",)),
        ("Merkel, MERKEL or merkel?", ("Merkel", "MERKEL", "merkel")),
        ("", ()),
        ("???", ()),
        ("<b>Zorro</b> \x1b[31m=1+1", ("Zorro", "31m")),
    ],
)
def test_english(question: str, expected: tuple[str, ...]) -> None:
    assert missing(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("马斯克收购推特花了多少钱？", ("马斯克", "推特")),
        ("高市早苗在哪里会谈？", ()),
        ("總統特朗普訪問華盛頓了嗎？", ("總統",)),  # typed as traditional, found as simplified
        ("小泉进次郎和高市早苗", ("小泉进次郎",)),
        ("泽连斯基访问华盛顿", ("泽连斯基",)),
        ("为什么是这样的呢？", ()),
        ("谁赢得了2026年世界杯", ("赢得", "2026", "世界杯")),
    ],
)
def test_chinese(question: str, expected: tuple[str, ...]) -> None:
    assert missing(question) == expected


def test_words_in_a_script_that_the_archive_lacks_are_not_named() -> None:
    assert missing("Who is Merkel?", "zh") == ()
    assert missing("马斯克是谁", "en") == ()
    assert missing("Кто такой Путин?", "en", "zh") == ()
    assert missing("Кто такой Путин?", "ru") == ("Путин",)
    assert missing("In 1966?", "zh") == ("1966",)


def test_kana_is_not_looked_into() -> None:
    assert missing("プーチンはどこですか") == ()


def test_few_words_are_named() -> None:
    assert len(missing(" ".join(f"qqzz{n}x" for n in range(40)))) == MAX_MISSING


def test_content_words_leave_out_stop_words() -> None:
    assert content_words("Who did the Mayor of Tokyo meet?") == ["mayor", "tokyo", "meet"]
    assert content_words("高市早苗在东京会见了谁？")[-2:] == ["东京", "会见"]
