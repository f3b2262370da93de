"""Nouns and names of Chinese texts, where jieba alone would be wrong."""

import pytest

from qa.followup.chinese_nouns import is_counted, nouns, phrases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高市早苗接待了哪国总统?", ["高市早苗", "总统"]),  # no verb
        ("渔民封锁了港口", ["渔民", "港口"]),  # jieba takes this verb for a name
        ("张伟见了谁", ["张伟"]),  # jieba glues the verb to the name
        ("石慧有多高？", ["石慧"]),
        ("顾海峰今年多大？", ["顾海峰"]),  # jieba takes the family name for a verb
        ("小泉进次郎在美国会见了谁", ["小泉进次郎", "美国"]),  # jieba cuts the name apart
        ("意大利首相呢", ["意大利首相"]),  # jieba takes the office for an adverb
        ("江陵地铁三号线停运", ["江陵地铁三号线"]),
        ("白沙轮渡公司的经理", ["白沙轮渡公司", "经理"]),
        ("疫苗试验将在泰国进行", ["疫苗试验", "泰国"]),
        ("聘请了多少名护士", ["护士"]),
        ("新公司拥有“小白”", ["新公司", "“小白”"]),
        ("三十名工人代表", ["工人代表"]),
        ("李四代表飞轮车队", ["李四", "飞轮车队"]),
        ("", []),
        ("为什么？", []),
    ],
)
def test_nouns_end_where_verbs_begin(text: str, expected: list[str]) -> None:
    found = nouns(text)
    assert [noun.text for noun in found] == expected
    assert all(text[noun.start : noun.end] == noun.text for noun in found)


def test_people_and_places_are_told_apart() -> None:
    person, place = nouns("小泉进次郎访问美国")
    assert (person.is_person, person.is_place) == (True, False)
    assert (place.is_person, place.is_place) == (False, True)
    assert nouns("城堡银行的行长")[1].is_person


def test_what_a_question_counts() -> None:
    text = "哪两台机器人测绘了海沟？"
    assert [is_counted(text, noun) for noun in nouns(text)] == [True, False]


def test_joined_nouns_are_one_phrase() -> None:
    assert phrases("“小白”和“小蓝”下潜") == ["“小白”和“小蓝”"]
    assert phrases("给自己的老师罗秀兰") == ["老师罗秀兰"]
