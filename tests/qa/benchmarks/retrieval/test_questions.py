"""Judged questions: which passages are relevant to them."""

import json
from pathlib import Path

from index.passage import Passage
from qa.benchmarks.retrieval.questions import (
    load_own_questions,
    load_questions,
    set_name,
    switched,
    write_seeds,
)
from qa.training.variants.code_switching import CodeSwitcher


def passage(article: str, start: int, end: int, text: str = "x") -> Passage:
    return Passage(article, start, end, text, "body", "en", None)


def test_a_limit_samples_questions_evenly(towns: Path) -> None:
    assert [q.question.split()[-1] for q in load_questions(towns, 2)] == ["Ulm?", "Bonn?"]
    assert len(load_questions(towns)) == 5


def test_a_passage_is_relevant_if_the_answer_begins_in_it(towns: Path) -> None:
    ulm, *_ = load_questions(towns)
    start = len("The market of Ulm has ")
    assert ulm.is_relevant(passage("towns-0", 0, start + 1))
    assert not ulm.is_relevant(passage("towns-0", 0, start))
    assert not ulm.is_relevant(passage("towns-1", 0, start + 1))


def test_own_questions_are_judged_by_their_evidence(tmp_path: Path) -> None:
    lines = [
        {"kind": "en", "question": "Stalls?", "evidence": "10 stalls"},
        {"kind": "refuse", "question": "Boats?"},  # has no evidence and is left out
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    (question,) = load_own_questions(path)
    assert question.group == "own, en"
    assert question.is_relevant(passage("a", 0, 9, "has 10 stalls."))
    assert not question.is_relevant(passage("a", 0, 9, "has 11 stalls."))


def test_contexts_are_written_as_articles_with_titles(towns: Path, tmp_path: Path) -> None:
    write_seeds(towns, tmp_path / "seeds")
    first = json.loads((tmp_path / "seeds" / "towns.jsonl").read_text().splitlines()[0])
    assert first == {"id": "towns-0", "text": "The market of Ulm has 10 stalls.", "title": "Ulm"}
    assert set_name(towns) == "towns"


def test_a_question_in_other_words_keeps_its_passage(towns: Path) -> None:
    words = {"市场": "market", "摊位": "stall", "乌尔姆": "Ulm"}
    entries = [
        {"simplified": chinese, "traditional": chinese, "definitions": [english]}
        for chinese, english in words.items()
    ]
    questions = load_questions(towns)
    (ulm,) = switched(questions, CodeSwitcher(entries, []))[:1]
    assert ulm.group == "towns, zh>en"
    assert ulm.question != questions[0].question
    assert ulm.is_relevant is questions[0].is_relevant
