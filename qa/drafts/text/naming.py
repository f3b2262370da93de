"""Find the names in a text: capitalised words, and in Chinese and Japanese what looks like a name.

By rule and dictionary, without a model: what neither tells is no claim. Chinese words and their
kinds are told by rjieba; Japanese names by the title that follows them.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import regex
import rjieba

from index.text.dictionaries import chinese
from index.text.names.han import SURNAMES
from index.text.names.words import TRANSLITERATION
from index.text.terms import SIMPLIFIED
from qa.agreement.names import TITLES
from qa.agreement.wording import FUNCTION, NOT_NAMES

CAPITALISED = r"\p{Lu}[\p{L}\p{M}\p{N}'’.-]*(?<![.'’-])"
LATIN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'’-]){CAPITALISED}"
    rf"(?:\ (?:(?:of|the|de|la|von|van|der|den|bin|al)\ )?{CAPITALISED})*+"
)
WORD = regex.compile(r"\S+")
SENTENCE_START = regex.compile(
    r"(?:^|[.!?:;\n。！？：；][”\"’»」』]?\s*[“„«‘\"(「『]?|[“„«‘\"(「『])$|(?:^|[.!?:;\n][”\"’»]?)\s+$"
)
KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
IDEOGRAPH = regex.compile(r"[\p{Han}\p{Katakana}]")
LINE = regex.compile(r"[^\n。！？]{1,1000}")
RECENT = 64  # names of a line that a further one may overlap
HAN_RUN = regex.compile(r"\p{Han}{2,}")
FOREIGN = regex.compile(
    rf"[{TRANSLITERATION}]{{2,7}}(?:[·・][{TRANSLITERATION}]{{1,7}})+"
    r"|[\p{Katakana}ー]{2,12}(?:[·・][\p{Katakana}ー]{1,12})+"
)
JAPANESE = regex.compile(
    r"(?<!\p{Han})\p{Han}{2,6}?(?=氏|さん|市長|町長|村長|会長|館長|社長|校長|院長|園長|所長|首相|大統領|教授|選手|監督|知事|議員"
    r"|記者|容疑者|代表|博士|医師|大臣|総裁|弁護士)"
    r"|(?<!\p{Han})\p{Han}{2,4}(?:市|県|町|村|区|城|島|府|都)(?!\p{Han})"
)
CHINESE = regex.compile(
    r"(?:局长|董事长|经理|园长|镇长|县长|市长|省长|校长|院长|部长|会长|馆长|总统|主席|总理|首相|主任|书记|教授|医生|兽医|工程师|饲养员|教师"
    r"|总裁|所长|队长|警长|发言人|艺术家|作家|画家|诗人|导演|演员|教练|茶农|农民|店主|设计师|志愿者|研究员|律师|记者|茶艺师|刺绣师)"
    r"(\p{Han}{2,4}?)(?=说|表示|称|介绍|宣布|指出|认为|告诉|笑|在|将|写|答|照|任|带|[，。：、])"
    r"|(?<!\p{Han})(\p{Han}{2,3}(?:省|市|县|镇|乡|村|州))(?=[\p{Han}\d，。：、])"
)
KINDS = ("nr", "ns", "nt", "nrt", "nrfg")  # of rjieba: people, places, organisations
MAX_HAN = 4  # characters of a Chinese name
PLACE_NAME = regex.compile(r"[省市县県鎮镇乡村区町城州]$")  # not 島, which ends many surnames
_LEADING = (
    "about after all also although among an and another any as at before both but by during"
    " each either every few first for from how however if in last many more most much near"
    " next no nobody none nor not now of off on once one only or other our over several since"
    " some still such that the their then there these they this those though through to two"
    " three four five six seven eight nine ten eleven twelve under until up we what when"
    " where which while who why with without yesterday today tomorrow it he she his her its"
    " my your i you"
)
LEADING = frozenset(_LEADING.split())  # begin a sentence with a capital, or stand before a name


class Name(NamedTuple):
    """Where a name stands, and how it was told to be one.

    By its capital, a title beside it ("市长"), an ending ("县"), a dot inside ("·"), as a known
    word, or as what looks like a full name; a "guess" is any other word that rjieba takes for one.
    """

    start: int
    end: int
    kind: Literal["capital", "titled", "place", "foreign", "known", "person", "guess"]


def names(text: str) -> list[Name]:
    """Return the names in a text, in order.

    A single capitalised word that begins a sentence is none, as any word may stand there, unless
    it is capitalised within another sentence of the text.

    >>> text = "Police say that the Ulm mayor, Ann Lee, left Ulm. 县长梁雅琴说，北京下雪了。"
    >>> [text[name.start : name.end] for name in names(text)]
    ['Ulm', 'Ann Lee', 'Ulm', '梁雅琴', '北京']
    """
    return sorted({*_latin(text), *_ideographs(text)})


def _latin(text: str) -> Iterator[Name]:
    found = []
    inside: set[str] = set()
    for match in LATIN.finditer(text):
        first = SENTENCE_START.search(text, max(0, match.start() - 8), match.start()) is not None
        words = [(m[0], match.start() + m.start(), match.start() + m.end())
                 for m in WORD.finditer(match[0])]  # fmt: skip
        leading = next((n for n, word in enumerate(words) if not _is_no_name(word[0])), len(words))
        first = first and not leading
        words = words[leading:]
        while words and _is_no_name(words[-1][0]):
            words.pop()
        if not words:
            continue
        if not first:
            inside.update(word for word, _, _ in words)
        found.append((words, first))
    for words, first in found:
        if not first or len(words) > 1 or words[0][0] in inside:
            end = words[-1][2]
            if text[end - 2 : end] in ("'s", "’s"):
                end -= 2
            yield Name(words[0][1], end, "capital")


def _is_no_name(word: str) -> bool:
    folded = word.casefold().removesuffix("'s").removesuffix("’s")
    return folded in LEADING or folded in NOT_NAMES or folded in TITLES or folded in FUNCTION


def _ideographs(text: str) -> Iterator[Name]:
    taken: list[Name] = []
    for line in LINE.finditer(text):
        if not IDEOGRAPH.search(line[0]):
            continue
        for name in _in_line(line[0]):
            moved = Name(line.start() + name.start, line.start() + name.end, name.kind)
            if not any(moved.start < n.end and n.start < moved.end for n in taken[-RECENT:]):
                taken.append(moved)
    yield from taken


def _in_line(line: str) -> Iterator[Name]:
    """Yield the names in a sentence or so, the surest first."""
    for match in FOREIGN.finditer(line):
        yield Name(*match.span(), "foreign")
    if KANA.search(line):
        for match in JAPANESE.finditer(line):
            yield Name(*match.span(), _kind(match[0]))
        return
    line = line.translate(SIMPLIFIED)
    for match in CHINESE.finditer(line):
        if match.lastindex:
            yield Name(*match.span(match.lastindex), _kind(match[match.lastindex]))
    for run in HAN_RUN.finditer(line):
        at = run.start()
        for word, kind in rjieba.tag(run[0]):
            end = at + len(word)
            if kind in KINDS and 2 <= len(word) <= MAX_HAN and not _is_common(word):
                yield Name(at, end, _kind_of_word(word, kind))
            at = end


def _kind(name: str) -> Literal["titled", "place"]:
    return "place" if PLACE_NAME.search(name) else "titled"


def _kind_of_word(word: str, kind: str) -> Literal["person", "known", "guess"]:
    if rjieba.has_word(word):
        return "known"
    is_full = kind == "nr" and len(word) <= 3 and word[0] in SURNAMES
    return "person" if is_full else "guess"


@lru_cache(1 << 12)
def _is_common(word: str) -> bool:
    """Whether a dictionary knows a Chinese word as no name: its translations have no capital."""
    senses = [sense for found, all_senses in chinese.to_english(word) for sense in all_senses]
    return bool(senses) and not any(sense[0].isupper() for sense in senses)
