"""Readings of a follow-up question, and which of them is kept."""

from dataclasses import dataclass

import pytest

from qa.followup.rewriting import LONGEST, MOST, Reading, Support, best, holds, readings


@dataclass(frozen=True)
class Turn:
    question: str
    text: str | None = None
    sentence: str | None = None
    understood: str | None = None


MET = Turn("Where did Ann Lee meet Bo?", "Rome", "Ann Lee met Bo in Rome.")
WON = Turn("谁在罗马赢得了比赛？", "李四", "李四在罗马赢得了比赛。")


def asked(question: str, *history: Turn) -> list[str]:
    return [reading.question for reading in readings(question, history)]


@pytest.mark.parametrize("question", ["When?", "And who met him there?", "什么时候？", "Who?"])
def test_without_history_a_question_is_asked_as_typed(question: str) -> None:
    assert readings(f" {question} ") == [Reading(question, typed=True)]


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football World Cup in 1966?",
        "How high is Mount Everest?",
        "Is there a bridge in Ulm?",
        "珠穆朗玛峰有多高？",
        "谁赢得了世界杯？",
        "Quelle est la capitale de la France ?",
    ],
)
def test_a_new_topic_is_asked_as_typed_alone(question: str) -> None:
    assert asked(question, MET) == asked(question, WON) == [question]


@pytest.mark.parametrize(
    ("question", "before", "first"),
    [
        ("And when?", MET, "When did Ann Lee meet Bo?"),
        ("什么时候?", MET, "When did Ann Lee meet Bo?"),
        ("What about Cy?", MET, "Where did Cy meet Bo?"),
        ("And who saw her there?", MET, "Who saw Ann Lee in Rome?"),
        ("When?", WON, "什么时候李四在罗马赢得了比赛？"),
        ("那什么时候呢？", WON, "什么时候李四在罗马赢得了比赛？"),
        ("他多大？", WON, "李四多大？"),
    ],
)
def test_what_is_left_out_comes_from_the_turn_before(
    question: str, before: Turn, first: str
) -> None:
    assert asked(question, before)[0] == first


def test_a_very_short_question_in_any_language_is_read_with_the_one_before() -> None:
    together, typed = readings("¿Cuándo?", [MET])
    assert together.question == "Where did Ann Lee meet Bo? Rome. ¿Cuándo?"
    assert typed.typed


def test_only_the_last_turn_counts_as_it_was_understood() -> None:
    last = Turn("And when?", "Monday", "It was Monday.", "When did Ann Lee meet Bo?")
    assert asked("Why?", WON, last) == ["Why did Ann Lee meet Bo?"]
    refused = Turn("How high is Mount Everest?")
    assert "Ann" not in asked("And where?", MET, refused)[0]


def test_readings_are_few_and_short() -> None:
    names = " and ".join(f"Ann{i}, Bo{i}" for i in range(50))
    long = Turn(f"Who saw {names}?", "x" * 100)
    found = asked("When did she see it?", long)
    assert len(found) <= MOST
    assert max(map(len, asked("Why?", long))) <= LONGEST + 200


def test_the_best_supported_reading_is_kept() -> None:
    one, other = Reading("one"), Reading("other")
    no = Support(False, 0.9, "")
    assert best([(one, Support(True, 0.6, "")), (other, Support(True, 0.7, ""))]) == 1
    assert best([(one, no), (other, Support(True, 0.5, ""))]) == 1
    assert best([(one, no), (other, no)]) == 0


def test_what_leans_is_asked_as_typed_only_if_nothing_else_is_answered() -> None:
    typed, read = Reading("Who met him?", typed=True, leans=True), Reading("Who met Bo?")
    good, better, no = Support(True, 0.5, ""), Support(True, 0.9, ""), Support(False, 0.1, "")
    assert best([(read, good), (typed, better)]) == 0
    assert best([(read, no), (typed, good)]) == 1


def test_what_is_newly_named_must_stand_beside_the_answer() -> None:
    other, typed = Reading("Canada's share?", "Canada"), Reading("Share?", typed=True)
    japan = Support(True, 0.9, "Japan's share was 8.6 percent.")
    assert best([(other, japan), (typed, Support(True, 0.1, ""))]) == 1
    assert not holds(japan.evidence, "加拿大")
    assert holds(japan.evidence, "")
