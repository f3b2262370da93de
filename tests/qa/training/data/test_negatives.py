"""Passages without the answer, drawn at random or mined with the retriever."""

import random
from dataclasses import replace

from qa.training.data.contexts import Context, Question, Window
from qa.training.data.negatives import NegativeSampler, mine_negatives
from tests.support.fakes import FakeEncoder

Loaded = tuple[list[Context], list[Question]]


def test_drawn_negatives_do_not_contain_the_answer(loaded: Loaded) -> None:
    contexts, questions = loaded
    sampler, rng = NegativeSampler(contexts, {}), random.Random(1)
    drawn = 0
    for number, question in list(enumerate(questions)) * 5:
        window = sampler.draw(number, question, rng)
        if window is not None:
            drawn += 1
            text = contexts[window.context].text[window.start : window.end]
            answer = contexts[question.context].text[slice(*question.answers[0])]
            assert answer not in text
    assert drawn > 10


def test_most_negatives_are_mined_ones_where_there_are_any(loaded: Loaded) -> None:
    contexts, questions = loaded
    mined = Window(2, 0, 5)
    sampler, rng = NegativeSampler(contexts, {1: [mined]}), random.Random(1)
    drawn = [sampler.draw(1, questions[1], rng) for _ in range(100)]
    assert 55 < drawn.count(mined) < 85


def test_mined_negatives_are_the_nearest_passages_without_the_answer(
    loaded: Loaded, encoder: FakeEncoder
) -> None:
    contexts, questions = loaded
    mined = mine_negatives([1, 3], contexts, questions, encoder)
    assert set(mined) == {1, 3}
    for number, windows in mined.items():
        question = questions[number]
        answer = contexts[question.context].text[slice(*question.answers[0])]
        assert windows
        assert all(answer not in contexts[w.context].text[w.start : w.end] for w in windows)
        assert not any(w.answers for w in windows)
    # "Which number?" is nearest to the ends of the other contexts, which also name a number
    first = mined[1][0]
    assert "number" in contexts[first.context].text[first.start : first.end]


def test_reviews_get_no_negatives_from_other_reviews(loaded: Loaded, encoder: FakeEncoder) -> None:
    contexts = [replace(c, source="en-amazon") for c in loaded[0]]
    questions = loaded[1]
    assert mine_negatives([0, 1], contexts, questions, encoder) == {}
    sampler, rng = NegativeSampler(contexts, {}), random.Random(1)
    drawn = [sampler.draw(1, questions[1], rng) for _ in range(20)]
    assert {w.context for w in drawn if w} == {questions[1].context}
