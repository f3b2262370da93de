"""Texts that are nearly the same: an agency's report as two papers print it, a lead and its teaser.

Two texts are, if they share most of their runs of three letters and all of their numbers: a report
with another count of the dead is another report. No encoder is asked: the stored vectors are of
whole passages, and where to draw the line would depend on the encoder. For comparison, cosines of
the bundled one over sentences find all 12 reprints of `tests/reprints.jsonl`, this finds 8; neither
finds a wrong one.
"""

import re
from functools import lru_cache

from index.passage import Passage, sentences
from index.terms import terms

RUN = 3  # letters; of Chinese three characters
SHARED = 0.8  # of all runs that either text has (their Jaccard index)
NO_LETTER = re.compile(r"[\W_]+")


def nearly_equal(one: str, other: str) -> bool:
    """Whether two texts say the same in nearly the same words.

    >>> nearly_equal("The mayor opened a line on Friday.", "Mayor opened a line on Friday")
    True
    >>> nearly_equal("The law passed by 212 votes to 98.", "The law passed by 198 votes to 112.")
    False
    """
    if one == other:
        return True
    a, b = _runs(one), _runs(other)
    # what two sets share is at most the smaller one: most pairs need no closer look
    if min(len(a), len(b)) < SHARED * max(len(a), len(b)) or len(a & b) < SHARED * len(a | b):
        return False
    return _numbers(one) == _numbers(other)


def near_sentence(passage: Passage, sentence: str, answer: str) -> tuple[int, int] | None:
    """Where in `passage` a sentence nearly equal to `sentence` stands that holds `answer`, too.

    Offsets are code points into the passage's text; None if there is no such sentence.
    """
    if answer not in passage.text:
        return None
    for start, end in sentences(passage.text, passage.language):
        found = passage.text[start:end]
        if answer in found and nearly_equal(found, sentence):
            return start, end
    return None


@lru_cache(maxsize=1024)
def _runs(text: str) -> frozenset[str]:
    letters = NO_LETTER.sub("", text.casefold())
    return frozenset(letters[i : i + RUN] for i in range(max(1, len(letters) - RUN + 1)))


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(term for term in terms(text) if any(c.isdigit() for c in term)))
