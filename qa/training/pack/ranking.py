"""Rank passages for each question: those that resemble its own but do not hold the answer."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from index.text.terms import terms
from qa.training.corpus.contexts import Context, Question, contains_answer
from qa.training.corpus.cutting import Cut

DEPTH, KEPT = 30, 6  # passages searched and kept for a question
SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # k1 and b of BM25
COMMON = 0.2  # terms in a larger part of the passages are not searched
BATCH = 256  # questions scored at once

# "How was the product?" is asked of one review and answered by any: no negatives from elsewhere.
OWN_CONTEXT_ONLY = ("en-amazon", "en-reddit")

Place = tuple[int, int]  # a context and the number of one of its passages
Search = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


def rank(
    chosen: Sequence[int],
    contexts: Sequence[Context],
    questions: Sequence[Question],
    cuts: Sequence[Cut],
    search: Search,
) -> dict[int, list[Place]]:
    """Return, for each chosen question, the best passages of its source without its answer.

    Args:
        chosen: Positions in `questions`.
        contexts: All contexts.
        questions: All questions.
        cuts: The cut of each context.
        search: Questions and passages -> for each question the positions of the best passages.
    """
    ranked: dict[int, list[Place]] = {}
    sources = sorted({contexts[questions[n].context].source for n in chosen})
    for source in sources:
        if source in OWN_CONTEXT_ONLY:
            continue
        members = [n for n in chosen if contexts[questions[n].context].source == source]
        places = [
            (c, p)
            for c, context in enumerate(contexts)
            if context.source == source
            for p in range(len(cuts[c].passages))
        ]
        texts = [contexts[c].text[slice(*cuts[c].passages[p])] for c, p in places]
        rows = search([questions[n].text for n in members], texts)
        for n, row in zip(members, rows, strict=True):
            question, own = questions[n], contexts[questions[n].context]
            wrong = [
                places[i]
                for i in row
                if not (places[i][0] == question.context and not question.answers)
                and not contains_answer(texts[i], question, own)
                and not _overlaps(places[i], question, cuts)
            ]
            ranked[n] = wrong[:KEPT]
    return ranked


def by_keywords(queries: Sequence[str], passages: Sequence[str]) -> list[list[int]]:
    """Return the positions of the passages that share the most telling terms (BM25)."""
    counter = CountVectorizer(analyzer=terms, max_df=COMMON if len(passages) > 20 else 1.0)
    counts = csr_matrix(counter.fit_transform(passages), dtype=np.float32)
    asked = csr_matrix(counter.transform(queries), dtype=np.float32)
    lengths = np.asarray(counts.sum(1)).ravel()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p((len(passages) - frequency + 0.5) / (frequency + 0.5))
    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths / max(1, lengths.mean()))
    row_of = np.repeat(np.arange(len(passages)), np.diff(counts.indptr))
    tf = counts.data
    counts.data = idf[counts.indices] * tf * (SATURATION + 1) / (tf + norm[row_of])
    asked.data[:] = 1
    transposed = csr_matrix(counts.T, dtype=np.float32)
    rows: list[list[int]] = []
    for start in range(0, len(queries), BATCH):
        scores = (asked[start : start + BATCH] @ transposed).tocsr()
        for first, last in zip(scores.indptr, scores.indptr[1:], strict=False):
            order = np.argsort(-scores.data[first:last], kind="stable")[:DEPTH]
            rows.append(scores.indices[first:last][order].tolist())
    return rows


def _overlaps(place: Place, question: Question, cuts: Sequence[Cut]) -> bool:
    """Whether the passage overlaps one of the question's answers."""
    context, passage = place
    start, end = cuts[context].passages[passage]
    return context == question.context and any(a < end and start < b for a, b in question.answers)
