"""What names in Chinese and Japanese texts have in common: lists, titles, foreign names."""

from collections.abc import Sequence
from itertools import product

import regex

from index.text.names.han import japanese_readings
from index.text.names.words import TRANSLITERATION
from index.text.terms import SIMPLIFIED

from . import cedict
from .gazetteer import place_key
from .mention import Kind
from .words import ORGANISATIONS, choice

DOT = regex.compile("[·・‧•＝]")
TITLE_AFTER = choice("east_asian", "title_after")
SPEAKS = choice("chinese", "speaks")
# A foreign name in Chinese: its parts joined by a dot, or beside a title or a verb
FOREIGN = regex.compile(
    rf"[{TRANSLITERATION}]{{1,5}}(?:[·・‧•][{TRANSLITERATION}]{{1,6}})+"
    rf"|(?:(?<=(?:{TITLE_AFTER}))[{TRANSLITERATION}]{{3,7}}(?![{TRANSLITERATION}])"
    rf"|(?<![{TRANSLITERATION}])[{TRANSLITERATION}]{{3,7}}(?={TITLE_AFTER})"
    rf"|(?<=[与和、见了])[{TRANSLITERATION}]{{4,7}}(?={SPEAKS}))"
)


def person_key(name: str) -> str:
    """Return the key of a name in characters: as it is written in Latin letters, if that is sure.

    >>> person_key("特朗普"), person_key("高市早苗"), person_key("安倍晋三"), person_key("习近平")
    ('donald trump', 'sanae takaichi', 'shinzo abe', 'xi jinping')
    """
    folded = name.translate(SIMPLIFIED)
    entry = cedict.named().get(folded)
    japanese = romanised(folded)
    if entry and entry.kind == "person":
        words = entry.key.split()
        family = [reading for part, read in japanese_readings(folded[:2]) for reading in read]
        # the dictionary writes Japanese names with the family name first
        return " ".join(reversed(words)) if len(words) == 2 and words[0] in family else entry.key
    return japanese[0] if len(japanese) == 1 else folded


def romanised(name: str) -> Sequence[str]:
    """Return the ways to read a Japanese family and given name, in Western order."""
    parts = list(japanese_readings(name))
    if len(parts) != 2 or "".join(part for part, _ in parts) != name:
        return ()
    family, given = (readings for _, readings in parts)
    return [f"{second} {first}" for first, second in product(family, given)]


def known(word: str) -> tuple[Kind, str] | None:
    """Return the kind and the key of a name that a list has, in characters or katakana.

    >>> known("臺北"), known("世界卫生组织"), known("天气")
    (('place', 'taipei'), ('organisation', 'world health organization'), None)
    """
    folded = word.translate(SIMPLIFIED)
    if key := ORGANISATIONS.get(word) or ORGANISATIONS.get(folded):
        return "organisation", key
    if entry := cedict.named().get(folded):
        return entry.kind, person_key(word) if entry.kind == "person" else entry.key
    if key := place_key(folded):
        return "place", key
    return None


def is_foreign(word: str) -> bool:
    """Return whether a word is spelled only with characters for foreign names.

    >>> is_foreign("赫格塞思"), is_foreign("会议")
    (True, False)
    """
    folded = word.translate(SIMPLIFIED)
    return len(folded) > 1 and all(c in _FOREIGN for c in folded)


_FOREIGN = frozenset(TRANSLITERATION)
