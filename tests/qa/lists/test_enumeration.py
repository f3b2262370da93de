"""The items of an enumeration, from a span in it."""

import pytest

from qa.lists.enumeration import MAX_ITEMS, items
from tests.support.quick import quick

SIGNED = "Which countries signed the Coral accord?"


def found(question: str, sentence: str, marked: str) -> list[str]:
    start = sentence.index(marked)
    return [sentence[a:b] for a, b in items(question, sentence, start, start + len(marked))]


@pytest.mark.parametrize(
    ("question", "sentence", "marked", "expected"),
    [
        (SIGNED, "Iran, Chad and Peru did.", "Iran, Chad and Peru", ["Iran", "Chad", "Peru"]),
        (SIGNED, "It was signed by Norway and Chad.", "Norway", ["Norway", "Chad"]),
        (SIGNED, "Germany signed, and Chad did not.", "Germany", ["Germany"]),
        (
            SIGNED,
            "Kenya signed the Coral accord in May, followed by Uganda in June and by Chad in July.",
            "Kenya signed the Coral accord in May, followed by Uganda in June and by Chad in July",
            ["Kenya", "Uganda", "Chad"],
        ),
        (
            "Who were the victims?",
            "They were Peter Aldous, 34, his sister Jane Aldous, 31, and their guide Marc Favre.",
            "Peter Aldous, 34, his sister Jane Aldous, 31, and their guide Marc Favre",
            ["Peter Aldous", "his sister Jane Aldous", "their guide Marc Favre"],
        ),
        (
            "On which dates is it closed?",
            "It is closed on May 3, 2025, May 5, 2025 and 1 June.",
            "May 3, 2025, May 5, 2025 and 1 June",
            ["May 3, 2025", "May 5, 2025", "1 June"],
        ),
        ("What products?", "A clock and a boat.", "A clock and a boat", ["A clock", "a boat"]),
        ("What is it?", "rapid handling of goods and post", "rapid handling of goods and post", []),
        (
            "Who prepares it?",
            "The Employment and Training Administration does.",
            "The Employment and Training Administration",
            [],
        ),
        (
            "请列出辞职的部长",
            "财政部长乔安、卫生部长赛义和国防部长顾路辞职。",
            "赛义",
            ["财政部长乔安", "卫生部长赛义", "国防部长顾路"],
        ),
        ("哪些乐队演出？", "盐与胡椒乐队演出。", "盐与胡椒乐队", []),
        ("哪些国家？", "“挪威、丹麦”", "“挪威、丹麦”", ["挪威", "丹麦"]),
        ("哪些镇有狼？", "猎人说，榆树镇和灰石镇有狼。", "榆树镇和灰石镇", ["榆树镇", "灰石镇"]),
        ("どの国々か？", "この間、アルバニア人が来た。", "アルバニア人", ["アルバニア人"]),
    ],
)  # fmt: skip
def test_items(question: str, sentence: str, marked: str, expected: list[str]) -> None:
    assert found(question, sentence, marked) == expected


@pytest.mark.parametrize(
    ("sentence", "marked", "expected"),
    [
        ("Kenya, Uganda and not Chad signed.", "Kenya, Uganda and not Chad", ["Kenya", "Uganda"]),
        ("All countries but Kenya, Peru and Chad signed.", "Kenya", []),
        ("All states other than Kenya and Chad did.", "Kenya and Chad", []),
        ("除了肯尼亚、乌干达，其他国家都签署了。", "肯尼亚、乌干达", []),
        ("除肯尼亚、乌干达外，各国都签署了。", "乌干达", []),
        ("肯尼亚、乌干达以外的国家都签署了。", "肯尼亚、乌干达", []),
        ("Paris, Texas, and Rome, Georgia, did.", "Paris, Texas, and Rome, Georgia", []),
        ("Ann, Ben and Carl's dog came.", "Ann, Ben and Carl's dog", ["Ann", "Ben"]),
        ("A Co and B and C and D closed.", "A Co and B and C and D", []),
        ("North and South Carolina did.", "North and South Carolina", []),
        ("Ann Lee, 34, and Ben Ray, 40, died.", "Ann Lee, 34, and Ben Ray", ["Ann Lee", "Ben Ray"]),
    ],
)  # fmt: skip
def test_exceptions_and_names_with_an_and(sentence: str, marked: str, expected: list[str]) -> None:
    question = "哪些国家签署了？" if "国" in sentence else "Which people are meant?"
    assert found(question, sentence, marked) == expected


def test_a_place_at_the_start_of_a_sentence_is_no_item() -> None:
    sentence = "However, Germany and France voted."
    assert found("Which countries voted?", sentence, "Germany and France") == ["Germany", "France"]


def test_long_lists_end() -> None:
    sentence = ", ".join(["Oslo"] * 100) + " and Hull"
    assert len(found("Which towns?", sentence, sentence)) == MAX_ITEMS


@pytest.mark.parametrize("piece", ["A, ", "a and ", "甲、", "，", "和", " ", "(", "\x00", "\ud800"])
@pytest.mark.parametrize("length", [3_000, 100_000])
def test_long_sentences_take_no_long_time(piece: str, length: int) -> None:
    sentence = piece * (length // len(piece))
    with quick():
        items("Which towns?", sentence, 0, len(sentence))
        items("哪些？", sentence, 5, 6)
