"""The amount in the currency that a question asks for."""

import pytest

from qa.agreement.asked_currency import amount_asked_for

BOTH = "Japan pledged $550 billion (about ¥84 trillion) for 3 projects."
CHINESE = "该公司投资5亿美元，约合36亿元，兴建两座工厂。"


def answer(question: str, sentence: str, marked: str) -> str:
    start = sentence.index(marked)
    first, last = amount_asked_for(question, sentence, start, start + len(marked))
    return sentence[first:last]


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "expected"),
    [
        ("How many billion dollars?", BOTH, "about ¥84 trillion", "$550 billion"),
        ("How many US dollars?", BOTH, "¥84 trillion", "$550 billion"),
        ("投资有多少亿美元？", BOTH, "about ¥84 trillion", "$550 billion"),
        ("何億ドルですか？", BOTH, "¥84 trillion", "$550 billion"),
        ("投资了多少亿元？", CHINESE, "5亿美元", "36亿元"),
        ("投资了多少美元？", CHINESE, "36亿元", "5亿美元"),
    ],
)
def test_the_amount_in_the_currency_asked_for_is_taken(
    question: str, sentence: str, marked: str, expected: str
) -> None:
    assert answer(question, sentence, marked) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "marked"),
    [
        ("How much did Japan pledge?", BOTH, "about ¥84 trillion"),  # names no currency
        ("How many projects are worth 5 dollars?", BOTH, "3 projects"),
        ("How many dollars?", BOTH, "$550 billion (about ¥84 trillion)"),  # has it already
        ("How many euros?", BOTH, "$550 billion"),  # the sentence has none
        ("How many dollars?", "It cost ¥3, once $1 and now $2.", "¥3"),  # or several
        ("How many dollars?", BOTH, "Japan"),  # the answer is no amount
        ("How many pounds of fish?", "They sold 3 tonnes of fish for £5.", "3 tonnes"),
        ("How many dollar stores closed?", "30 stores that made $5 closed.", "30 stores"),
        ("How many euro-area banks failed?", "30 banks lost €5.", "30 banks"),
        ("有多少元老出席？", "30家元老出席，花了5万元。", "30家"),
    ],
)
def test_other_answers_stay_as_they_are(question: str, sentence: str, marked: str) -> None:
    assert answer(question, sentence, marked) == marked
