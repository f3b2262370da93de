"""People, places and organisations in Japanese text: words and their kinds by MeCab with IPADIC."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from index.text.japanese_words import JapaneseWord, japanese_words

from .east_asian import DOT, TITLE_AFTER, known, person_key
from .gazetteer import place_key
from .mention import Kind, Mention
from .words import ORGANISATIONS, choice, listed

ORGANISATION_END = regex.compile(rf"(?:{choice('japanese', 'organisation_end')})$")
PLACE_END = regex.compile(rf"(?:{choice('japanese', 'place_end')})")
LANDMARK = regex.compile("(?:川|山|湖|島|空港|半島|海峡)$")
TITLE = regex.compile(rf"[前元副新]?(?:{TITLE_AFTER}|{choice('japanese', 'title_more')})")
GENERIC = listed("japanese", "generic")
SAN_FEWEST = 2
KATAKANA = regex.compile(r"[ァ-ヺー]{2,}(?:[・＝][ァ-ヺー]{2,})*")
MOST_WORDS, LONGEST = 7, 14


class Found(NamedTuple):
    """A name that begins at a word: how many words it takes."""

    kind: Kind
    key: str
    words: int


def japanese_mentions(text: str) -> Iterator[Mention]:
    """Yield the typed names of a Japanese text, in order.

    >>> [(m.kind, m.label) for m in japanese_mentions("高市早苗首相は愛知県の東京大学で語った")]
    [('person', '高市早苗'), ('place', '愛知県'), ('organisation', '東京大学')]
    """
    words, at = japanese_words(text), 0
    while at < len(words):
        found = _find(words, at)
        if found:
            start, last = words[at].start, words[at + found.words - 1]
            end = last.start + len(last.text)
            yield Mention(start, end, found.kind, found.key, text[start:end])
        at += found.words if found else 1


def _find(words: Sequence[JapaneseWord], at: int) -> Found | None:
    """Return the name that begins at a word, the longest that is certain."""
    if words[at].kind[0] not in ("名詞", "接頭詞") or words[at].kind[1] in ("数", "代名詞"):
        return None
    longest, joined = None, ""
    for count, word in enumerate(words[at : at + MOST_WORDS], start=1):
        if word.kind[0] not in ("名詞", "接頭詞") and not joined.endswith("維新"):
            break
        joined += word.text
        if len(joined) > LONGEST or word.kind[1] in ("数", "代名詞", "副詞可能"):
            break
        if typed := _typed(joined, words[at : at + count]):
            longest = Found(*typed, count)
    person = _person(words, at)
    if person and (longest is None or longest.kind == "person" or person.words > longest.words):
        return person
    if longest and longest.kind == "place" and _follows(words, at + longest.words).startswith("人"):
        return None
    return longest


def _typed(joined: str, words: Sequence[JapaneseWord]) -> tuple[Kind, str] | None:
    """Return the kind and key of words that are a name by a list or by their ending."""
    if joined in GENERIC or len(joined) < 2 or words[-1].text == "の":
        return None
    first, kinds = words[0], words[-1].kind
    proper = any(word.kind[1] == "固有名詞" for word in words)
    entry = known(joined)
    foreign = bool(KATAKANA.fullmatch(joined)) and len(joined) > 2
    short = entry is not None and entry[0] == "person" and len(joined) < 3
    if entry and not short and (proper or foreign or joined in ORGANISATIONS):
        return entry
    if len(words) > 1 and ORGANISATION_END.search(joined) and len(joined) > 3:
        return (
            ("organisation", joined)
            if proper or (len(joined) > 4 and words[-1].kind[1] == "接尾")
            else None
        )
    if len(words) == 1 and kinds[1:3] == ("固有名詞", "組織") and len(joined) > 2:
        return "organisation", joined
    if (
        len(words) == 2
        and PLACE_END.fullmatch(words[1].text)
        and first.kind[1:3] == ("固有名詞", "地域")
    ):
        return "place", place_key(joined) or joined
    if len(words) == 1 and (kinds[1:3] == ("固有名詞", "地域") or _is_landmark(joined, kinds)):
        return "place", place_key(joined) or joined
    return None


def _is_landmark(word: str, kinds: Sequence[str]) -> bool:
    return kinds[1:3] == ("固有名詞", "一般") and len(word) > 2 and bool(LANDMARK.search(word))


def _person(words: Sequence[JapaneseWord], at: int) -> Found | None:
    """Return a person's name that begins at a word."""
    end, dotted = at, False
    while end < min(len(words), at + MOST_WORDS) and (
        words[end].person
        or KATAKANA.fullmatch(words[end].text)
        or DOT.fullmatch(words[end].text)
        or (
            end > at
            and words[at].person
            and len(words[end].text) == 1
            and words[end].kind[0] in ("接頭詞", "名詞")
            and words[end].kind[1] not in ("接尾", "数", "副詞可能")
            and words[end].text not in "前元副新"
            and end - at < 3
        )
    ):
        dotted |= bool(DOT.fullmatch(words[end].text))
        end += 1
    if end == at:
        return None
    name = "".join(word.text for word in words[at:end])
    titled = bool(TITLE.match(_follows(words, end)))
    foreign = bool(KATAKANA.search(name))
    entry = known(name)
    if entry and entry[0] != "person" and not (titled and words[at].person):
        return None
    full = words[at].person and words[at].kind[3] == "姓" and 3 <= len(name) <= 6 and end - at >= 2
    if (
        (dotted and titled)
        or (full and not foreign)
        or (titled and ((foreign and len(name) > 2) or words[at].person))
    ):
        return Found("person", person_key(name), end - at) if len(name) >= SAN_FEWEST else None
    return None


def _follows(words: Sequence[JapaneseWord], at: int) -> str:
    return "".join(word.text for word in words[at : at + 3])
