"""The English side of a dictionary: what a gloss translates, and the forms that a word takes."""

import unicodedata
from collections.abc import Iterable

LONGEST_SENSE = 4  # words of an English translation
NOT_A_SENSE = (
    "variant of", "old variant of", "erhua variant of", "archaic variant of", "see ", "CL:",
    "surname ", "abbr. ", "also ", "(",
)  # fmt: skip
INFLECTIONS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip


def sense(gloss: str) -> str:
    """Return the translation in one gloss of an entry, "" if it has none of a few words.

    >>> sense("to sign (an agreement)"), sense("Hokkaidō, Japan"), sense("variant of 峰[feng1]")
    ('sign', 'Hokkaido', '')
    """
    if gloss.startswith(NOT_A_SENSE):
        return ""
    found = gloss.partition(" (")[0].partition(",")[0].partition(";")[0]
    for opening in ("to be ", "to ", "the ", "an ", "a "):
        found = found.removeprefix(opening)
    if not found.isascii():
        found = "".join(c for c in unicodedata.normalize("NFD", found) if c.isascii())
    return found.rstrip("?!. ") if found.count(" ") < LONGEST_SENSE else ""


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


def dictionary_forms(english: str) -> list[str]:
    """Return a word or phrase in lower case, and what it may be an inflection of.

    >>> dictionary_forms("Policies")
    ['policies', 'policy', 'polici', 'policie']
    """
    word = english.casefold()
    plain = (
        word.removesuffix(ending) + plain
        for ending, plain in INFLECTIONS
        if word.endswith(ending) and len(word) > len(ending) + 2
    )
    return [word, *plain]


def by_sense(entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Return the words for every English sense, in lower case.

    >>> by_sense([("日本", ["Japan"]), ("首相", ["premier", "Premier"]), ("总理", ["premier"])])
    {'japan': ['日本'], 'premier': ['首相', '总理']}
    """
    words: dict[str, list[str]] = {}
    for word, senses in entries:
        for one in dict.fromkeys(map(str.casefold, senses)):
            words.setdefault(one, []).append(word)
    return words
