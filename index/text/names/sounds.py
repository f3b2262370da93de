"""How a name sounds, in Latin letters.

A word is romanised letter by letter with anyascii, whatever its script, and spellings that
different romanisations disagree on are made equal. That is rough: vowels are missing in Arabic and
Hebrew, Chinese and Japanese add some, and voiced and voiceless consonants are mixed up. So two
sounds are compared in two steps. `skeleton` keeps the order of consonant classes, as Dolgopolsky
grouped them (1964), and is looked up; `distances.py` then weighs the letters.
"""

import unicodedata
from functools import lru_cache

import regex
from anyascii import anyascii

VOWELS = "aeiouyhw'"
CLASSES = {"p": "pbfv", "t": "td", "s": "szcj", "k": "kgq", "n": "nm", "l": "lr"}
CLASS = {letter: name for name, letters in CLASSES.items() for letter in letters}
SPELLINGS = (
    ("sch|sh|tch|ch|ts|tz|zh|ç", "s"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("th", "t"),
    ("dh", "d"), ("ck|q", "k"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"),
    ("s+", "s"), ("ng(?![aeiouy])", "n"), ("[^a-z]", ""),
)  # fmt: skip
DOUBLED = regex.compile(r"(.)\1+")
FOLDING = [(regex.compile(pattern), new) for pattern, new in SPELLINGS]
# Letters that one language reads in two ways; each way is another sound of the word.
AMBIGUOUS = [
    (regex.compile(pattern), new)
    for pattern, new in (
        ("w", "v"),
        ("ch", "k"),
        ("j", "y"),
        ("g(?=[eiy])", "j"),
        ("th", "s"),
        ("i(?=[^aeiou]e)", "ai"),
    )
]
BEFORE_ROMANISING = str.maketrans({"ו": "w", "י": "y", "ー": "", "・": ""})
GREEK = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("ου", "u"))
PINYIN = (("ji", "gi"), ("qi", "ki"), ("xi", "si"), ("w", "v"), ("er$", "l"))
CASE_ENDINGS = {
    "Cyrillic": regex.compile("(?<=.{3})(?:ого|его|ому|ему|ым|им|ом|ем|ою|ова|ами|ой|ая|ую)$"),
    "Greek": regex.compile("(?<=.{3})ς$"),
}


@lru_cache(1 << 15)
def sounds(word: str) -> tuple[str, ...]:
    """Return how a word may sound, the likeliest first, without repeats.

    >>> sounds("Зеленского"), sounds("Müller"), sounds("トランプ")
    (('zelenskogo', 'zelensk'), ('muler',), ('toranpu',))
    """
    words = [word]
    for script, ending in CASE_ENDINGS.items():
        if regex.match(rf"\p{{{script}}}", word):
            words.append(ending.sub("", word))
    folded = (fold(one) for form in words for one in _read(form))
    return tuple(dict.fromkeys(sound for sound in folded if sound))


def _read(word: str) -> list[str]:
    """Return the ways to read one form of a word, before folding."""
    plain = unicodedata.normalize("NFC", word).lower()
    if regex.match(r"\p{Greek}", plain):
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if c.isalpha())
        for letters, new in GREEK:
            plain = plain.replace(letters, new)
    romanised = DOUBLED.sub(r"\1", anyascii(plain.translate(BEFORE_ROMANISING)).lower())
    if regex.match(r"[\p{Arabic}\p{Hebrew}]", plain):  # no vowels: two letters are two syllables
        return [anyascii(plain.translate(BEFORE_ROMANISING)).lower()]
    if regex.match(r"\p{Greek}", plain) and romanised[-1:] in VOWELS:
        return [romanised, f"{romanised}s"]  # the nominative
    if regex.match(r"\p{Hangul}", plain):
        return [regex.sub("eu", "u", regex.sub("eo", "o", romanised))]
    if regex.match(r"\p{Han}", plain):
        other = romanised
        for pattern, new in PINYIN:
            other = regex.sub(pattern, new, other)
        return [other, romanised]
    ways = [romanised]
    if regex.match(r"\p{Latin}", plain):
        for spelling, heard in AMBIGUOUS:
            ways += [spelling.sub(heard, way) for way in ways]
    return list(dict.fromkeys(ways))


def fold(romanised: str) -> str:
    """Make equal what romanisations spell differently.

    >>> fold("ohtani"), fold("ootani"), fold("khrushchev")
    ('ohtani', 'ootani', 'hrusev')
    """
    for pattern, new in FOLDING:
        romanised = pattern.sub(new, romanised)
    return romanised


def skeleton(sound: str) -> str:
    """Return the consonant classes of a sound; a liquid counts only at the start.

    >>> skeleton("zelenski"), skeleton("zeliansigi"), skeleton("laivit")
    ('snsk', 'snsk', 'lpt')
    """
    classes = [CLASS[letter] for letter in sound if letter in CLASS]
    kept = [name for at, name in enumerate(classes) if name != "l" or at == 0]
    return "".join(kept)
