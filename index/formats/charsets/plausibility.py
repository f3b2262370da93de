"""How much a decoded text looks like writing, to choose between encodings that all fit its bytes.

A text that was decoded wrongly has letters that its language does not use, signs within words,
capitals after small letters, or rare ideographs. The language is detected anew for each candidate.
"""

import unicodedata
from collections import Counter
from functools import lru_cache

import regex

from index.text.language import most_likely
from index.text.scripts import of_language

from .letters import (
    ALPHABETS,
    FINAL_FORMS,
    FREQUENT_HANGUL,
    FREQUENT_KANJI,
    FREQUENT_LETTERS,
    ONE_LETTER_WORDS,
    PUNCTUATION,
    WITHIN_WORDS,
    frequent_hanzi,
)

WORD = regex.compile(r"\S*[^\x00-\x7f]\S*")
MAX_WORDS = 2000  # with characters outside of ASCII; more changes nothing
EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
AMID_LATIN = regex.compile(r"(?<=[a-z])[\p{Han}\p{Hangul}]|[\p{Han}\p{Hangul}](?=[a-z])")
MAX_AMID_LATIN = 0.3  # share of East Asian characters beside a Latin letter
MIN_FREQUENT = 0.45  # share of the frequent letters of an alphabet
_QUOTES = ".,;:!?()\"'«»“”"
FULL_SHARE = 0.3  # of frequent characters, in text that is surely East Asian; garbage has 0.05
SCRIPT_NAMES = ("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "DEVANAGARI", "ARMENIAN")

GOOD, NEUTRAL, SIGN, ODD, BROKEN = 1.0, 0.3, -0.3, -1.0, -3.0


def plausibility(text: str) -> float:
    """Return the mean worth of the characters outside of ASCII, from -3 (none is right) to 1.

    Text that is all ASCII is plausible.
    """
    words = WORD.findall(text)[:MAX_WORDS]
    if not words:
        return GOOD
    language = most_likely(text)
    alphabet = ALPHABETS.get(language)
    script = (of_language(language) or "").upper()
    count, total = 0, 0.0
    for word, times in Counter(words).items():
        values = _values(word, alphabet, script)
        count += times * len(values)
        total += times * sum(values)
    east_asian = EAST_ASIAN.findall("".join(words))
    if 2 * len(east_asian) > count:
        amid_latin = len(AMID_LATIN.findall(" ".join(words))) > MAX_AMID_LATIN * len(east_asian)
        total += (BROKEN if amid_latin else _frequency(east_asian)) * len(east_asian)
    else:
        total -= _rarity("".join(words).lower(), count)
    return total / count


def _values(word: str, alphabet: str | None, script: str) -> list[float]:
    """The worth of each character of a word that is outside of ASCII."""
    scripts = {_script(c) for c in word if c.isalpha()}
    values: list[float] = []
    for i, c in enumerate(word):
        within = 0 < i < len(word) - 1 and word[i - 1].isalpha() and word[i + 1].isalpha()
        if i and c.isupper() and word[i - 1].islower() and not (c + word[i - 1]).isascii():
            values.append(BROKEN)
        if c.isascii():
            continue
        if len(word.strip(_QUOTES)) == 1 and scripts == {"LATIN"} and c not in ONE_LETTER_WORDS:
            values.append(ODD)
        elif within and EAST_ASIAN.match(c) and (word[i - 1] + word[i + 1]).isascii():
            values.append(BROKEN)
        else:
            value = _value(c, within, scripts, alphabet or script)
            beside = word[i - 1 : i].isalpha() or word[i + 1 : i + 2].isalpha()
            values.append(ODD if value == SIGN and beside else value)
    if len(word) > 2 and word.isupper() and not word[:3].isascii():
        values.append(ODD)  # a text in the wrong Cyrillic encoding may be all capitals
    return values


def _value(c: str, within: bool, scripts: set[str], expected: str) -> float:
    """The worth of one character, by the letters or else the SCRIPT that its language uses."""
    category = unicodedata.category(c)
    if category in ("Cc", "Cn", "Co", "Cs") or c == "\ufffd" or "\uff61" <= c <= "\uff9f":
        return BROKEN
    if c in PUNCTUATION or c in WITHIN_WORDS:
        return (GOOD if c in WITHIN_WORDS else ODD) if within and c.isascii() is False else NEUTRAL
    if category[0] not in "LM":
        return BROKEN if within else SIGN
    if EAST_ASIAN.match(c):
        return 0.0  # judged by its frequency
    if len(scripts) > 1:
        return BROKEN
    if c in FINAL_FORMS and within:
        return BROKEN
    if expected.islower():
        return GOOD if _folded(c) & set(expected) else ODD
    return GOOD if expected in scripts and expected != "LATIN" else NEUTRAL


@lru_cache(maxsize=4096)
def _folded(c: str) -> frozenset[str]:
    return frozenset(c.lower())


@lru_cache(maxsize=65536)
def _script(c: str) -> str:
    """The script of a letter, roughly; the East Asian ones count as one."""
    if EAST_ASIAN.match(c):
        return "EAST ASIAN"
    name = unicodedata.name(c, "")
    return next((script for script in SCRIPT_NAMES if script in name), name.partition(" ")[0])


def _rarity(words: str, count: int) -> float:
    """The penalty for text in one script in which its frequent letters are rare."""
    for script, frequent in FREQUENT_LETTERS.items():
        plain = unicodedata.normalize("NFD", words) if script == "GREEK" else words
        letters = [c for c in plain if _script(c) == script]
        if 2 * len(letters) > count:
            share = sum(c in frequent for c in letters) / len(letters)
            return 2 * count * (1 - min(1.0, share / MIN_FREQUENT))
    return 0.0


def _frequency(characters: list[str]) -> float:
    """The worth of East Asian characters: at best GOOD, about ODD if they seem random."""
    kana = sum("\u3041" <= c <= "\u30ff" for c in characters)
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in characters)
    han = len(characters) - kana - hangul
    if min(hangul, han) > 0.1 * len(characters):
        return ODD
    if hangul > han:
        frequent = (1 + sum(c in FREQUENT_HANGUL for c in characters)) / (2 + hangul)
    elif kana >= 0.2 * len(characters):
        hiragana = sum(c <= "\u309f" for c in characters if c <= "\u30ff" and c >= "\u3041")
        if hiragana < 0.3 * kana:
            return NEUTRAL
        kanji = sum(c in FREQUENT_KANJI for c in characters) / max(1, han)
        return NEUTRAL + (GOOD - NEUTRAL) * min(1.0, kanji / FULL_SHARE if han else 1.0)
    else:
        frequent = (1 + sum(c in frequent_hanzi() for c in characters)) / (2 + len(characters))
    return ODD + (GOOD - ODD) * min(1.0, frequent / FULL_SHARE)
