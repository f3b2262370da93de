"""The tables of control words agree with each other and with Python's codecs."""

import codecs

from index.formats.rich_text import words


def test_every_encoding_is_known() -> None:
    for codec in (*words.CHARACTER_SETS.values(), *words.FONT_CHARSETS.values()):
        assert codecs.lookup(codec)


def test_no_word_has_two_meanings() -> None:
    tables = (set(words.SYMBOLS), words.DROPPED, words.OUTER, words.READ_WITHIN,
              words.HEADERS, words.FOOTERS)  # fmt: skip
    assert sum(map(len, tables)) == len(set().union(*tables))
