"""Hard negatives: passages that resemble the answer's but do not hold it.

Most are what the retriever ranks high for the question; the rest come from the question's own
context, its article and its source.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import faiss
import numpy as np
from tqdm import tqdm

from index.encoder.sentence import Encoder, Vectors

from .contexts import Context, Question, Window, contains_answer, passages

ATTEMPTS = 3  # contexts tried for one negative
MINED_SHARE = 0.7  # of negatives that come from the retriever, where it found any
SEARCH_DEPTH, MINED_PER_QUESTION = 24, 5
PROGRESS_BATCH = 1024  # texts embedded between two steps of the progress bar

# "How was the product?" is asked of one review and answered by any: no negatives from elsewhere.
OWN_CONTEXT_ONLY = ("en-amazon", "en-reddit")

MinedNegatives = Mapping[int, Sequence[Window]]  # by the question's position


class NegativeSampler:
    """Draws passages without the answer."""

    def __init__(self, contexts: Sequence[Context], mined: MinedNegatives) -> None:
        self._contexts = contexts
        self._mined = mined
        self._by_article: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_source: dict[str, list[int]] = defaultdict(list)
        for number, context in enumerate(contexts):
            self._by_article[context.source, context.title].append(number)
            self._by_source[context.source].append(number)

    def draw(self, number: int, question: Question, rng: random.Random) -> Window | None:
        """Draw a negative for the question at position `number`; None if none is found."""
        mined = self._mined.get(number)
        if mined and rng.random() < MINED_SHARE:
            return rng.choice(mined)
        own = self._contexts[question.context]
        near = self._from_own_context(question)
        if own.source in OWN_CONTEXT_ONLY:
            return rng.choice(near) if near else None
        if near and rng.random() < 0.4:
            return rng.choice(near)
        pool = self._by_article[own.source, own.title]
        if rng.random() < 0.25 or len(pool) < 3:
            pool = self._by_source[own.source]
        for _ in range(ATTEMPTS):
            other = rng.choice(pool)
            text = self._contexts[other].text
            start, end = rng.choice(passages(self._contexts[other]))
            if other != question.context and not contains_answer(text[start:end], question, own):
                return Window(other, start, end)
        return rng.choice(near) if near else None

    def _from_own_context(self, question: Question) -> list[Window]:
        """Return the passages of the question's own context without any of its answers."""
        context = self._contexts[question.context]
        return [
            Window(question.context, a, b)
            for a, b in passages(context)
            if not contains_answer(context.text[a:b], question, context)
            and all(b <= start or end <= a for start, end in question.answers)
        ]


def mine_negatives(
    numbers: Sequence[int],
    contexts: Sequence[Context],
    questions: Sequence[Question],
    encoder: Encoder,
) -> dict[int, list[Window]]:
    """Return, for the questions at these positions, the nearest passages without the answer.

    Only passages of the question's own source are searched; those that may hold the answer are
    dropped.
    """
    by_source: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        source = contexts[questions[number].context].source
        if source not in OWN_CONTEXT_ONLY:
            by_source[source].append(number)
    mined: dict[int, list[Window]] = {}
    for source, members in by_source.items():
        windows = [
            Window(n, a, b)
            for n, context in enumerate(contexts)
            if context.source == source
            for a, b in passages(context)
        ]
        nearest = _search(source, [questions[n].text for n in members], windows, contexts, encoder)
        for number, row in zip(members, nearest, strict=True):
            question = questions[number]
            own = contexts[question.context]
            near = (windows[i] for i in row)
            wrong = [w for w in near if not _may_answer(w, question, own, contexts[w.context])]
            mined[number] = wrong[:MINED_PER_QUESTION]
    return mined


def _search(
    source: str,
    questions: list[str],
    windows: Sequence[Window],
    contexts: Sequence[Context],
    encoder: Encoder,
) -> list[list[int]]:
    """Return the positions of the windows nearest to each question, nearest first."""
    texts = [contexts[w.context].text[w.start : w.end] for w in windows]
    index = faiss.IndexFlatIP(encoder.dimension)
    index.add(_embed(encoder.passages, texts, f"{source}: passages"))
    queries = _embed(encoder.queries, questions, f"{source}: questions")
    _, nearest = index.search(queries, min(SEARCH_DEPTH, len(windows)))
    rows: list[list[int]] = nearest.tolist()
    return rows


def _may_answer(window: Window, question: Question, own: Context, context: Context) -> bool:
    """Return whether the window has an answer's words or overlaps a marked answer."""
    if contains_answer(context.text[window.start : window.end], question, own):
        return True
    return window.context == question.context and any(
        start < window.end and window.start < end for start, end in question.answers
    )


def _embed(
    embed: Callable[[Sequence[str]], Vectors], texts: list[str], description: str
) -> Vectors:
    starts = tqdm(range(0, len(texts), PROGRESS_BATCH), desc=description)
    return np.concatenate([embed(texts[start : start + PROGRESS_BATCH]) for start in starts])
