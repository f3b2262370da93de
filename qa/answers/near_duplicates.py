"""Near-duplicate texts: an agency report in two papers, or a lead and its teaser.

Two texts are near duplicates if they share most of their character trigrams, all their numbers and
as many negations, and if no content word of one is replaced in the other: a report with another
death toll, another winner or another ferry is another report.

Embeddings are not used: stored vectors are of whole passages, in which the same sentence has other
neighbours, and neither those nor vectors of sentences tell "rose" from "fell". Measured in English
and Chinese on sentences as two papers print them and on others that resemble them
(`tests/qa/answers/reprints.jsonl`, lightly edited; `reports.jsonl`, retold more freely):

                                                      duplicates found    others taken for one
    this module                                       11 of 12, 8 of 30   0 of 15,  0 of 34
    trigrams and numbers alone, 80% shared             8 of 12, 4 of 30   0 of 15,  5 of 34
    MinHash of trigrams (datasketch), from 0.8         8 of 12, 5 of 30   1 of 15,  7 of 34
    cosine of the sentences, from 0.98                12 of 12, 28 of 30  2 of 15, 15 of 34
    cosine of stored passages, from 0.965                  21 of 42            4 of 49
    cosine of stored passages, from 0.953                  37 of 42           17 of 49
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

import regex

from index.passage import Passage, sentences
from index.text.scripts import UNSPACED
from index.text.terms import terms

NGRAM = 3  # letters and digits; in Chinese, characters
MIN_JACCARD = 0.6  # of the two texts' trigram sets
MAX_UNSHARED = 0.25  # content words in one text only, relative to those of the shorter text
STEM_LENGTH, MAX_UNSTEMMED = 4, 3  # words of more than 3 letters are alike if the first 4 are
NON_WORD = regex.compile(r"[\W_]+")
WORD = regex.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")
# What a paper adds, drops or replaces without changing what a sentence says.
FUNCTION = (
    "a an the on in of to for and or but by at from with as that which who whom it its his her"
    " their them they he she this these those is are was were be been being will would has have had"
    " s said says say 的 了 在 于 将 被 把 与 和 并 称 说 这 那 其 为 以 由 从 对 就"
)
NEGATION = "not no never nor without t deny denies denied denying 不 没 未 无 非 否"
FUNCTION_WORDS, NEGATION_WORDS = frozenset(FUNCTION.split()), frozenset(NEGATION.split())


def nearly_equal(one: str, other: str) -> bool:
    """Return whether two texts say the same in nearly the same words.

    >>> nearly_equal("The mayor opened a line on Friday.", "Mayor opened a line on Friday")
    True
    >>> nearly_equal("The law passed by 212 votes to 98.", "The law passed by 198 votes to 112.")
    False
    >>> nearly_equal("Exports to Egypt rose in May again.", "Exports to Egypt fell in May again.")
    False
    """
    if one == other:
        return True
    a, b = _ngrams(one), _ngrams(other)
    # The overlap is at most the smaller set, which rules out most pairs without computing it.
    smaller, larger = min(len(a), len(b)), max(len(a), len(b))
    if smaller < MIN_JACCARD * larger or len(a & b) < MIN_JACCARD * len(a | b):
        return False
    return _numbers(one) == _numbers(other) and not _meaning_differs(_words(one), _words(other))


def find_near_duplicate(passage: Passage, sentence: str, answer: str) -> tuple[int, int] | None:
    """Find the first sentence of a passage that nearly equals `sentence` and holds `answer`.

    Returns code point offsets into the passage's text, or None.
    """
    if answer not in passage.text:
        return None
    for start, end in sentences(passage.text, passage.language):
        candidate = passage.text[start:end]
        if answer in candidate and nearly_equal(candidate, sentence):
            return start, end
    return None


def _meaning_differs(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether a content word is replaced, or a negation added or removed.

    A few words may be added, dropped, or moved together: "..., the ministry said on Monday".
    """
    if _count_negations(one) != _count_negations(other):
        return True
    removed: list[str] = []  # content words of `one` without a counterpart at their place
    added: list[str] = []
    for operation, i, j, k, n in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if operation != "equal":
            old, new = _content_words(one[i:j]), _content_words(other[k:n])
            if _replaced(old, new):
                return True
            removed += old
            added += new
    moved = set(removed) & set(added)
    if [word for word in removed if word in moved] != [word for word in added if word in moved]:
        return True
    old, new = ([word for word in words if word not in moved] for words in (removed, added))
    if _replaced(old, new):
        return True
    return len(old + new) > MAX_UNSHARED * min(len(_content_words(one)), len(_content_words(other)))


def _count_negations(words: Sequence[str]) -> int:
    return sum(word in NEGATION_WORDS for word in words)


def _content_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in FUNCTION_WORDS]


def _replaced(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether each side has a word unlike all of the other: "aboard" is like "board"."""
    return all(
        any(not any(_alike(word, other) for other in others) for word in words)
        for words, others in ((old, new), (new, old))
    )


def _alike(one: str, other: str) -> bool:
    """Return whether two words are equal, share a stem, or one contains the other."""
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) > MAX_UNSTEMMED and (short[:STEM_LENGTH] == long[:STEM_LENGTH] or short in long)
    )


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1024)
def _ngrams(text: str) -> frozenset[str]:
    letters = NON_WORD.sub("", text.casefold())
    return frozenset(letters[i : i + NGRAM] for i in range(max(1, len(letters) - NGRAM + 1)))


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(term for term in terms(text) if any(c.isdigit() for c in term)))
