"""How much of each source is used: the chance of a context to be in the pack."""

import hashlib
from collections.abc import Mapping, Sequence

from .contexts import Context, Question

REST = "*"  # the sources that are not named
# A part of large, repetitive or mediocre sources is enough. Scripts that only small sources have
# would each add thousands of pieces to the vocabulary for a few hundred questions.
WEIGHTS: Mapping[str, float] = {
    REST: 1, "am-amqa": 0, "bn-tydiqa": 0, "kk-kazqad": 0, "sw-tydiqa": 0, "te-tydiqa": 0,
    "xx-afriqa-fr": 0, "en-afriqa": 0.5, "en-amazon": 0.3, "en-covidqa": 0.6,
    "en-fairytaleqa": 0.5, "en-qamr": 0.4, "en-qed-nq": 0.8, "en-reddit": 0.3, "fa-pquad": 0.5,
    "fr-afriqa": 0.5, "id-idkmrc": 0.8, "ja-jaquad": 0.4, "th-iapp": 0.2, "tr-thquad": 0.4,
    "xx-afriqa-en": 0.3, "zh-drcd": 0.6,
}  # fmt: skip


def weight_of(source: str, weights: Mapping[str, float]) -> float:
    """Return the weight of a source, or that of the rest."""
    return weights.get(source, weights.get(REST, 1))


def choose(
    contexts: Sequence[Context],
    questions: Sequence[Question],
    weights: Mapping[str, float],
    limit: int | None,
) -> list[int]:
    """Return the positions of the questions that are used, in order.

    The choice depends on the texts alone; the questions of a context are used together. With a
    limit, sources keep the proportions of their sizes times their weights, until all of one is
    used.
    """
    chances = [_chance(f"{context.source}\n{context.text}") for context in contexts]
    places: list[tuple[float, int]] = []
    for number, question in enumerate(questions):
        weight = weight_of(contexts[question.context].source, weights)
        chance = chances[question.context]
        if weight > 0 and (limit is not None or chance < weight):
            places.append((chance / weight, number))
    return sorted(number for _, number in sorted(places)[:limit])


def _chance(text: str) -> float:
    """Return a number from 0 to 1 that looks random but is the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64
