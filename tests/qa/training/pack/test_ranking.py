"""Passages that resemble a question's own but do not answer it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qa.training.corpus.contexts import Context, Question, contains_answer
from qa.training.corpus.cutting import cut
from qa.training.pack.ranking import KEPT, Pool, by_encoder, by_keywords, rank, rank_across
from tests.support.packs import load_corpus


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    contexts, questions = load_corpus(tmp_path)
    return Pool(contexts, questions, {n: cut(c.text) for n, c in enumerate(contexts)})


def test_keywords_rank_by_rare_terms() -> None:
    passages = ["the treaty of Bonn", "the cup", "the treaty", "the the the the Bonn treaty cup"]
    ranked = by_keywords(["treaty of Bonn", "nothing known"], passages)
    assert ranked[0][0] == 0
    assert 1 not in ranked[0]
    assert ranked[1] == []


def test_keywords_know_scripts_without_spaces() -> None:
    assert by_keywords(["总统签署了什么？"], ["天气很好。", "总统签署条约。"]) == [[1]]


def test_common_terms_are_not_searched() -> None:
    passages = [f"common word{n}" for n in range(100)]
    assert by_keywords(["common word7"], passages) == [[7]]


def test_no_ranked_passage_holds_or_overlaps_an_answer(pool: Pool) -> None:
    ranked = rank(pool, range(len(pool.questions)), by_keywords)
    assert len(ranked) == len(pool.questions)
    for number, places in ranked.items():
        question = pool.questions[number]
        assert 0 < len(places) <= KEPT
        for place in places:
            context = pool.contexts[place[0]]
            assert context.source == pool.context_of(number).source
            assert not contains_answer(pool.text(place), question, pool.context_of(number))
            # these contexts are one passage, which holds the answer or is the question's own
            assert place[0] != question.context


def test_other_passages_of_its_own_context_are_ranked() -> None:
    text = "The treaty was signed by Anna in Bonn. " + "The treaty was long, said Bonn. " * 40
    context = Context(text, "en-a", "", text, False)
    question = Question("Who signed the treaty in Bonn?", 0, ((25, 29),))
    found = cut(text)
    ranked = rank(Pool([context], [question], {0: found}), [0], by_keywords)
    assert ranked[0]
    assert (0, 0) not in ranked[0]
    unanswerable = Question(question.text, 0, ())
    assert rank(Pool([context], [unanswerable], {0: found}), [0], by_keywords) == {0: []}


def test_only_chosen_questions_and_contexts_with_a_cut_take_part(pool: Pool) -> None:
    small = Pool(pool.contexts, pool.questions, {n: pool.cuts[n] for n in (0, 1)})
    assert rank(small, [0], by_keywords) == {0: [(1, 0)]}


def test_reviews_have_no_passages_from_elsewhere(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.training.pack.ranking.OWN_CONTEXT_ONLY", ("en-tiny",))
    numbers = [n for n in range(len(pool.questions)) if pool.context_of(n).source == "en-tiny"]
    assert rank(pool, numbers, by_keywords) == {}


def test_switched_questions_find_a_passage_of_the_other_language(pool: Pool) -> None:
    ranked = rank_across(
        pool, {0: "谁签署条约？", len(pool.questions) - 1: "treaty cup"}, by_keywords
    )
    (english,), (chinese,) = ranked.values()
    assert pool.contexts[english[0]].language == "zh"
    assert pool.contexts[chinese[0]].language == "en"


class CountingEncoder:
    """Vectors of how often three letters occur."""

    name, revision, dimension = "counting", "1", 3

    def queries(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.array([[text.count(c) for c in "abc"] for text in texts], np.float32)

    passages = queries


def test_the_encoder_ranks_by_inner_product() -> None:
    search = by_encoder(CountingEncoder())
    assert search(["b", "c"], ["aab", "bbb", "cb"]) == [[1, 0, 2], [2, 0, 1]]
