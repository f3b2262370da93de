"""Names, numbers and dates in questions of several scripts."""

import pytest

from qa.training.variants.entities import Entities


def found(question: str, context: str, *names: str) -> list[str]:
    entities = Entities([(question, context)], names)
    return [question[start:end] for start, end in entities.find(question, context)]


def test_numbers_are_whole() -> None:
    context = "In 1945 it sold 1,250 copies and 12 reprints."
    assert found("How many of 1,250 copies were sold in 1945?", context) == ["1,250", "1945"]
    assert found("Who bought 25 copies?", context) == []


def test_names_are_runs_of_capitalised_words() -> None:
    context = "In 1999 Anna Smith, the mayor of New York, met Boris's brother in Boston."
    question = "When did Anna Smith of New York meet Boris?"
    assert found(question, context) == ["Anna Smith", "New York", "Boris"]


def test_lower_case_questions_have_names_too() -> None:
    context = "The song Yellow River was sung by Anna. A river is long; a song is short."
    assert found("who sang yellow river", context) == ["yellow"]
    assert found("who sang with anna", context) == ["anna"]


def test_names_must_be_in_the_context() -> None:
    assert found("When was Berlin founded?", "Paris was founded early.") == []


def test_the_first_word_is_no_name() -> None:
    assert found("Name the mayor.", "On the form stands Name, then Address.") == []


@pytest.mark.parametrize(
    ("question", "context", "names", "expected"),
    [
        ("西班牙的首都在哪里？", "西班牙的首都是马德里。", ["西班牙"], ["西班牙"]),
        ("乔治·华盛顿是谁？", "乔治·华盛顿是总统。", [], ["乔治·华盛顿"]),
        ("《红楼梦》的作者是谁？", "《红楼梦》由曹雪芹所作。", [], ["红楼梦"]),
        ("心理学派由谁创立？", "心理学派由三人创立。", ["心理学"], []),  # a part of a longer word
        ("フランスの首都はどこですか？", "フランスの首都はパリ。", ["フランス"], ["フランス"]),
        ("متى ولد فيكتور هوغو؟", "ولد فيكتور هوغو عام 1802.", ["فيكتور هوغو"], ["فيكتور هوغو"]),
        ("베를린 장벽은 언제 세워졌나?", "베를린 장벽은 높다.", ["베를린"], ["베를린"]),
    ],
)  # fmt: skip
def test_other_scripts_know_answers_and_titles(
    question: str, context: str, names: list[str], expected: list[str]
) -> None:
    assert found(question, context, *names) == expected


def test_a_common_word_is_no_name_although_it_was_marked_once() -> None:
    questions = [(f"第{n}次时间是什么？", "时间") for n in range(30)]
    entities = Entities(questions, ["时间"])
    assert entities.find("时间是什么？", "时间") == []


def test_a_title_is_known_without_its_qualifier() -> None:
    assert found("爪哇的人口是多少？", "爪哇的人口很多。", "爪哇 (岛)") == ["爪哇"]
