"""The same question depends on the previous turn as much in Chinese as in English."""

import pytest

from qa.followup import chinese_pronouns, english_pronouns
from qa.followup.dependence import Dependence


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("Who won the cup?", "谁赢得了奖杯？", Dependence.NONE),
        ("How old is he?", "他多大？", Dependence.STRONG),
        ("Who lives there?", "谁住在那里？", Dependence.STRONG),
        ("What did Ann Lee promise him?", "特朗普向她承诺了什么？", Dependence.WEAK),
        ("Who won that race?", "那次谁赢了？", Dependence.WEAK),
    ],
)
def test_dependence_is_the_same_in_both_languages(
    english: str, chinese: str, expected: Dependence
) -> None:
    assert english_pronouns.dependence(english) is expected
    assert chinese_pronouns.dependence(chinese) is expected
