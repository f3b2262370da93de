"""How far apart sounds are: the edits from one to another, weighed by what languages mix up.

A sound is compared with many at once: each cell of the table of edits (Wagner and Fischer, 1974)
is one operation on vectors with a number for each of them. Costs are whole numbers, so that sums
are exact. RapidFuzz, for one, takes no costs that differ by letter.
"""

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from .sounds import CLASS, VOWELS

Distances = NDArray[np.int32]

# What an edit costs, in twentieths of a consonant.
CONSONANT = 20
EXTRA_VOWEL, EXTRA_LIQUID, FINAL_LIQUID = 3, 12, 3
LIKE_VOWEL, OTHER_VOWEL, SAME_CLASS, SONORANT = 4, 7, 5, 3
LEAST_EXTRA = min(EXTRA_VOWEL, FINAL_LIQUID)
TOLERANCE, BASE = 5, 1  # distance allowed for each consonant, and for any name
FAR = 1 << 30  # more than allowed
LONGEST = 60  # letters of a sound that is compared; the names of people and places are shorter
BLOCK = 1 << 13  # sounds that are compared at once: their table fits into a processor's cache
FRONT, BACK = "eiy", "ouw"
LETTERS = f" {ascii_lowercase}"  # by their codes; 0 is for what a shorter sound lacks


def alike(sound: str, others: Sequence[str]) -> bool:
    """Whether a sound and any of the others may be the same name.

    >>> alike("zelenski", ["dorensuki", "zeliansigi"]), alike("zelenski", ["dorensuki"])
    (True, False)
    """
    return bool((distances(sound, others) < FAR).any())


def distances(sound: str, others: Sequence[str], limit: int | None = None) -> Distances:
    """Return how far each of `others` is from a sound; FAR if it is more than `limit`.

    The limit for what may be the same name, if none is given, is `TOLERANCE` for each consonant of
    the sound that has fewer.

    >>> (distances("trump", ["trump", "toranpu", "truman"]) < FAR).tolist()
    [True, True, False]
    """
    one = _codes([sound], len(sound))[: len(sound), 0]
    most = BASE + TOLERANCE * int(COUNTED[one].sum()) if limit is None else limit
    blocks = [others[at : at + BLOCK] for at in range(0, len(others), BLOCK)]
    found = [_within(one, block, most, limit is None) for block in blocks]
    return np.concatenate([np.empty(0, np.int32), *found])


def _within(
    one: NDArray[np.uint8], others: Sequence[str], most: int, by_consonants: bool
) -> Distances:
    """Return how far each of `others` is from a sound, FAR if it is more than is allowed."""
    most_extra = most // LEAST_EXTRA  # letters that one may have and the other lack
    longest = max(map(len, others))
    if len(one) > min(LONGEST, longest + most_extra):
        return np.full(len(others), FAR, np.int32)
    # a sound that is cut off here is too far away by its length alone
    codes = _codes(others, min(longest, len(one) + most_extra + 1))
    found, allowed = _edits(one, codes), np.full(len(others), most)
    if by_consonants:
        allowed = np.minimum(allowed, BASE + TOLERANCE * COUNTED[codes].sum(axis=0))
    return np.where(found <= allowed, found, np.int32(FAR))


def _codes(sounds: Sequence[str], longest: int) -> NDArray[np.uint8]:
    """Return the first letters of sounds as codes, shape (longest, len(sounds))."""
    width = max(1, longest)
    letters = np.array(sounds, dtype=f"S{width}").view(np.uint8).reshape(len(sounds), width)
    return np.ascontiguousarray(letters.T) & np.uint8(31)


def _edits(one: NDArray[np.uint8], others: NDArray[np.uint8]) -> Distances:
    """Return what it costs to make each column of `others` equal to `one`."""
    extra = _extra_costs(others)
    row = np.zeros((len(others) + 1, others.shape[1]), np.int32)
    row[1:] = extra.cumsum(axis=0)
    for letter, missing in zip(one, _extra_costs(one), strict=True):
        best = np.minimum(row[:-1] + EXCHANGE[letter].take(others), row[1:] + missing)
        row[0] += missing
        for at, cost in enumerate(extra):
            np.minimum(best[at], row[at] + cost, out=row[at + 1])
    # Where a sound has ended, nothing is extra, so that the last cell is that of its last letter.
    last: Distances = row[-1]
    return last


def _extra_costs(codes: NDArray[np.uint8]) -> Distances:
    """Return what each letter costs if the other sound lacks it."""
    following = np.zeros_like(codes)
    following[:-1] = codes[1:]
    return EXTRA[codes, following]


def _extra(letter: str, following: str) -> int:
    if letter == " ":
        return 0
    if letter in VOWELS:
        return EXTRA_VOWEL
    if CLASS.get(letter) == "l":  # silent, or a syllable of its own, after a vowel
        return EXTRA_LIQUID if following in VOWELS else FINAL_LIQUID
    return CONSONANT


def _exchange(a: str, b: str) -> int:
    if a == b:
        return 0
    if a in VOWELS and b in VOWELS:
        opposite = (a in FRONT and b in BACK) or (a in BACK and b in FRONT)
        return OTHER_VOWEL if opposite else LIKE_VOWEL
    if CLASS.get(a, a) != CLASS.get(b, b):
        return CONSONANT
    return SONORANT if CLASS[a] in "ln" else SAME_CLASS


EXTRA = np.array([[_extra(a, b) for b in LETTERS] for a in LETTERS], np.int32)
EXCHANGE = np.array([[_exchange(a, b) for b in LETTERS] for a in LETTERS], np.int32)
COUNTED = np.array([letter in CLASS or letter == "h" for letter in LETTERS])  # as consonants
