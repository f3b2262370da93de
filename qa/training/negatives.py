"""Passages that look like the answer's and are not, for the reader to say "not here" about.

They come from the question's own context and from the other contexts of the same article: the
passages that a retriever takes for right are of that kind, and these cost no encoding.
"""

import random
from collections import defaultdict
from collections.abc import Sequence

from .data import Context, Question, Window, holds, passages

TRIES = 3  # contexts looked at for one negative

# "How was the product?" is asked of one review and answered by any: nothing from elsewhere.
OWN_CONTEXT_ONLY = ("en-amazon", "en-reddit")


class Negatives:
    """Draws passages without the answer."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self._contexts = contexts
        self._articles: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._sources: dict[str, list[int]] = defaultdict(list)
        for number, context in enumerate(contexts):
            self._articles[context.source, context.title].append(number)
            self._sources[context.source].append(number)

    def draw(self, question: Question, rng: random.Random) -> Window | None:
        """A passage of the context, the article, or (one in six) the whole source."""
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
            number = rng.choice(far)
            context = self._contexts[number]
            start, end = rng.choice(passages(context))
            if number != question.context and not holds(context.text[start:end], question, home):
                return Window(number, start, end)
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
