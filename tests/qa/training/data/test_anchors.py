"""Anchors are the answers of the right question, passage, context, article and language."""

import random

import pytest

from qa.training.data.anchors import Anchors
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=18)
TEXTS = PACK.splits["train"]
ANCHORS = Anchors(PACK, TEXTS)


def test_an_anchor_is_the_sentence_of_an_answer() -> None:
    for question in range(len(TEXTS.question_context)):
        for anchor in ANCHORS.of_question(question):
            assert anchor.context == TEXTS.question_context[question]
            assert TEXTS.sentence_start[anchor.first_sentence] <= anchor.first
            assert anchor.last < TEXTS.sentence_start[anchor.end_sentence]
            assert anchor.end_sentence == anchor.first_sentence + 1
    assert len(ANCHORS.all) == len(TEXTS.answer_first)


@pytest.mark.parametrize("seed", range(20))
def test_anchors_come_from_where_they_are_asked_for(seed: int) -> None:
    rng = random.Random(seed)
    context = rng.randrange(18)
    own = ANCHORS.in_context(context, rng)
    assert own is None or own.context == context
    related = ANCHORS.in_article(context, rng)
    if related is not None:
        assert related.context != context
        assert TEXTS.context_article[related.context] == TEXTS.context_article[context]
    same_language = ANCHORS.in_language(context, rng)
    assert same_language is not None
    assert TEXTS.context_source[same_language.context] == TEXTS.context_source[context]
    sentence = ANCHORS.any_sentence(context, rng)
    low, high = TEXTS.context_sentence[context : context + 2]
    assert low <= sentence.first_sentence < high


def test_an_anchor_of_a_passage_is_in_it_if_it_has_answers() -> None:
    rng = random.Random(0)
    for passage in range(len(TEXTS.passage_start) - 1):
        low, high = TEXTS.passage_start[passage : passage + 2]
        inside = [a for a in ANCHORS.all if low <= a.first_sentence < high]
        drawn = ANCHORS.in_passage(passage, rng)
        assert drawn in inside or not inside
