"""The Chinese follow-up rules, one at a time."""

import pytest

from qa.followup import chinese as zh
from qa.followup.dependence import Dependence


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
def test_the_question_word_of_a_bare_question(question: str, word: str | None) -> None:
    assert zh.bare_question_word(question) == word


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("加拿大呢？", "加拿大"),
        ("那李四怎么样？", "李四"),
        ("什么时候呢？", None),
        ("他在哪？", None),
    ],
)
def test_the_new_topic(question: str, topic: str | None) -> None:
    assert zh.new_topic(question) == topic


def test_the_topic_replaces_a_name() -> None:
    sentence = "日本首相高市早苗将在春季访问美国。"
    assert zh.with_topic("高市早苗什么时候访问美国？", "李四", sentence) == [
        "李四什么时候访问美国？",
        "高市早苗什么时候访问李四？",
    ]


@pytest.mark.parametrize(
    ("previous", "word", "answer", "expected"),
    [
        ("李四什么时候抵达？", "在哪里", "周一", ["李四在哪里抵达？"]),
        ("李四会见了谁？", "什么时候", "王五", ["什么时候李四会见了王五？"]),
        ("李四会见了谁？", "多少人", "王五", ["李四会见了王五，多少人？"]),
        ("李四在哪里开会？", "和谁", None, ["李四开会，和谁？"]),
        ("李四？", "为什么", None, []),
    ],
)
def test_the_question_word_is_replaced(
    previous: str, word: str, answer: str | None, expected: list[str]
) -> None:
    assert zh.with_question_word(previous, word, answer) == expected


@pytest.mark.parametrize(
    ("question", "previous", "answer", "expected"),
    [
        ("他多大？", "谁赢了？", "李四", ["李四多大？"]),
        ("他多大？", "李四在哪里？", "罗马", ["李四多大？"]),
        ("谁住在那里？", "李四在哪里？", "罗马", ["谁住在罗马？"]),
        ("她多大？", "Where did Ann Lee meet Bo?", "Rome", ["Ann Lee多大？", "Bo多大？"]),
        ("谁赢了？", "李四在哪里？", "罗马", []),
    ],
)
def test_pronouns_are_replaced_by_what_they_refer_to(
    question: str, previous: str, answer: str, expected: list[str]
) -> None:
    assert zh.with_antecedents(question, previous, answer, None) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("他参观了哪里？", Dependence.STRONG),
        ("李四什么时候见他？", Dependence.WEAK),
        ("当时谁赢了？", Dependence.WEAK),
        ("谁赢了？", Dependence.NONE),
    ],
)
def test_pronouns_decide_how_much_a_question_depends(question: str, expected: Dependence) -> None:
    assert zh.dependence(question) is expected


def test_a_backslash_in_a_name_is_kept() -> None:
    assert zh.with_antecedents("他多大？", "谁赢了？", r"李\g", None) == [r"李\g多大？"]
