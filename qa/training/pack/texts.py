"""Turn contexts, questions and variants into the arrays of a split, in the encoder's token ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.text.scripts import unspaced
from qa.training.corpus.contexts import Context, Question
from qa.training.corpus.cutting import Cut
from qa.training.corpus.guides import guide_of

from .arrays import Integers
from .pack_file import QUESTION_TOKENS, Texts
from .ranking import Place

LONGEST_SENTENCE = 150  # tokens


@dataclass(frozen=True, slots=True)
class Split:
    """The contexts of a split, in order; what `build_texts` reads.

    Attributes:
        contexts: The contexts that are kept.
        cuts: Their cuts.
        questions: Those that are kept, by ascending context.
        ranked: Passages by the question's position.
        variants: Kinds and texts by the question's position.
    """

    contexts: Sequence[Context]
    cuts: Sequence[Cut]
    questions: Sequence[Question]
    ranked: Mapping[int, Sequence[Place]]
    variants: Mapping[int, Sequence[tuple[int, str]]]


def build_texts(split: Split, sources: Sequence[str], tokenizer: Tokenizer) -> Texts:
    """Tokenise a split. Questions whose answers have no token of their own are kept without it."""
    encodings = tokenizer.encode_batch([c.text for c in split.contexts], add_special_tokens=False)
    firsts = _offsets(encodings)
    cuts = [_boundaries(c, k, e) for c, k, e in zip(split.contexts, split.cuts, encodings)]
    articles = {c.article: 0 for c in split.contexts}
    articles = {article: n for n, article in enumerate(articles)}
    sentence_counts = [len(sentences) for sentences, _ in cuts]
    sentence_first = _ends(sentence_counts)
    passage_first = _ends(len(np.unique(passages)) for _, passages in cuts)
    answers = [
        (n, int(firsts[q.context]) + first, int(firsts[q.context]) + last)
        for n, q in enumerate(split.questions)
        for first, last in sorted({_tokens_of(encodings[q.context], a) for a in q.answers})
    ]
    ranked = [
        (n, int(passage_first[c] + np.searchsorted(np.unique(cuts[c][1]), cuts[c][1][p])))
        for n in range(len(split.questions))
        for c, p in split.ranked.get(n, ())
    ]
    variants = [
        (n, kind, text)
        for n in range(len(split.questions))
        for kind, text in split.variants.get(n, ())
    ]
    question_ids = _question_ids([q.text for q in split.questions], tokenizer)
    variant_ids = _question_ids([text for *_, text in variants], tokenizer)
    return Texts(
        tokens=_flat(e.ids for e in encodings),
        context_sentence=sentence_first,
        context_passage=passage_first,
        context_source=_column(sources.index(c.source) for c in split.contexts),
        context_article=_column(articles[c.article] for c in split.contexts),
        context_unspaced=_column(unspaced(c.text) for c in split.contexts),
        sentence_start=np.append(
            _flat(s + f for (s, _), f in zip(cuts, firsts, strict=False)), firsts[-1]
        ),
        passage_start=np.append(
            _flat(np.unique(p) + f for (_, p), f in zip(cuts, sentence_first, strict=False)),
            sentence_first[-1],
        ),
        question_context=_column(q.context for q in split.questions),
        question_guide=_column(
            guide_of(split.contexts[q.context].source, q.text) for q in split.questions
        ),
        question_start=_ends(len(ids) for ids in question_ids),
        question_tokens=_flat(question_ids),
        answer_question=_column(a[0] for a in answers),
        answer_first=_column(a[1] for a in answers),
        answer_last=_column(a[2] for a in answers),
        ranked_question=_column(r[0] for r in ranked),
        ranked_passage=_column(r[1] for r in ranked),
        variant_question=_column(v[0] for v in variants),
        variant_kind=_column(v[1] for v in variants),
        variant_start=_ends(len(ids) for ids in variant_ids),
        variant_tokens=_flat(variant_ids),
    )


def _boundaries(context: Context, cut: Cut, encoding: Encoding) -> tuple[Integers, Integers]:
    """Return the first token of each sentence, and the number of each passage's first sentence."""
    starts = _starts(context.text, encoding)
    count = len(starts)
    sentences = {int(n) for n in np.searchsorted(starts, cut.sentences)} | {0}
    passages = np.minimum(np.searchsorted(starts, [a for a, _ in cut.passages]), count - 1)
    passages[:1] = 0
    sentences = sorted(n for n in sentences if n < max(1, count))
    cuts: list[int] = []
    for first, last in zip(sentences, [*sentences[1:], count], strict=True):
        parts = max(1, -(-(last - first) // LONGEST_SENTENCE))
        cuts += [first + (last - first) * part // parts for part in range(parts)]
    numbers = np.searchsorted(cuts, passages)
    return np.array(cuts, np.int64), numbers.astype(np.int64)


def _starts(text: str, encoding: Encoding) -> Integers:
    """Return where each token starts, past the space that it may include."""
    starts = [a + (a < b and text[a].isspace()) for a, b in encoding.offsets]
    return np.maximum.accumulate(np.array(starts, np.int64)) if starts else np.zeros(0, np.int64)


def _tokens_of(encoding: Encoding, answer: tuple[int, int]) -> tuple[int, int]:
    """Return the first and last token that overlap the answer."""
    start, end = answer
    inside = [n for n, (a, b) in enumerate(encoding.offsets) if a < end and start < b]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _question_ids(texts: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [encoding.ids[:QUESTION_TOKENS] for encoding in encodings]


def _offsets(encodings: Sequence[Encoding]) -> Integers:
    return _ends(len(e.ids) for e in encodings)


def _ends(counts: Iterable[int]) -> Integers:
    """Return where each of a row of parts begins, and where the last ends."""
    return np.cumsum([0, *counts], dtype=np.int64)


def _flat(parts: Iterable[Sequence[int] | Integers]) -> Integers:
    arrays = [np.asarray(part, np.int64) for part in parts]
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _column(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int64)
