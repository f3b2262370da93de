"""Where the answers of a split are: by question, passage, context, article and language."""

import bisect
import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from qa.training.pack.pack_file import Pack, Texts

from .schedule import source_weight
from .windows import Anchor


class Anchors:
    """The answers of a split as anchors, from which windows are cut."""

    def __init__(self, pack: Pack, texts: Texts) -> None:
        self.texts = texts
        contexts = texts.question_context[texts.answer_question]
        first = _containing(texts.sentence_start, texts.answer_first)
        end = _containing(texts.sentence_start, texts.answer_last) + 1
        columns = (contexts, first, end, texts.answer_first, texts.answer_last)
        self.all = [Anchor(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]
        self._start = np.searchsorted(
            texts.answer_question, np.arange(len(texts.question_context) + 1)
        ).tolist()
        self._by_context: dict[int, list[int]] = defaultdict(list)
        self._by_article: dict[int, list[int]] = defaultdict(list)
        self._by_language: dict[str, list[int]] = defaultdict(list)
        languages = [source.split("-")[0] for source in pack.sources]
        self._language = [languages[s] for s in texts.context_source.tolist()]
        articles = texts.context_article.tolist()
        for number, anchor in enumerate(self.all):
            self._by_context[anchor.context].append(number)
            self._by_article[articles[anchor.context]].append(number)
            self._by_language[self._language[anchor.context]].append(number)
        # questions of some sources are read more often: their sentences must be, too
        weights = [source_weight(pack.sources[s]) for s in texts.context_source.tolist()]
        self._cumulated = {
            language: list(accumulate(weights[self.all[n].context] for n in numbers))
            for language, numbers in self._by_language.items()
        }

    def of_question(self, question: int) -> Sequence[Anchor]:
        """The answers of the question."""
        return self.all[self._start[question] : self._start[question + 1]]

    def in_context(self, context: int, rng: random.Random) -> Anchor | None:
        """Draw an answer to any question of the context."""
        return self._draw(self._by_context.get(context, ()), rng)

    def in_article(self, context: int, rng: random.Random) -> Anchor | None:
        """Draw an answer in another context of the same article."""
        numbers = self._by_article.get(int(self.texts.context_article[context]), ())
        for _ in range(4):
            anchor = self._draw(numbers, rng)
            if anchor is None or anchor.context != context:
                return anchor
        return None

    def in_language(self, context: int, rng: random.Random) -> Anchor | None:
        """Draw an answer in any context of the same language."""
        language = self._language[context]
        cumulated = self._cumulated.get(language)
        if not cumulated:
            return None
        place = bisect.bisect_left(cumulated, rng.random() * cumulated[-1])
        return self.all[self._by_language[language][place]]

    def in_passage(self, passage: int, rng: random.Random) -> Anchor | None:
        """Draw an answer in the passage, or else in its context."""
        first, end = (int(n) for n in self.texts.passage_start[passage : passage + 2])
        context = int(_containing(self.texts.context_sentence, np.array([first]))[0])
        numbers = self._by_context.get(context, ())
        inside = [n for n in numbers if first <= self.all[n].first_sentence < end]
        return self._draw(inside or numbers, rng)

    def any_sentence(self, context: int, rng: random.Random) -> Anchor:
        """Draw any sentence of the context, for contexts without answers."""
        low, high = (int(n) for n in self.texts.context_sentence[context : context + 2])
        sentence = rng.randrange(low, high)
        start, end = (int(n) for n in self.texts.sentence_start[sentence : sentence + 2])
        token = rng.randrange(start, max(end, start + 1))
        return Anchor(context, sentence, sentence + 1, token, token)

    def _draw(self, numbers: Sequence[int], rng: random.Random) -> Anchor | None:
        return self.all[rng.choice(numbers)] if numbers else None


def _containing(starts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return which part, [starts[i], starts[i + 1]), holds each value; empty parts hold none."""
    found: np.ndarray = np.searchsorted(starts, values, "right") - 1
    return found
