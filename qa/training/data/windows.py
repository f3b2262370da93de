"""Cut a window of text around an anchor: the sentences that bear the answer to some question.

Windows with the answer and windows without are cut by this one function. They differ only in whose
answer the anchor bears: that of the question asked, or another's. So nothing on the surface tells
the two kinds apart: neither length nor position nor how they begin and end.
"""

import random
from dataclasses import dataclass

import numpy as np

from qa.training.pack.pack_file import Texts

# Tokens of a window, drawn uniformly; the key says whether the script is unspaced.
LENGTHS = {False: (60, 185), True: (40, 150)}
PASSAGE_SHARE = 0.5  # of windows that are passages of the index
TRIMMED_SHARE = 0.15  # of ends of the others that are inside of a sentence


@dataclass(frozen=True, slots=True)
class Anchor:
    """The sentences `first_sentence` to `end_sentence` around the tokens `first` to `last`."""

    context: int
    first_sentence: int
    end_sentence: int  # exclusive
    first: int
    last: int  # inclusive


@dataclass(frozen=True, slots=True)
class Shape:
    """How a window is to be cut. It is drawn before the anchor and kept when that is redrawn.

    Attributes:
        passage: Take the passage of the index; else grow from the anchor, sentence by sentence.
        length: From the shortest (0) to the longest (1) of `LENGTHS`.
        trim: Shares of the first and of the last sentence that are cut off.
    """

    passage: bool
    length: float
    trim: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start` to `end` (exclusive) of all tokens."""

    context: int
    start: int
    end: int


def draw_shape(rng: random.Random) -> Shape:
    """Draw how a window is cut."""
    trim = [rng.random() if rng.random() < TRIMMED_SHARE else 0.0 for _ in range(2)]
    return Shape(rng.random() < PASSAGE_SHARE, rng.random(), (trim[0], trim[1]))


def cut_window(texts: Texts, anchor: Anchor, shape: Shape, rng: random.Random) -> Window | None:
    """Cut the window; None if the anchor's tokens are too many or not within one passage."""
    low, high = LENGTHS[bool(texts.context_unspaced[anchor.context])]
    budget = round(low + shape.length * (high - low))
    if shape.passage:
        number = int(np.searchsorted(texts.passage_start, anchor.first_sentence, "right")) - 1
        first, end = (int(n) for n in texts.passage_start[number : number + 2])
        if anchor.end_sentence > end:
            return None
        left, right = int(texts.sentence_start[first]), int(texts.sentence_start[end])
    else:
        left, right = _trim(texts, anchor, _grow(texts, anchor, budget, rng), shape.trim)
    if right - left > high:  # a single very long sentence or passage
        if anchor.last + 1 - anchor.first > budget:
            return None
        earliest = max(left, anchor.last + 1 - budget)
        left = rng.randint(earliest, max(earliest, min(anchor.first, right - budget)))
        right = min(right, left + budget)
    return Window(anchor.context, left, right)


def _grow(texts: Texts, anchor: Anchor, budget: int, rng: random.Random) -> tuple[int, int]:
    """Return the sentences around the anchor that fit into the budget, added on random sides."""
    starts = texts.sentence_start
    low, high = (int(n) for n in texts.context_sentence[anchor.context : anchor.context + 2])
    first, end = anchor.first_sentence, anchor.end_sentence
    while True:
        sides = []
        if first > low and starts[end] - starts[first - 1] <= budget:
            sides.append((first - 1, end))
        if end < high and starts[end + 1] - starts[first] <= budget:
            sides.append((first, end + 1))
        if not sides:
            return first, end
        first, end = rng.choice(sides)


def _trim(
    texts: Texts, anchor: Anchor, sentences: tuple[int, int], trim: tuple[float, float]
) -> tuple[int, int]:
    """Return the tokens of the sentences, less a share of the first and last one."""
    starts = texts.sentence_start
    first, end = sentences
    left, right = int(starts[first]), int(starts[end])
    before = min(int(starts[first + 1]) - 1, anchor.first) - left
    after = right - max(int(starts[end - 1]) + 1, anchor.last + 1)
    return left + int(trim[0] * before), right - int(trim[1] * after)
