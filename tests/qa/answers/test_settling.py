"""Answers to yes/no questions: a sentence, or nothing."""

import pytest

from qa.answers.answering import Answer
from qa.answers.settling import settle
from qa.answers.stages import best_answer
from qa.retrieval.retriever import Hit
from tests.support.fakes import FakeReader
from tests.support.hits import make_hit

OPENED = make_hit("The Orvel bridge opened on Monday. It cost 9 million euros.", article_id="a.txt")
CLOSED = make_hit("The Orvel bridge has not opened.", article_id="b.txt")
RAIN = make_hit("The bridge in Ulm opened.", article_id="c.txt")
CHINESE = make_hit("奥维尔大桥周一通车。", article_id="d.txt")
QUESTION = "Has the Orvel bridge opened?"


def settled(
    question: str, *hits: Hit, words: tuple[str, ...], confidence: float = 0.9
) -> Answer | None:
    reader = FakeReader(*words, confidence=confidence)
    return settle(reader, question, hits, 10)  # type: ignore[arg-type]


def test_the_answer_is_a_sentence() -> None:
    answer = settled(QUESTION, OPENED, words=("opened",))
    assert answer is not None
    assert answer.answered
    assert answer.undecided
    assert answer.text == answer.sentence == "The Orvel bridge opened on Monday."
    article = OPENED.article.text
    assert article[answer.start : answer.end] == answer.text
    assert answer.citations[0].text == answer.text


def test_other_sentences_are_alternatives() -> None:
    answer = settled(QUESTION, OPENED, CLOSED, words=("opened",))
    assert answer is not None
    texts = {answer.text, *(other.text for other in answer.alternatives)}
    assert texts == {"The Orvel bridge opened on Monday.", CLOSED.passage.text}


def test_another_thing_is_no_evidence() -> None:
    assert settled(QUESTION, RAIN, words=("opened",)) is None


def test_a_sentence_needs_part_of_the_question() -> None:
    assert settled("Was Orvel flooded by rain water?", OPENED, words=("euros",)) is None
    assert settled(QUESTION, OPENED, words=("zebra",)) is None


def test_an_unsure_sentence_settles_nothing() -> None:
    reader = FakeReader("opened")
    reader.threshold = 0.999
    assert settle(reader, QUESTION, [OPENED], 10) is None  # type: ignore[arg-type]


def test_where_nothing_settles_it_the_question_is_read_like_any_other() -> None:
    reader = FakeReader("9 million euros")
    question = "Was Orvel flooded by rain water?"
    answer = best_answer(reader, question, [OPENED])  # type: ignore[arg-type]
    assert (answer.answered, answer.text, answer.undecided) == (True, "9 million euros", False)


@pytest.mark.parametrize(("confidence", "answered"), [(0.9, True), (0.4, False)])
def test_in_another_script_the_reader_decides(confidence: float, answered: bool) -> None:
    answer = settled(QUESTION, CHINESE, words=("通车",), confidence=confidence)
    assert (answer.text if answer else None) == (CHINESE.passage.text if answered else None)


def test_all_selected_passages_are_read_in_the_parts_that_a_batch_reads_ahead() -> None:
    hits = [make_hit(f"The Orvel bridge is number {n}.", article_id=f"{n}") for n in range(12)]
    reader = FakeReader("bridge")
    settle(reader, QUESTION, hits, 10)  # type: ignore[arg-type]
    assert len(reader.texts) == 10
