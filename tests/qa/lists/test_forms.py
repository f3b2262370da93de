"""Which questions ask for several things."""

import pytest

from qa.lists.forms import asked_noun, asks_for_names, list_form
from tests.support.quick import quick


@pytest.mark.parametrize(
    "question",
    [
        "Which countries signed the treaty?",
        "In which two cities did he live?",
        "which European banks were fined?",
        "Which gold medals were won by Morland?",
        "What are the demands of the nurses?",
        "Who were the members of the crew?",
        "Name the ministers who resigned.",
        "Please list all sponsors of the race",
        "What languages does she speak?",
        "What are the main findings?",
        "哪些国家签署了条约？",
        "博物馆将在哪几天闭馆？",
        "哪两个国家主办？",
        "演员都有谁？",
        "请列出辞职的部长。",
        "遇难者分别是谁？",
        "どの国々が署名したか？",
        "首脳会談に参加したのは誰と誰か？",
        "署名した国をすべて挙げてください",
    ],
)
def test_a_list_is_asked_for(question: str) -> None:
    assert list_form(question) == "list"


@pytest.mark.parametrize(
    "question",
    [
        "Which country signed the treaty?",
        "Which team wins games?",
        "Which company sells cars?",
        "Which bus goes there?",
        "What did the men guard?",
        "What has the police found?",
        "What happens in May?",
        "What are the reasons for the strike?",
        "When did Kenya sign?",
        "Which politics professor was hired?",
        "What economics prize did she win?",
        "Which sales tax rate applies?",
        "Is the WHO in Geneva?",
        "哪个国家签署了条约？",
        "哪位部长为大桥揭幕？",
        "どの国が署名したか？",
        "",
    ],
)
def test_one_thing_may_be_asked_for(question: str) -> None:
    assert list_form(question) is None


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Who signed the treaty?", "who"),
        ("Who is the mayor?", None),
        ("谁当选？", "who"),
        ("Who are you?", "who"),
        ("谁和谁结婚了？", "who"),
        ("How many states ratified it?", "count"),
        ("多少个国家批准了宪章？", "count"),
        ("有几名潜水员获救？", "count"),
    ],
)
def test_other_forms(question: str, form: str | None) -> None:
    assert list_form(question) == form


def test_the_noun_says_whether_items_are_names() -> None:
    assert asked_noun("Name three of the ministers who left") == ""
    assert asked_noun("Which former ministers have left?") == "ministers"
    assert asks_for_names("Which former ministers have left?")
    assert not asks_for_names("Which products were shown?")


@pytest.mark.parametrize("piece", ["which ", "a ", "名", "どの", " ", "who are "])
def test_long_questions_take_no_long_time(piece: str) -> None:
    with quick():
        list_form(piece * (100_000 // len(piece)))
