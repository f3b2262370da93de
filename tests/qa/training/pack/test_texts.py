"""The arrays of a split."""

import itertools
import re

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from qa.training.corpus.contexts import Context, Question
from qa.training.corpus.cutting import Cut, cut
from qa.training.pack.pack_file import CLAUSE, PHRASE, QUESTION_TOKENS, Texts
from qa.training.pack.texts import LONGEST_SENTENCE, Split, build_texts

SOURCES = ["en-tiny", "zh-cmrc-tiny"]


def tokenizer_of(*texts: str) -> Tokenizer:
    """A tokenizer that knows every word, and every character of Chinese."""
    words = dict.fromkeys(
        w for text in texts for w in re.findall(r"[一-鿿]|[^\W一-鿿]+|[^\w\s]", text)
    )
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *words]
    tokenizer = Tokenizer(models.WordLevel({p: n for n, p in enumerate(pieces)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex("[一-鿿]"), "isolated"), pre_tokenizers.Whitespace()]
    )
    return tokenizer


def words(tokenizer: Tokenizer, ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    return " ".join(tokenizer.id_to_token(int(n)) or "?" for n in ids)


@pytest.fixture
def tokenizer(split: Split) -> Tokenizer:
    return tokenizer_of(
        *(c.text for c in split.contexts),
        *(q.text for q in split.questions),
        *(text for row in split.variants for _, text in row),
    )


@pytest.fixture
def texts(split: Split, tokenizer: Tokenizer) -> Texts:
    return build_texts(split, SOURCES, tokenizer)


def test_every_text_comes_back(split: Split, texts: Texts, tokenizer: Tokenizer) -> None:
    bounds = texts.sentence_start[texts.context_sentence]
    for context, (first, end) in zip(split.contexts, itertools.pairwise(bounds), strict=True):
        found = words(tokenizer, texts.tokens[first:end])
        assert found.replace(" ", "") == context.text.replace(" ", "")
    for question, (first, end) in zip(
        split.questions, itertools.pairwise(texts.question_start), strict=True
    ):
        found = words(tokenizer, texts.question_tokens[first:end])
        assert found.replace(" ", "") == question.text.replace(" ", "")


def test_answers_are_the_tokens_of_the_marked_text(
    split: Split, texts: Texts, tokenizer: Tokenizer
) -> None:
    marked = [
        (n, split.contexts[q.context].text[start:end].replace(" ", ""))
        for n, q in enumerate(split.questions)
        for start, end in q.answers
    ]
    rows = zip(texts.answer_question, texts.answer_first, texts.answer_last, strict=True)
    found = [
        (n, words(tokenizer, texts.tokens[first : last + 1]).replace(" ", ""))
        for n, first, last in rows
    ]
    assert found == marked


def test_bounds_rise_and_end_with_what_they_bound(texts: Texts) -> None:
    for bounds, end in (
        (texts.sentence_start, len(texts.tokens)),
        (texts.passage_start, len(texts.sentence_start) - 1),
        (texts.context_sentence, len(texts.sentence_start) - 1),
        (texts.context_passage, len(texts.passage_start) - 1),
        (texts.question_start, len(texts.question_tokens)),
        (texts.variant_start, len(texts.variant_tokens)),
    ):
        assert bounds[0] == 0
        assert bounds[-1] == end
        assert (np.diff(bounds) > 0).all()
    for ascending in (texts.answer_question, texts.ranked_question, texts.variant_question):
        assert (np.diff(ascending) >= 0).all()


def test_columns_name_source_article_script_and_guide(split: Split, texts: Texts) -> None:
    chinese = [c.language == "zh" for c in split.contexts]
    assert [SOURCES[n] == "zh-cmrc-tiny" for n in texts.context_source] == chinese
    assert texts.context_unspaced.tolist() == chinese
    assert len(set(texts.context_article.tolist())) == 20
    guides = [CLAUSE if chinese[q.context] else PHRASE for q in split.questions]
    assert texts.question_guide.tolist() == guides


def one_context(text: str, question: Question, found: Cut | None = None) -> Texts:
    context = Context(text, "en-tiny", "", text, False)
    split = Split([context], [found or cut(text)], [question], [[]], [[]])
    return build_texts(split, SOURCES, tokenizer_of(text, question.text))


def test_a_token_belongs_to_the_sentence_where_it_starts() -> None:
    texts = one_context("It rained. He left early. Fine.", Question("Who?", 0, ()))
    assert texts.sentence_start.tolist() == [0, 3, 7, 9]


def test_sentences_and_passages_are_those_of_the_cut() -> None:
    text = "The council met. It approved the budget of the city, as expected. " * 30
    texts = one_context(text, Question("Who?", 0, ()))
    found = cut(text)
    assert len(texts.sentence_start) - 1 == len(found.sentences)
    assert len(texts.passage_start) - 1 == len(found.passages) > 1
    firsts = [len(re.findall(r"\w+|[^\w\s]", text[:start])) for start, _ in found.passages]
    assert texts.sentence_start[texts.passage_start[:-1]].tolist() == firsts


def test_long_sentences_are_cut_evenly() -> None:
    text = " ".join(f"w{n}" for n in range(2 * LONGEST_SENTENCE + 10))
    texts = one_context(text, Question("Who?", 0, ()), Cut((0,), ((0, len(text)),)))
    lengths = np.diff(texts.sentence_start)
    assert len(lengths) == 3
    assert lengths.max() - lengths.min() <= 1
    assert texts.passage_start.tolist() == [0, 3]


def test_long_questions_are_cut() -> None:
    texts = one_context("It rained.", Question("why " * 100, 0, ()))
    assert len(texts.question_tokens) == QUESTION_TOKENS


def test_equal_answers_count_once() -> None:
    texts = one_context("It rained a lot.", Question("What?", 0, ((3, 9), (3, 8), (12, 15))))
    assert texts.answer_first.tolist() == [1, 3]
    assert texts.answer_last.tolist() == [1, 3]


def test_a_passage_that_begins_within_the_last_token_is_part_of_the_one_before() -> None:
    text = "It rained. Wonderful"
    texts = one_context(text, Question("What?", 0, ()), Cut((0, 11), ((0, 15), (15, 20))))
    assert texts.sentence_start.tolist() == [0, 3, 4]
    assert texts.passage_start.tolist() == [0, 1, 2]
    two = Cut((0,), ((0, 11), (15, 20)))
    assert one_context(text, Question("What?", 0, ()), two).passage_start.tolist() == [0, 1]
