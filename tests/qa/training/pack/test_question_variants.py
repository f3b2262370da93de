"""All variants of a question."""

import random

from qa.training.corpus.contexts import SIMPLIFIED, Context, Corpus
from qa.training.pack.pack_file import CARELESS, NEAR_MISS, SWITCHED
from qa.training.pack.question_variants import Variants, code_switcher


def test_every_kind_occurs_and_differs_from_the_question(
    corpus: Corpus, variants: Variants
) -> None:
    contexts, questions = corpus
    drawn = {q: variants.of(q, contexts[q.context]) for q in questions}
    assert {kind for rows in drawn.values() for kind, _ in rows} == {CARELESS, SWITCHED, NEAR_MISS}
    for question, rows in drawn.items():
        assert question.text not in [text for _, text in rows]
        for kind in (CARELESS, SWITCHED, NEAR_MISS):
            assert len([text for k, text in rows if k == kind]) <= 2


def test_the_same_question_gets_the_same_variants(corpus: Corpus, variants: Variants) -> None:
    contexts, questions = corpus
    first = [variants.of(q, contexts[q.context]) for q in questions]
    again = [variants.of(q, contexts[q.context]) for q in reversed(questions)]
    assert first == again[::-1]


def test_unanswerable_questions_have_no_near_misses(corpus: Corpus, variants: Variants) -> None:
    contexts, questions = corpus
    for question in questions:
        if not question.answers:
            kinds = [kind for kind, _ in variants.of(question, contexts[question.context])]
            assert NEAR_MISS not in kinds


def test_near_misses_exchange_a_name_of_the_context(corpus: Corpus, variants: Variants) -> None:
    contexts, questions = corpus
    rows = variants.of(questions[0], contexts[questions[0].context])
    (near_miss,) = [text for kind, text in rows if kind == NEAR_MISS]
    assert near_miss.startswith("Who signed the treaty in ")
    assert "Bonn" not in near_miss


def test_the_switcher_counts_words_of_simplified_texts() -> None:
    contexts = [Context("总统签署条约。", f"zh-a{SIMPLIFIED}", "", "", False)]
    switched = code_switcher(contexts).switch("Who signed treaty?", random.Random(0))
    assert switched
    assert "谁" in switched or "条约" in switched
