"""Whether the source of an answer mentions what the question names."""

import pytest

from qa.answers.named import mentions, weigh
from qa.reader.spans import Span
from tests.support.hits import make_hit

PRICE = make_hit("The deal cost Acme $550 billion.", title="Acme buys a port")
TRAIN = make_hit("新线路全长5公里，耗资62亿元。", "临川地铁通车。新线路全长5公里，耗资62亿元。")


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [
        ("What did Acme pay?", True),
        ("What did ACME and Zenith pay?", True),
        ("What did Zenith pay?", False),
        ("What did Zenith pay in October?", False),
        ("What was paid in October?", True),  # a month is no name
        ("What did the CEO pay?", True),  # it may be spelled out
        ("What did Acmes pay?", True),  # inflected
        ("What did the Acmme board pay?", True),  # misspelled
        ("What did zenith pay?", True),  # no capital: not taken for a name
        ("Which Zenith?", True),  # nor after "which"
        ("How much was it?", True),
        ("Сколько заплатила Зенит?", True),  # another script
        ("这笔交易花了多少钱？", True),  # a translated word
        ("北京明天的天气怎么样？", False),
        ("多少钱？", True),
    ],
)
def test_one_name_of_the_question_is_enough(question: str, mentioned: bool) -> None:
    assert mentions(PRICE, question) is mentioned


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [
        ("临川地铁有多长？", True),  # in the article, beside the passage
        ("新线路花了多少钱？", True),
        ("臨川地鐵有多長？", True),
        ("马斯克收购推特花了多少钱？", False),
        ("ドナルドは何年に生まれましたか", False),
        ("多少钱？", True),
    ],
)
def test_scripts_without_capitals_are_compared_by_pairs_of_characters(
    question: str, mentioned: bool
) -> None:
    assert mentions(TRAIN, question) is mentioned


def test_a_word_beside_the_passage_counts_in_another_language() -> None:
    text = "Acme buys a port. The deal cost $550 billion."
    hit = make_hit(text.partition(". ")[2], text)
    assert mentions(hit, "港口值多少钱？") is True
    assert mentions(hit, "总统的妻子叫什么名字？") is False


def test_a_title_counts_as_the_article_does() -> None:
    assert mentions(PRICE, "How much was the Port of Ulm?")


def test_an_answer_about_another_thing_loses_confidence() -> None:
    spans = [Span(0, 0, 3, 1.0, 0.9), Span(1, 0, 3, 0.5, 1.0)]
    read = [PRICE, make_hit("Zenith paid nothing.")]
    lowered, kept = weigh("What did Zenith pay?", spans, read)
    assert lowered.confidence == pytest.approx(0.3 / 1.3)
    assert kept == spans[1]
    assert weigh("What was paid?", spans, read) == spans


def test_even_certainty_is_lowered() -> None:
    (span,) = weigh("What did Zenith pay?", [Span(0, 0, 3, 1.0, 1.0)], [PRICE])
    assert 0 <= span.confidence <= 1
