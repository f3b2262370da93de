"""People, places and organisations in Chinese text: words by jieba, names by CC-CEDICT and form."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex
import rjieba

from index.text.names.han import SURNAMES
from index.text.terms import SIMPLIFIED

from . import cedict
from .east_asian import DOT, FOREIGN, TITLE_AFTER, is_foreign, known, person_key, romanised
from .gazetteer import place_key
from .mention import Kind, Mention
from .words import ORGANISATIONS, choice, listed

ORGANISATION_END = regex.compile(rf"(?:{choice('chinese', 'organisation_end')})$")
PLACE_END = regex.compile(rf"(?:{choice('chinese', 'place_end')})")
TITLE = regex.compile(rf"(?:{TITLE_AFTER})")
FREQUENCY = 2_000  # that of a common word, to jieba
NAME_TAGS = {"nr", "nrt", "nrfg"}
PROPER_TAGS = NAME_TAGS | {"ns", "nt", "nz", "j"}
JOINING = PROPER_TAGS | {"n", "l", "vn", "b", "i", "eng", "an"}
MOST_WORDS, MOST_CHARACTERS, LONGEST_PERSON, LONGEST_JAPANESE = 6, 14, 4, 5
COMPOUND = frozenset(("欧阳", "司马", "诸葛", "上官", "司徒", "夏侯", "皇甫", "尉迟"))
GENERIC, STOP = listed("chinese", "generic"), listed("chinese", "stop")


class Word(NamedTuple):
    """A word with jieba's part of speech, and where it begins."""

    text: str
    tag: str
    start: int


class Found(NamedTuple):
    """A name that begins at a word: how many characters and words it takes."""

    kind: Kind
    key: str
    length: int
    words: int


def chinese_mentions(text: str) -> Iterator[Mention]:
    """Yield the typed names of a Chinese text, in order.

    >>> [(m.kind, m.label) for m in chinese_mentions("泽连斯基总统访问北京大学")]
    [('person', '泽连斯基'), ('organisation', '北京大学')]
    """
    folded, at = text.translate(SIMPLIFIED), 0
    for match in FOREIGN.finditer(folded):
        last = known(DOT.split(match[0])[-1])
        if match.start() >= at and (last is None or (last[0] == "person" and DOT.search(match[0]))):
            yield from _between(text, folded, at, match.start())
            label = text[match.start() : match.end()]
            key = last[1] if last else person_key(label)
            yield Mention(match.start(), match.end(), "person", key, label)
            at = match.end()
    yield from _between(text, folded, at, len(text))


def _between(text: str, folded: str, start: int, end: int) -> Iterator[Mention]:
    """Yield the names of a part of a text."""
    words, place = [], start
    for word, tag in _jieba().tag(folded[start:end]):
        words.append(Word(word, tag, place))
        place += len(word)
    at = 0
    while at < len(words):
        found = _find(words, at)
        if found and found.kind:
            begin = words[at].start
            label = text[begin : begin + found.length]
            # "日本人" names no place
            if not (
                found.kind == "place"
                and text[begin + found.length : begin + found.length + 1] == "人"
            ):
                yield Mention(begin, begin + found.length, found.kind, found.key, label)
        at += found.words if found else 1


@cache
def _jieba() -> rjieba.Jieba:
    """Return a segmenter that also knows the names of the lists."""
    segmenter = rjieba.Jieba()
    tags = {"person": "nr", "place": "ns", "organisation": "nt"}
    for word, entry in cedict.named().items():
        if len(word) > 2 or not segmenter.has_word(word):
            segmenter.add_word(word, FREQUENCY, tags[entry.kind])
    for word in ORGANISATIONS:
        segmenter.add_word(word.translate(SIMPLIFIED), FREQUENCY, "nt")
    return segmenter


