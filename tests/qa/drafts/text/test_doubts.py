"""What makes two statements that differ both possible."""

import pytest

from qa.drafts.text.doubts import differ_in_meaning, in_dateline, is_open
from tests.support.quick import quick


@pytest.mark.parametrize(
    "sentence",
    [
        "Did the fire kill 16 people?", "“Did it kill 16 people?”", "火灾造成16人死亡吗？",
        "It is not true that 16 people died.", "The mayor denied that 16 people died.",
        "Reports of 16 dead were wrong.", "“16人死亡”的消息不实。",
    ],
)  # fmt: skip
def test_questions_and_denials_are_open(sentence: str) -> None:
    assert is_open(sentence)


def test_statements_are_not() -> None:
    assert not is_open("The fire killed 16 people.")
    assert not is_open("火灾造成16人死亡。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("16 people were killed", "20 people were injured"),
        ("It began on 3 May", "It ended on 5 May"),
        ("Sales rose 5 percent", "Sales fell 4 percent"), ("进口5万吨", "出口6万吨"),
        ("In total 16 people came", "14 people came"),
        ("Another 16 people came", "14 people came"),
        ("共有16人死亡", "14人死亡"), ("造成16人死亡", "造成20人受伤"),
    ],
)  # fmt: skip
def test_what_counts_other_things_is_told(one: str, other: str) -> None:
    assert differ_in_meaning(one, other)
    assert differ_in_meaning(other, one)
    assert not differ_in_meaning(one, one)


def test_a_dateline_is_told() -> None:
    for text, date in (
        ("CORBY, 3 May 2024 - A fire", "3 May 2024"),
        ("新华社北京5月3日电 火灾", "5月3日"),
    ):
        assert in_dateline(text, text.index(date) + len(date))
    assert not in_dateline("The fire of 3 May 2024 - it was a big one", 17)


@pytest.mark.parametrize("text", ["A ", "A,", "A-", "not ", "3日", "?”", "end "])
def test_hostile_sentences_take_little_time(text: str) -> None:
    with quick():
        long = text * 50_000
        is_open(long)
        differ_in_meaning(long, long)
        in_dateline(long, 3)
