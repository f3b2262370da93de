"""The readings of a follow-up question, and which of them is chosen."""

from dataclasses import dataclass

import pytest

from qa.followup.resolution import MAX_PREVIOUS
from qa.followup.rewriting import (
    MAX_READINGS,
    Reading,
    Support,
    best_supported,
    is_sure,
    mentions,
    readings,
)


@dataclass(frozen=True)
class Turn:
    question: str
    text: str | None = None
    sentence: str | None = None
    understood: str | None = None


MET = Turn("Where did Ann Lee meet Bo?", "Rome", "Ann Lee met Bo in Rome.")
WON = Turn("谁在罗马赢得了比赛？", "李四", "李四在罗马赢得了比赛。")


def rewrites(question: str, *history: Turn) -> list[str]:
    return [reading.question for reading in readings(question, history)]


@pytest.mark.parametrize("question", ["When?", "And who met him there?", "什么时候？", "Who?"])
def test_without_history_a_question_is_searched_as_typed(question: str) -> None:
    assert readings(f" {question} ") == [Reading(question, as_typed=True)]


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
def test_a_self_contained_question_has_one_reading(question: str) -> None:
    assert rewrites(question, MET) == rewrites(question, WON) == [question]


def test_a_topic_of_somebody_unknown_follows_the_turn_before() -> None:
    before = Turn("How old is he?", "41", understood="Who ran at Lake Ulm? 李四. How old is he?")
    full = "Who ran at Lake Ulm? 李四. How old is he? 41. And his guide?"
    assert rewrites("And his guide?", before) == [full]


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
        ("And his sister?", Turn("How old is Bo Li's wife?"), "How old is Bo Li's sister?"),
        ("What did Ann Lee tell him?", MET, "What did Ann Lee tell Bo?"),
    ],
)
def test_missing_words_come_from_the_previous_turn(question: str, before: Turn, first: str) -> None:
    assert rewrites(question, before)[0] == first


def test_a_very_short_question_in_any_language_is_appended_to_the_previous_one() -> None:
    together, typed = readings("¿Cuándo?", [MET])
    assert together.question == "Where did Ann Lee meet Bo? Rome. ¿Cuándo?"
    assert typed.as_typed


def test_only_the_last_turn_is_used_as_it_was_understood() -> None:
    last = Turn("And when?", "Monday", "It was Monday.", "When did Ann Lee meet Bo?")
    assert rewrites("Why?", WON, last) == ["Why did Ann Lee meet Bo?"]
    refused = Turn("How high is Mount Everest?")
    assert "Ann" not in rewrites("And where?", MET, refused)[0]


def test_the_number_and_length_of_readings_are_limited() -> None:
    names = " and ".join(f"Ann{i}, Bo{i}" for i in range(50))
    long = Turn(f"Who saw {names}?", "x" * 100)
    texts = rewrites("When did she see it?", long)
    assert len(texts) <= MAX_READINGS
    assert max(map(len, rewrites("Why?", long))) <= MAX_PREVIOUS + 200


def test_the_best_supported_reading_is_chosen() -> None:
    one, other = Reading("one"), Reading("other")
    no = Support(False, 0.9, "")
    assert best_supported([(one, Support(True, 0.6, "")), (other, Support(True, 0.7, ""))]) == 1
    assert best_supported([(one, no), (other, Support(True, 0.5, ""))]) == 1
    assert best_supported([(one, no), (other, no)]) == 0


def test_an_incomplete_question_is_used_as_typed_only_if_no_rewrite_is_answered() -> None:
    typed, read = Reading("Who met him?", as_typed=True, incomplete=True), Reading("Who met Bo?")
    good, better, no = Support(True, 0.5, ""), Support(True, 0.9, ""), Support(False, 0.1, "")
    assert best_supported([(read, good), (typed, better)]) == 0
    assert best_supported([(read, no), (typed, good)]) == 1


def test_the_evidence_must_mention_the_new_topic() -> None:
    other, typed = Reading("Canada's share?", "Canada"), Reading("Share?", as_typed=True)
    japan = Support(True, 0.9, "Japan's share was 8.6 percent.")
    assert best_supported([(other, japan), (typed, Support(True, 0.1, ""))]) == 1
    assert not mentions(japan.evidence, "加拿大")
    assert mentions(japan.evidence, "")


MEETING = Reading("When had Bo met the crews?", antecedents=("Bo", "crews"))


def test_a_reading_counts_for_more_if_the_sentence_names_its_antecedents() -> None:
    other = Reading("When had Cy met the crews?", antecedents=("Cy", "crews"))
    sentence = "Bo had met them in 2019."
    support = Support(True, 0.8, f"Cy and Bo met the crews. {sentence}", sentence)
    assert best_supported([(other, support), (MEETING, support)]) == 1


def test_only_a_well_supported_complete_reading_is_sure() -> None:
    sentence = "Bo met the crews in 2019."
    support = Support(True, 0.9, sentence, sentence)
    assert is_sure(MEETING, support)
    assert not is_sure(MEETING, Support(True, 0.9, "It was in 2019.", "It was in 2019."))
    assert not is_sure(MEETING, Support(False, 0.9, sentence, sentence))
    assert not is_sure(Reading("When?", as_typed=True, incomplete=True), support)


def test_a_name_in_another_script_is_neither_near_nor_missing() -> None:
    chinese = Support(True, 0.9, "李四在2019年会见了船员。", "李四在2019年会见了船员。")
    english = Support(True, 0.9, "It was in 2019.", "It was in 2019.")
    assert best_supported([(MEETING, english), (MEETING, chinese)]) == 1
