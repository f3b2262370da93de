"""Texts that are nearly the same: an agency's report as two papers print it, a lead and its teaser.

Two texts are, if they share most of their runs of three letters, all of their numbers and as many
denials, and if no telling word of one stands in another's place: a report with another count of the
dead, another winner or another ferry is another report. No encoder is asked: the stored vectors are
of whole passages, where the same sentence has other neighbours, and none tells "rose" from "fell".
Measured on sentences written as two papers print them, and others that resemble them, in English
and Chinese (`tests/reprints.jsonl`, hardly touched, and `tests/reports.jsonl`, retold more freely):

                                                      reprints found      others taken for one
    this                                              11 of 12, 8 of 30   0 of 15,  0 of 34
    letters and numbers alone, 80% shared              8 of 12, 4 of 30   0 of 15,  5 of 34
    MinHash of the letters (datasketch), from 0.8      8 of 12, 5 of 30   1 of 15,  7 of 34
    cosines of the sentences, from 0.98               12 of 12, 28 of 30  2 of 15, 15 of 34
    cosines of stored passages, from 0.965                 21 of 42            4 of 49
    cosines of stored passages, from 0.953                 37 of 42           17 of 49
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

import regex

from index.passage import Passage, sentences
from index.text.scripts import UNSPACED
from index.text.terms import terms

RUN = 3  # letters; of Chinese three characters
SHARED = 0.6  # of all runs that either text has (their Jaccard index)
ADDED = 0.25  # of the telling words, those that stand in one text alone
SAME_STEM, LETTERS = 4, 3  # so many first letters are a word's stem, if it has more than three
NO_LETTER = regex.compile(r"[\W_]+")
WORD = regex.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")
# what a paper changes in another's sentence without changing what it says
SLIGHT = (
    "a an the on in of to for and or but by at from with as that which who whom it its his her"
    " their them they he she this these those is are was were be been being will would has have had"
    " s said says say 的 了 在 于 将 被 把 与 和 并 称 说 这 那 其 为 以 由 从 对 就"
)
DENIALS = "not no never nor without t deny denies denied denying 不 没 未 无 非 否"
SLIGHT_WORDS, DENYING_WORDS = frozenset(SLIGHT.split()), frozenset(DENIALS.split())


def nearly_equal(one: str, other: str) -> bool:
    """Whether two texts say the same in nearly the same words.

    >>> nearly_equal("The mayor opened a line on Friday.", "Mayor opened a line on Friday")
    True
    >>> nearly_equal("The law passed by 212 votes to 98.", "The law passed by 198 votes to 112.")
    False
    >>> nearly_equal("Exports to Egypt rose in May again.", "Exports to Egypt fell in May again.")
    False
    """
    if one == other:
        return True
    a, b = _runs(one), _runs(other)
    # what two sets share is at most the smaller one: most pairs need no closer look
    if min(len(a), len(b)) < SHARED * max(len(a), len(b)) or len(a & b) < SHARED * len(a | b):
        return False
    return _numbers(one) == _numbers(other) and not _differ(_words(one), _words(other))


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


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a telling word was put in another's place, or a denial in or out.

    Words may be added, left out, or moved together: "..., the ministry said on Monday".
    """
    if sum(word in DENYING_WORDS for word in one) != sum(word in DENYING_WORDS for word in other):
        return True
    left: list[str] = []  # the telling words without a counterpart in the other text's order
    come: list[str] = []
    for what, i, j, k, n in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what != "equal":
            old, new = _telling(one[i:j]), _telling(other[k:n])
            if _exchanged(old, new):
                return True
            left += old
            come += new
    moved = set(left) & set(come)
    if [word for word in left if word in moved] != [word for word in come if word in moved]:
        return True
    old, new = ([word for word in words if word not in moved] for words in (left, come))
    if _exchanged(old, new):
        return True
    return len(old + new) > ADDED * min(len(_telling(one)), len(_telling(other)))


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in SLIGHT_WORDS]


def _exchanged(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether on both sides a word is like none of the other: "aboard" is like "board"."""
    return all(
        any(not any(_alike(word, other) for other in others) for word in words)
        for words, others in ((old, new), (new, old))
    )


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) > LETTERS and (short[:SAME_STEM] == long[:SAME_STEM] or short in long)
    )


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1024)
def _runs(text: str) -> frozenset[str]:
    letters = NO_LETTER.sub("", text.casefold())
    return frozenset(letters[i : i + RUN] for i in range(max(1, len(letters) - RUN + 1)))


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(term for term in terms(text) if any(c.isdigit() for c in term)))
