"""Whether a text has a word or a name of a question in another script."""

import pytest

from qa.retrieval.across_text import shares_a_word
from tests.support.quick import quick

ENGLISH = "Raising the minimum wage helps U.S. households, Emmanuel Macron told the prime minister."
CHINESE = "日本首相高市早苗在奈良会见了乔治娅·梅洛尼，两人谈到了HIV。"


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("首相说了什么？", True),  # two words that follow each other
        ("提高什么对家庭有帮助？", True),  # inflected
        ("马克龙什么时候访问柏林？", True),  # a name by its sound
        ("美国的总统是谁？", True),  # "US"
        ("EMMANUEL是谁的孩子？", True),  # as it stands
        ("北京明天的天气怎么样？", False),
        ("谁？", True),  # nothing to look for
        ("天气？", True),  # too little
    ],
)
def test_an_english_text_and_a_chinese_question(question: str, shared: bool) -> None:
    assert shares_a_word(question, ENGLISH, "en") is shared


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("Which prime minister was there?", True),
        ("Whom did Meloni meet for the talks about weather?", True),
        ("What does HIV do to the body?", True),
        ("What will the weather be like in London tomorrow?", False),
        ("When was it?", True),
    ],
)
def test_a_chinese_text_and_an_english_question(question: str, shared: bool) -> None:
    assert shares_a_word(question, CHINESE, "zh") is shared


@pytest.mark.parametrize("text", ["Aa" * 50_000, "Ab " * 33_000, "汉" * 100_000, "\0\ud800"])
def test_long_and_broken_texts_take_little_time(text: str) -> None:
    shares_a_word("首相的天气", "x", "en")  # loads the dictionary
    with quick():
        shares_a_word("首相的天气", text, "en")
        shares_a_word("The weather of the prime minister", text, "zh")
