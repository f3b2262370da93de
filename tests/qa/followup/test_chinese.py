"""Follow-up questions in Chinese: what leans on the turn before, and how it is said in full."""

import pytest

from qa.followup import chinese as zh


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("什么时候？", "什么时候"),
        ("那在哪里呢?", "在哪里"),
        ("和谁？", "和谁"),
        ("为什么", "为什么"),
        ("什么时候来？", None),
        ("", None),
    ],
)
def test_a_bare_question_word(question: str, word: str | None) -> None:
    assert zh.bare(question) == word


@pytest.mark.parametrize(
    ("question", "new"),
    [
        ("加拿大呢？", "加拿大"),
        ("那李四怎么样？", "李四"),
        ("什么时候呢？", None),
        ("他在哪？", None),
    ],
)
def test_what_is_newly_named(question: str, new: str | None) -> None:
    assert zh.about(question) == new


def test_an_exchange_is_of_what_the_question_is_about() -> None:
    sentence = "日本首相高市早苗将在春季访问美国。"
    assert zh.exchanged("高市早苗什么时候访问美国？", "李四", sentence) == [
        "李四什么时候访问美国？",
        "高市早苗什么时候访问李四？",
    ]


@pytest.mark.parametrize(
    ("whole", "word", "answer", "wanted"),
    [
        ("李四什么时候抵达？", "在哪里", "周一", ["李四在哪里抵达？"]),
        ("李四会见了谁？", "什么时候", "王五", ["什么时候李四会见了王五？"]),
        ("李四会见了谁？", "多少人", "王五", ["李四会见了王五，多少人？"]),
        ("李四在哪里开会？", "和谁", None, ["李四开会，和谁？"]),
        ("李四？", "为什么", None, []),
    ],
)
def test_the_question_before_is_asked_again(
    whole: str, word: str, answer: str | None, wanted: list[str]
) -> None:
    assert zh.asked_again(whole, word, answer) == wanted


@pytest.mark.parametrize(
    ("question", "whole", "answer", "wanted"),
    [
        ("他多大？", "谁赢了？", "李四", ["李四多大？"]),
        ("他多大？", "李四在哪里？", "罗马", ["李四多大？"]),
        ("谁住在那里？", "李四在哪里？", "罗马", ["谁住在罗马？"]),
        ("她多大？", "Where did Ann Lee meet Bo?", "Rome", ["Ann Lee多大？", "Bo多大？"]),
        ("谁赢了？", "李四在哪里？", "罗马", []),
    ],
)
def test_pronouns_are_replaced(question: str, whole: str, answer: str, wanted: list[str]) -> None:
    assert zh.resolved(question, whole, answer, None) == wanted