def _find(words: Sequence[Word], at: int) -> Found | None:
    """Return the name that begins at a word, the longest that is certain."""
    if not words[at].text.strip() or words[at].text in STOP:
        return None
    longest, joined = _japanese(words, at), ""
    if longest:
        return longest
    for count, word in enumerate(words[at : at + MOST_WORDS], start=1):
        joined += word.text
        if word.tag == "x" or word.text in STOP or len(joined) > MOST_CHARACTERS:
            break
        if found := _typed(joined, words[at : at + count]):
            longest = Found(*found, len(joined), count)
        if word.tag not in JOINING and count > 1:
            break
    if (
        longest is None
        and (key := place_key(words[at].text[:2]))
        and TITLE.fullmatch(words[at].text[2:])
    ):
        return Found("place", key, 2, 1)
    if longest is None or (longest.kind == "person" and longest.words == 1):
        return _person(words, at) or longest
    return longest


def _typed(joined: str, words: Sequence[Word]) -> tuple[Kind, str] | None:
    """Return the kind and key of words that are a name by a list or by their ending."""
    if joined in GENERIC or len(joined) < 2:
        return None
    tag, first = words[-1].tag, words[0]
    if entry := known(joined):
        doubtful = tag not in PROPER_TAGS and (tag != "n" or joined not in cedict.named())
        if len(joined) < 3 and len(words) == 1 and doubtful:
            return None
        return entry
    if len(joined) > 3 and ORGANISATION_END.search(joined):
        named = first.tag in PROPER_TAGS or place_key(first.text)
        return ("organisation", joined) if named and first.text not in COMPOUND else None
    if len(words) == 2 and PLACE_END.fullmatch(words[1].text) and len(joined) > 2:
        if key := place_key(first.text):
            return "place", key if len(words[1].text) == 1 else joined
        return ("place", joined) if first.tag == "ns" else None
    if len(words) == 1 and tag == "ns" and len(joined) > 2:
        return "place", joined
    return ("organisation", joined) if len(words) == 1 and tag == "nt" and len(joined) > 2 else None


def _person(words: Sequence[Word], at: int) -> Found | None:
    """Return a person's name that begins at a word."""
    word, tag, _ = words[at]
    following = words[at + 1 : at + 3]
    piece = following[0].text if following else ""
    if "某" in word + piece[:1]:
        return None
    name, count = word, 1
    if word in COMPOUND and 1 <= len(piece) <= 2:
        name, count = word + piece, 2
    elif len(word) == 1:
        if tag not in NAME_TAGS or word not in SURNAMES or len(piece) != 2 or piece in STOP:
            return None
        name, count = word + piece, 2
    elif (
        len(word) == 2
        and tag in NAME_TAGS
        and len(piece) == 1
        and following[0].tag in ("n", "nr", "ng", "g", "ag", "vg")
    ):
        name, count = (word + piece, 2) if word[0] in SURNAMES and piece not in STOP else (word, 1)
    elif tag not in NAME_TAGS and not (
        word[0] in SURNAMES and len(word) == 3 and _titled(following)
    ):
        return None
    fits = name[0] in SURNAMES or name[:2] in COMPOUND or is_foreign(name)
    if not fits or not 2 <= len(name) <= LONGEST_PERSON or place_key(name) or name in GENERIC:
        return None
    if known(name) and known(name) != ("person", person_key(name)):
        return None
    return Found("person", person_key(name), len(name), count)


def _titled(following: Sequence[Word]) -> bool:
    return bool(TITLE.match("".join(word.text for word in following)))


def _japanese(words: Sequence[Word], at: int) -> Found | None:
    """Return a Japanese name in full: a family and a given name of the list."""
    joined = ""
    for count, word in enumerate(words[at : at + 4], start=1):
        joined += word.text
        if word.text in STOP or len(joined) > LONGEST_JAPANESE or word.tag in ("v", "t", "m", "x"):
            return None
        if count == 1 or len(joined) < LONGEST_JAPANESE - 1:
            continue
        second = joined[len(words[at].text) :]
        if place_key(joined) or place_key(second) or _jieba().has_word(second):
            continue
        if romanised(joined):
            return Found("person", person_key(joined), len(joined), count)
    return None
