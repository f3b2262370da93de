"""What a Chinese turn offers to the pronouns of the next question."""

import pytest

from qa.followup.antecedents import Pronoun
from qa.followup.chinese_antecedents import antecedents, referent


@pytest.mark.parametrize(
    ("pronoun", "question", "answer", "first"),
    [
        (Pronoun.HE, "谁赢了？", "李四", "李四"),
        (Pronoun.HE, "李四在哪里？", "罗马", "李四"),
        (Pronoun.SHE, "谁接替石慧？", "李四", "李四"),
        (Pronoun.THEY, "李四见了谁？", "船员的家属", "船员的家属"),
        (Pronoun.THEY, "医院聘请了多少名护士？", "35名", "护士"),
        (Pronoun.THEY, "李四和王五在哪里会晤？", "罗马", "李四和王五"),
        (Pronoun.THEY, "李四见了谁？", "王五", "李四和王五"),
        (Pronoun.IT, "李四送给王五什么？", "面具", "面具"),
        (Pronoun.IT, "明驰召回了多少辆汽车？", "6万辆", "汽车"),
        (Pronoun.IT, "青澜大桥有多长？", "5公里", "青澜大桥"),
        (Pronoun.IT, "谁创立了瓦伦？", "李四", "瓦伦"),
        (Pronoun.THEY, "哪些渔民周六封锁了港口？", None, "渔民"),
        (Pronoun.THERE, "李四在哪里？", "罗马", "罗马"),
        (Pronoun.THERE, "李四在哪里？", "在内罗毕参加非洲渔业峰会", "内罗毕"),
        (Pronoun.THERE, "谁在罗马会见了李四？", "王五", "罗马"),
    ],
)
def test_the_likeliest_antecedent_comes_first(
    pronoun: Pronoun, question: str, answer: str | None, first: str
) -> None:
    assert antecedents(question, answer)[pronoun][0] == first


def test_neither_numbers_nor_long_answers_are_referred_to() -> None:
    assert antecedents("用了什么？", "3个小时")[Pronoun.IT] == []
    assert antecedents("用了什么？", "很" * 20)[Pronoun.IT] == []


def test_an_answer_is_referred_to_by_its_noun() -> None:
    assert referent("渔民周六") == "渔民"
    assert referent("给自己的老师罗秀兰") == "老师罗秀兰"
    assert referent("顾海峰") == "顾海峰"  # jieba knows the given name only
