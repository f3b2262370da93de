"""Chinese pronouns: finding and replacing them."""

import pytest

from qa.followup.antecedents import Pronoun
from qa.followup.chinese_pronouns import dependence, lacks_subject, pronouns, replaced
from qa.followup.dependence import Dependence

HE, SHE, THEY, IT, THERE = Pronoun.HE, Pronoun.SHE, Pronoun.THEY, Pronoun.IT, Pronoun.THERE


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("他以前什么时候见过他们？", [HE, THEY]),
        ("他送给她什么？", [HE, SHE]),
        ("它们在哪里生产？", [IT]),
        ("谁在那里见了双方？", [THERE, THEY]),
        ("其他人是谁？", []),
        ("他国怎么看？", []),
    ],
)
def test_pronouns_of_one_kind_count_once(question: str, found: list[Pronoun]) -> None:
    assert pronouns(question) == found


@pytest.mark.parametrize(
    ("question", "antecedents", "expected"),
    [
        ("他多大", {HE: "李四"}, "李四多大"),
        ("谁住在那里", {THERE: "罗马"}, "谁住在罗马"),
        ("那里有谁", {THERE: "罗马"}, "在罗马有谁"),
        ("他送给她什么", {HE: "李四", SHE: "王五"}, "李四送给王五什么"),
        ("他见了她吗", {HE: r"李\g"}, r"李\g见了她吗"),
    ],
)
def test_each_pronoun_is_replaced_by_its_own_antecedent(
    question: str, antecedents: dict[Pronoun, str], expected: str
) -> None:
    assert replaced(question, antecedents) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("他参观了哪里？", Dependence.STRONG),
        ("哪位部长会见了他们？", Dependence.STRONG),
        ("如今谁经营它？", Dependence.STRONG),
        ("李四什么时候见他？", Dependence.WEAK),
        ("当时谁赢了？", Dependence.WEAK),
        ("谁赢了？", Dependence.WEAK),
        ("珠穆朗玛峰有多高？", Dependence.NONE),
    ],
)
def test_pronouns_decide_how_much_a_question_depends(question: str, expected: Dependence) -> None:
    assert dependence(question) is expected


def test_only_a_question_with_a_short_predicate_lacks_its_subject() -> None:
    assert lacks_subject("花了多少钱？")
    assert lacks_subject("在哪里发射的？")
    assert not lacks_subject("谁发明了电话？")
    assert not lacks_subject("发射")
