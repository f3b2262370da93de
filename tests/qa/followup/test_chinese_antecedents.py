"""What a Chinese turn offers to the pronouns of the next question."""

import pytest

from qa.followup.antecedents import Pronoun
from qa.followup.chinese_antecedents import antecedents


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
        (Pronoun.THERE, "李四在哪里？", "罗马", "罗马"),
        (Pronoun.THERE, "谁在罗马会见了李四？", "王五", "罗马"),
    ],
)
def test_the_likeliest_antecedent_comes_first(
    pronoun: Pronoun, question: str, answer: str, first: str
) -> None:
    assert antecedents(question, answer)[pronoun][0] == first


def test_neither_numbers_nor_long_answers_are_referred_to() -> None:
    assert antecedents("用了什么？", "3个小时")[Pronoun.IT] == []
    assert antecedents("用了什么？", "很" * 20)[Pronoun.IT] == []
