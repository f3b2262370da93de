"""Token scores -> candidate answers: the best span of each sentence, and how candidates compare.

Nothing here knows a model or a confidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.passage import sentences
from index.text.scripts import unspaced

from .span_model import Window
from .span_rules import Extent, answer_key, expand, trim

MAX_ANSWERS = 5
MAX_WORDS = 30  # of an answer
MAX_CHARACTERS = 60  # of an answer in a script without spaces between words
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer, before it has a confidence."""

    passage: int
    start: int
    end: int
    text: str
    score: float
    lead: float = 0.0  # its score minus that of the best other answer
    support: int = 0  # number of other passages that give the same answer


def best_of_sentences(window: Window, text: str, needed: Extent) -> Iterator[Candidate]:
    """The best span of each sentence of a window, its start and end chosen together."""
    starts, ends = window.offsets.T
    begins, finishes, longest = _lengths(text, starts, ends)
    for sentence in sentences(text):
        left, right = sentence
        tokens = np.flatnonzero((starts < right) & (ends > left))
        if not tokens.size:
            continue
        length = finishes[None, tokens] - begins[tokens, None]
        allowed = np.triu(length <= longest)
        scores = window.start[tokens, None] + window.end[None, tokens]
        scores = np.where(allowed, scores, -np.inf)
        first, last = divmod(int(scores.argmax()), tokens.size)
        score = float(scores[first, last])
        if not np.isfinite(score):
            continue
        start, end = max(left, int(starts[tokens[first]])), min(right, int(ends[tokens[last]]))
        start, end = trim(text, start, end, sentence)
        start, end = expand(text, start, end, sentence, needed)
        if start < end:
            yield Candidate(window.passage, start, end, text[start:end], score)


def _lengths(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Positions from which the length of a span follows, in the unit that suits the script.

    Returns:
        Where each token starts and ends, (tokens,) each, and the largest allowed difference: in
        characters if the text has no spaces between words, else in words.
    """
    if unspaced(text):
        return starts, ends, MAX_CHARACTERS
    words = np.searchsorted([m.start() for m in WORD.finditer(text)], ends)
    return words, words, MAX_WORDS - 1


def compare(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best distinct candidates by score, with their lead and support filled in."""
    ordered = sorted(candidates, key=lambda candidate: -candidate.score)
    best = _distinct(ordered)
    return [replace(c, lead=_lead(c, best), support=_support(c, ordered)) for c in best]


def _distinct(ordered: Sequence[Candidate]) -> list[Candidate]:
    """The first MAX_ANSWERS candidates that differ in wording."""
    distinct: dict[str, Candidate] = {}
    for candidate in ordered:
        distinct.setdefault(answer_key(candidate.text), candidate)
        if len(distinct) == MAX_ANSWERS:
            break
    return list(distinct.values())


def _lead(candidate: Candidate, best: Sequence[Candidate]) -> float:
    others = [c.score for c in best if c is not candidate]
    return candidate.score - max(others) if others else candidate.score


def _support(candidate: Candidate, candidates: Sequence[Candidate]) -> int:
    """Count the other passages whose answer is the same and scores above "not here"."""
    key = answer_key(candidate.text)
    same = {c.passage for c in candidates if c.score > 0 and answer_key(c.text) == key}
    return len(same - {candidate.passage})
