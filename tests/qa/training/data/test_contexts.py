"""Loading annotated contexts, and the windows cut from them."""

import random
from pathlib import Path

import pytest

from qa.training.data.contexts import (
    Context,
    Question,
    contains_answer,
    draw_positive,
    load,
    pack_sentences,
    passages,
)
from tests.support.question_sets import record, write_records
from tests.support.tiny_models import tiny_tokenizer

Loaded = tuple[list[Context], list[Question]]


def test_answers_that_are_not_at_their_offset_are_dropped(loaded: Loaded) -> None:
    contexts, questions = loaded
    assert len(questions) == 8
    assert all(len(q.answers) == 1 for q in questions)
    start, end = questions[1].answers[0]
    assert contexts[0].text[start:end] == "number 0"


def test_chinese_and_japanese_are_recognised(tmp_path: Path) -> None:
    entries = [
        record("漢語學習很難。", "誰？", "漢語"),
        record("The rain in Ulm.", "Where?", "Ulm"),
    ]
    contexts, _ = load([write_records(tmp_path / "x.jsonl", entries)], tiny_tokenizer())
    assert [c.cjk for c in contexts] == [True, False]
    assert {c.source for c in contexts} == {"x"}


def test_passages_cover_a_context_in_order_without_overlap(loaded: Loaded) -> None:
    context = loaded[0][0]
    ranges, text = passages(context), context.text
    assert len(ranges) > 1
    assert "".join("".join(text[a:b] for a, b in ranges).split()) == "".join(text.split())
    assert all(text[b - 1] == "." for _, b in ranges)


def test_packed_windows_stay_within_the_limit(loaded: Loaded) -> None:
    context = loaded[0][0]
    tokens = {start: count for start, _, count in context.pieces}
    for limit in (20, 60):
        for a, b in pack_sentences(context, limit):
            assert sum(n for start, n in tokens.items() if a <= start < b) <= limit


def test_a_positive_window_holds_its_answers(loaded: Loaded) -> None:
    contexts, questions = loaded
    rng = random.Random(1)
    for question in questions * 5:
        window = draw_positive(question, contexts[question.context], rng)
        assert window is not None
        assert window.answers
        for start, end in window.answers:
            assert window.start <= start < end <= window.end


def test_an_answer_longer_than_any_window_is_given_up() -> None:
    pieces = tuple((n * 10, n * 10 + 9, 40) for n in range(12))
    context = Context("x" * 120, "en-x", "", False, pieces)
    assert draw_positive(Question("?", 0, ((0, 120),)), context, random.Random(1)) is None


@pytest.mark.parametrize(("text", "expected"), [("by ANNA SMITH.", True), ("by Boris.", False)])
def test_answers_are_recognised_whatever_their_case(
    loaded: Loaded, text: str, expected: bool
) -> None:
    contexts, questions = loaded
    assert contains_answer(text, questions[0], contexts[0]) is expected
