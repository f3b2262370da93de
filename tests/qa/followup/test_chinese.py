"""The Chinese follow-up rules, one at a time."""

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
    assert zh.with_topic("高市早苗什么时候访问美国？", "李四") == ["李四什么时候访问美国？"]
    assert zh.with_topic("高市早苗和谁通了电话？", "加拿大") == [
        "加拿大和谁通了电话？",
        "高市早苗和谁通了加拿大？",
    ]


@pytest.mark.parametrize(
    ("previous", "topic", "expected"),
    [
        ("李四的妻子叫什么名字？", "李四的弟弟", ["李四的弟弟叫什么名字？"]),
        ("谁赢得了女子冠军？", "男子", ["谁赢得了男子冠军？"]),
        ("李四公司的车多少钱？", "王五公司的", ["王五公司的车多少钱？"]),
    ],
)
def test_the_topic_replaces_its_counterpart(previous: str, topic: str, expected: list[str]) -> None:
    assert zh.with_topic(previous, topic) == expected


def test_a_person_takes_no_places_place_and_an_owner_goes_before_what_it_has() -> None:
    assert zh.with_topic("谁访问了美国？", "李四") == ["李四，谁访问了美国？"]
    assert zh.with_topic("西班牙国王是谁？", "首相") == ["西班牙首相是谁？"]
    assert zh.with_topic("谁会见了市长？", "校长") == ["谁会见了校长？"]
    assert zh.with_topic("天池四号的质量是多少？", "玉门二号") == ["玉门二号的质量是多少？"]


def test_what_a_question_asks_for_is_not_replaced() -> None:
    assert zh.with_topic("李四代表哪支车队？", "王五") == ["王五代表哪支车队？"]


def test_the_object_of_who_is_a_name() -> None:
    assert zh.names("谁接替石慧？") == ["石慧"]
    assert zh.names("石慧有多高？") == ["石慧"]


@pytest.mark.parametrize(
    ("previous", "word", "answer", "expected"),
    [
        ("李四什么时候抵达？", "在哪里", "周一", ["李四在哪里抵达？"]),
        ("李四会见了谁？", "什么时候", "王五", ["什么时候李四会见了王五？"]),
        ("李四会见了谁？", "多少人", "王五", ["李四会见了王五，多少人？"]),
        ("李四在哪里开会？", "和谁", None, ["李四开会，和谁？"]),
        ("李四和谁见面？", "什么时候", "张伟", ["什么时候李四和张伟见面？"]),
        ("李四？", "为什么", None, []),
    ],
)
def test_the_question_word_is_replaced(
    previous: str, word: str, answer: str | None, expected: list[str]
) -> None:
    assert zh.with_question_word(previous, word, answer) == expected
