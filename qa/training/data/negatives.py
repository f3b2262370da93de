"""Passages that look like the answer's and are not, for the reader to say "not here" about.

Most are what the retriever ranks high for the question; the rest come from the question's own
context and from the other contexts of its article.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import faiss
import numpy as np
from tqdm import tqdm

from index.encoder.sentence import Encoder, Vectors

from .contexts import Context, Question, Window, holds, passages

TRIES = 3  # contexts looked at for one negative
MINED = 0.7  # of the negatives come from the retriever, where it found any
SEARCHED, KEPT = 24, 5  # passages looked at for a question, and kept
TOGETHER = 1024  # texts embedded between two steps of the progress bar

# "How was the product?" is asked of one review and answered by any: nothing from elsewhere.
OWN_CONTEXT_ONLY = ("en-amazon", "en-reddit")

Ranked = Mapping[int, Sequence[Window]]  # by question


class Negatives:
    """Draws passages without the answer."""

    def __init__(self, contexts: Sequence[Context], ranked: Ranked) -> None:
        self._contexts = contexts
        self._ranked = ranked
        self._articles: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._sources: dict[str, list[int]] = defaultdict(list)
        for number, context in enumerate(contexts):
            self._articles[context.source, context.title].append(number)
            self._sources[context.source].append(number)

    def draw(self, number: int, question: Question, rng: random.Random) -> Window | None:
        """One that the retriever ranks high, or of the context, the article, the whole source."""
        ranked = self._ranked.get(number)
        if ranked and rng.random() < MINED:
            return rng.choice(ranked)
        home = self._contexts[question.context]
        near = self._own(question)
        if home.source in OWN_CONTEXT_ONLY:
            return rng.choice(near) if near else None
        if near and rng.random() < 0.4:
            return rng.choice(near)
        far = self._articles[home.source, home.title]
        if rng.random() < 0.25 or len(far) < 3:
            far = self._sources[home.source]
        for _ in range(TRIES):
            other = rng.choice(far)
            context = self._contexts[other]
            start, end = rng.choice(passages(context))
            if other != question.context and not holds(context.text[start:end], question, home):
                return Window(other, start, end)
        return rng.choice(near) if near else None

    def _own(self, question: Question) -> list[Window]:
        """The passages of the question's own context that bear none of its answers."""
        context = self._contexts[question.context]
        return [
            Window(question.context, a, b)
            for a, b in passages(context)
            if not holds(context.text[a:b], question, context)
            and all(b <= start or end <= a for start, end in question.answers)
        ]


def ranked_by_retriever(
    asked: Sequence[int],
    contexts: Sequence[Context],
    questions: Sequence[Question],
    encoder: Encoder,
) -> dict[int, list[Window]]:
    """The passages of each question's source that lie nearest to it and bear no answer.

    `asked` are the questions (positions) to look for.
    """
    by_source: dict[str, list[int]] = defaultdict(list)
    for number in asked:
        source = contexts[questions[number].context].source
        if source not in OWN_CONTEXT_ONLY:
            by_source[source].append(number)
    found: dict[int, list[Window]] = {}
    for source, numbers in by_source.items():
        windows = [
            Window(n, a, b)
            for n, context in enumerate(contexts)
            if context.source == source
            for a, b in passages(context)
        ]
        index = faiss.IndexFlatIP(encoder.dimension)
        texts = [contexts[w.context].text[w.start : w.end] for w in windows]
        index.add(_embedded(encoder.passages, texts, f"{source}: passages"))
        asking = [questions[n].text for n in numbers]
        _, nearest = index.search(
            _embedded(encoder.queries, asking, f"{source}: questions"), min(SEARCHED, len(windows))
        )
        for number, row in zip(numbers, nearest.tolist(), strict=True):
            question = questions[number]
            home = contexts[question.context]
            near = (windows[i] for i in row)
            wrong = [w for w in near if not _may_answer(w, question, home, contexts[w.context])]
            found[number] = wrong[:KEPT]
    return found


def _may_answer(window: Window, question: Question, home: Context, context: Context) -> bool:
    """Whether the window bears an answer's words, or a part of a marked answer."""
    if holds(context.text[window.start : window.end], question, home):
        return True
    return window.context == question.context and any(
        start < window.end and window.start < end for start, end in question.answers
    )


def _embedded(embed: Callable[[Sequence[str]], Vectors], texts: list[str], what: str) -> Vectors:
    starts = tqdm(range(0, len(texts), TOGETHER), desc=what)
    return np.concatenate([embed(texts[start : start + TOGETHER]) for start in starts])
