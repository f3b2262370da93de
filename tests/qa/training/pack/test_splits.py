"""A split: what is kept, and in which order."""

import pytest

from qa.training.corpus.contexts import Corpus
from qa.training.pack import splits
from qa.training.pack.question_variants import Variants
from qa.training.pack.ranking import by_keywords
from qa.training.pack.splits import make_split
from qa.training.pack.texts import Split


def test_contexts_of_chosen_questions_are_kept_in_order(corpus: Corpus, variants: Variants) -> None:
    contexts, questions = corpus
    split = make_split(corpus, [25, 4, 5], variants, by_keywords)
    assert [q.text for q in split.questions] == [questions[n].text for n in (4, 5, 25)]
    assert [q.context for q in split.questions] == [0, 0, 1]
    assert split.contexts == [contexts[questions[4].context], contexts[questions[25].context]]


def test_several_processes_cut_the_same(
    corpus: Corpus, variants: Variants, split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splits, "CHUNK", 8)
    assert make_split(corpus, range(1, len(corpus[1])), variants, by_keywords) == split


def test_the_lists_are_parallel(split: Split) -> None:
    assert len(split.contexts) == len(split.cuts) == 20
    assert len(split.questions) == len(split.ranked) == len(split.variants) == 29
    for row in split.ranked:
        for context, passage in row:
            assert passage < len(split.cuts[context].passages)


def test_english_and_chinese_questions_meet_the_other_language(split: Split) -> None:
    pairs = {
        (split.contexts[question.context].language, split.contexts[context].language)
        for question, row in zip(split.questions, split.ranked, strict=True)
        for context, _ in row
    }
    assert pairs == {("en", "en"), ("zh", "zh"), ("en", "zh"), ("zh", "en")}


def test_the_same_corpus_gives_the_same_split(
    corpus: Corpus, variants: Variants, split: Split
) -> None:
    assert make_split(corpus, range(1, len(corpus[1])), variants, by_keywords) == split
