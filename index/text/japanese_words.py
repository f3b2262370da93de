"""Split Japanese text into words with their classes and dictionary forms: MeCab with IPADIC."""

import threading
from functools import cache
from typing import NamedTuple

import fugashi
import ipadic

CLASSES, PLAIN_FORM = slice(0, 4), 6  # columns of IPADIC
LOCK = threading.Lock()


class JapaneseWord(NamedTuple):
    """A word with its class, the kinds of a proper noun, where it begins, and its plain form."""

    text: str
    kind: tuple[str, ...]
    start: int
    plain: str

    @property
    def person(self) -> bool:
        """Whether it is part of a person's name."""
        return self.kind[1:3] == ("固有名詞", "人名")


def japanese_words(text: str) -> list[JapaneseWord]:
    """Return the words of a text in order, without the white space between them.

    >>> [(word.plain, word.kind[0]) for word in japanese_words("手紙を書いた")]
    [('手紙', '名詞'), ('を', '助詞'), ('書く', '動詞'), ('た', '助動詞')]
    """
    words, at = [], 0
    with LOCK:  # a tagger keeps the text that it reads
        nodes = [(node.surface, tuple(node.feature)) for node in _tagger()(text)]
    for surface, columns in nodes:
        at = text.index(surface, at)
        plain = columns[PLAIN_FORM] if columns[PLAIN_FORM] != "*" else surface
        words.append(JapaneseWord(surface, columns[CLASSES], at, plain))
        at += len(surface)
    return words


@cache
def _tagger() -> fugashi.GenericTagger:
    return fugashi.GenericTagger(ipadic.MECAB_ARGS)
