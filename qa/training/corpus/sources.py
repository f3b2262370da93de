"""How much of each source is used: the chance of a question to be in the pack."""

import hashlib
from collections.abc import Mapping, Sequence

from .contexts import Context, Question

# 1 for others. A part of large, repetitive sources is enough; rare scripts would each add
# thousands of pieces to the vocabulary for a few hundred questions.
WEIGHTS: Mapping[str, float] = {
    "am-amqa": 0, "bn-tydiqa": 0, "kk-kazqad": 0, "sw-tydiqa": 0, "te-tydiqa": 0,
    "xx-afriqa-fr": 0, "en-amazon": 0.7, "en-reddit": 0.7, "en-qamr": 0.5, "fa-pquad": 0.5,
    "ja-jaquad": 0.6, "th-iapp": 0.3, "tr-thquad": 0.5,
}  # fmt: skip


def choose(
    contexts: Sequence[Context],
    questions: Sequence[Question],
    weights: Mapping[str, float],
    limit: int | None,
) -> list[int]:
    """Return the positions of the questions that are used, in order.

    The choice depends on the texts alone. With a limit, sources keep their proportions until all
    of one is used.
    """
    places: list[tuple[float, int]] = []
    for number, question in enumerate(questions):
        context = contexts[question.context]
        weight = weights[context.source]
        chance = _chance(f"{context.source}\n{context.text}\n{question.text}")
        if weight > 0 and (limit is not None or chance < weight):
            places.append((chance / weight, number))
    return sorted(number for _, number in sorted(places)[:limit])


def _chance(text: str) -> float:
    """Return a number from 0 to 1 that looks random but is the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2**64
