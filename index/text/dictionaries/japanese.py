"""Translate words between English and Japanese with the common words of EDICT, for keyword search.

Returns every translation, without choosing, as `chinese.py` does. MeCab splits a Japanese text into
words and tells their dictionary forms.
"""

import lzma
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import regex

from ..japanese_words import JapaneseWord, japanese_words
from .english import by_sense, dictionary_forms

LONGEST_WORD = 4  # of MeCab's words that one of the dictionary may consist of
SHORTEST_HIRAGANA = 3  # characters of a noun in hiragana that is translated
HIRAGANA = regex.compile(r"\p{Hiragana}+")
# Classes that mean something by themselves, without these kinds of them.
CONTENT = {"名詞", "動詞", "形容詞", "接頭詞"}
NO_CONTENT = {"代名詞", "非自立", "数", "接尾", "特殊"}
# A verb or an adjective: what all its forms begin with, and its last syllable.
VERB = regex.compile(r"^(\p{Han}[\p{Han}\p{Hiragana}]+)[うくぐすつぬぶむるい]$")


def to_japanese(english: str) -> tuple[str, ...]:
    """Return the Japanese words for an English word or phrase, of verbs what all forms begin with.

    Words of one character are left out, verbs like 書く are given as they are.

    >>> to_japanese("televisions"), to_japanese("born")
    (('テレビ', 'テレビジョン'), ('生まれ',))
    """
    words = (word for form in dictionary_forms(english) for word in _japanese().get(form, ()))
    return tuple(dict.fromkeys(VERB.sub(r"\1", word) for word in words))


def to_english(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the longest dictionary words in a Japanese text as they stand, and their translations.

    >>> [(word, senses[0]) for word, senses in to_english("図書館で働いた")]
    [('図書館', 'library'), ('働い', 'work')]
    """
    words, at = japanese_words(text), 0
    while at < len(words):
        sizes = range(min(LONGEST_WORD, len(words) - at), 0, -1)
        size = next((n for n in sizes if _plain(words[at : at + n]) in _english()), 0)
        found = words[at : at + size]
        if found and _has_content(found):
            yield "".join(word.text for word in found), tuple(_english()[_plain(found)])
        at += size or 1


def _plain(words: Sequence[JapaneseWord]) -> str:
    return "".join(word.text for word in words[:-1]) + words[-1].plain


def _has_content(words: Sequence[JapaneseWord]) -> bool:
    """Whether words mean something by themselves; verbs in kana are mostly auxiliary."""
    kind, text = words[0].kind, "".join(word.text for word in words)
    if HIRAGANA.fullmatch(text) and (kind[0] != "名詞" or len(text) < SHORTEST_HIRAGANA):
        return False
    return kind[0] in CONTENT and kind[1] not in NO_CONTENT


@cache
def _english() -> dict[str, list[str]]:
    """Return the English senses of every Japanese word."""
    packed = resources.files(__package__).joinpath("data", "japanese.txt.xz").read_bytes()
    lines = (line.split("\t") for line in lzma.decompress(packed).decode().splitlines())
    return {word: senses.split("/") for word, senses in lines}


@cache
def _japanese() -> dict[str, list[str]]:
    """Return the Japanese words for every English sense, in lower case."""
    return by_sense(one for one in _english().items() if len(one[0]) > 1)
