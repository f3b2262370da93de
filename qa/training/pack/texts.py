"""Turn contexts, questions and variants into the arrays of a split, in the encoder's token ids."""

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.text.scripts import unspaced
from qa.training.corpus.contexts import Context, Question
from qa.training.corpus.cutting import Cut

from .arrays import Integers
from .guides import guide_of
from .pack_file import QUESTION_TOKENS, Texts
from .question_variants import Variant
from .ranking import Place

LONGEST_SENTENCE = 150  # tokens


@dataclass(frozen=True, slots=True)
class Split:
    """What `build_texts` reads: parallel lists for contexts, and others for questions.

    Attributes:
        contexts: The contexts.
        cuts: Their cuts.
        questions: By ascending context.
        ranked: The passages ranked for each question.
        variants: The kinds and texts of each question's variants.
    """

    contexts: Sequence[Context]
    cuts: Sequence[Cut]
    questions: Sequence[Question]
    ranked: Sequence[Sequence[Place]]
    variants: Sequence[Sequence[Variant]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one context.

    Attributes:
        ids: The encoder's ids.
        ranges: The characters of each.
        sentences: The first token of each sentence.
        passages: The first sentence of each passage.
        passage_of: The number here of each passage of the cut: a token may span two.
    """

    ids: list[int]
    ranges: list[tuple[int, int]]
    sentences: Integers
    passages: Integers
    passage_of: Integers


def build_texts(split: Split, sources: Sequence[str], tokenizer: Tokenizer) -> Texts:
    """Tokenise a split into the encoder's ids."""
    texts = [context.text for context in split.contexts]
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    tokens = [_tokens(*item) for item in zip(split.contexts, split.cuts, encodings, strict=True)]
    return Texts(
        **_context_columns(split, sources, tokens),
        **_question_columns(split, tokens, tokenizer),
        **_ranked_columns(split, tokens),
        **_variant_columns(split, tokenizer),
    )


def _tokens(context: Context, cut: Cut, encoding: Encoding) -> Tokens:
    """Assign each token to the sentence, and each sentence to the passage, where it starts."""
    text = context.text
    # a token may include the space before its word
    starts = [a + (a < b and text[a].isspace()) for a, b in encoding.offsets]
    begins = np.searchsorted(starts, [0, *cut.sentences])
    begins[0] = 0
    begins = np.unique(begins[begins < len(starts)])
    ends = [*begins[1:], len(starts)]
    sentences = [first for pair in zip(begins, ends, strict=True) for first in _cut_long(*pair)]
    first_tokens = np.searchsorted(starts, [a for a, _ in cut.passages])
    # a passage may begin within the last token
    passages = np.searchsorted(sentences, first_tokens, "right") - 1
    passages[:1] = 0
    unique, passage_of = np.unique(passages, return_inverse=True)
    return Tokens(encoding.ids, encoding.offsets, np.array(sentences), unique, passage_of)


def _cut_long(first: int, end: int) -> list[int]:
    """Return the first tokens of the even parts that a sentence is cut into."""
    parts = -(-(end - first) // LONGEST_SENTENCE)
    return [first + (end - first) * part // parts for part in range(parts)]


def _context_columns(
    split: Split, sources: Sequence[str], tokens: Sequence[Tokens]
) -> dict[str, Integers]:
    contexts = split.contexts
    articles = {article: n for n, article in enumerate(dict.fromkeys(c.article for c in contexts))}
    passages = [t.passages for t in tokens]
    return {
        "tokens": _flat(t.ids for t in tokens),
        "context_sentence": _bounds(t.sentences for t in tokens),
        "context_passage": _bounds(passages),
        "context_source": _column(sources.index(c.source) for c in contexts),
        "context_article": _column(articles[c.article] for c in contexts),
        "context_unspaced": _column(unspaced(c.text) for c in contexts),
        "sentence_start": _shifted([t.sentences for t in tokens], _bounds(t.ids for t in tokens)),
        "passage_start": _shifted(passages, _bounds(t.sentences for t in tokens)),
    }


def _question_columns(
    split: Split, tokens: Sequence[Tokens], tokenizer: Tokenizer
) -> dict[str, Integers]:
    first_token = _bounds(t.ids for t in tokens)
    ids = _question_ids([q.text for q in split.questions], tokenizer)
    answers = [
        (n, *(first_token[q.context] + np.array(answer)))
        for n, q in enumerate(split.questions)
        for answer in sorted({_covering(tokens[q.context].ranges, *a) for a in q.answers})
    ]
    sources = [split.contexts[q.context].source for q in split.questions]
    guides = (guide_of(s, q.text) for s, q in zip(sources, split.questions, strict=True))
    return {
        "question_context": _column(q.context for q in split.questions),
        "question_guide": _column(guides),
        "question_start": _bounds(ids),
        "question_tokens": _flat(ids),
        "answer_question": _column(a[0] for a in answers),
        "answer_first": _column(a[1] for a in answers),
        "answer_last": _column(a[2] for a in answers),
    }


def _covering(ranges: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the first and last token that overlap the characters from `start` to `end`."""
    inside = [n for n, (a, b) in enumerate(ranges) if a < end and start < b]
    return inside[0], inside[-1]


def _ranked_columns(split: Split, tokens: Sequence[Tokens]) -> dict[str, Integers]:
    first_passage = _bounds(t.passages for t in tokens)
    ranked = [
        (n, first_passage[context] + tokens[context].passage_of[passage])
        for n, row in enumerate(split.ranked)
        for context, passage in row
    ]
    return {
        "ranked_question": _column(r[0] for r in ranked),
        "ranked_passage": _column(r[1] for r in ranked),
    }


def _variant_columns(split: Split, tokenizer: Tokenizer) -> dict[str, Integers]:
    variants = [(n, *variant) for n, row in enumerate(split.variants) for variant in row]
    ids = _question_ids([text for *_, text in variants], tokenizer)
    return {
        "variant_question": _column(v[0] for v in variants),
        "variant_kind": _column(v[1] for v in variants),
        "variant_start": _bounds(ids),
        "variant_tokens": _flat(ids),
    }


def _question_ids(texts: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [encoding.ids[:QUESTION_TOKENS] for encoding in encodings]


def _bounds(parts: Iterable[Sized]) -> Integers:
    """Return where each of a row of parts begins, and where the last ends."""
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _shifted(parts: Sequence[Integers], bounds: Integers) -> Integers:
    """Join parts that count from their own beginning; the last value is the end."""
    moved = [part + first for part, first in zip(parts, bounds, strict=False)]
    return _flat([*moved, bounds[-1:]])


def _flat(parts: Iterable[Sequence[int] | Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.int64), *(np.asarray(p, np.int64) for p in parts)])


def _column(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int64)
