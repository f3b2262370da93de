"""What a question's words and names may be in the other scripts of the archive.

Each word becomes a group of terms that count as one: all of its translations (structured queries,
Pirkola, 1998), or all the forms of a name that the archive has.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, Protocol

import regex

from index.text import scripts
from index.text.dictionaries import chinese, japanese
from index.text.dictionaries.english import inflected
from index.text.language import by_script
from index.text.names import han
from index.text.names.sounds import distance, fold, skeleton, tolerance
from index.text.names.words import MARK, Name, names
from index.text.terms import SIMPLIFIED, terms

Group = tuple[str, ...]  # terms and phrases that count as one

WORD = regex.compile(r"\p{Latin}[\p{L}\p{M}'’-]*")
HAN_RUN = regex.compile(r"\p{Han}{2,}")
CHARACTER = regex.compile(r"[\p{Han}%]")  # the dictionary also has slang such as Q, "cute"
NAMES = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+){1,2}")
HAN = "z"  # the code of its script among names
CLOSEST = 0.12  # of the forms in one script, those this much farther than the closest are kept
MAX_NAMES, MAX_COUNTERPARTS = 8, 48  # of a question; the first ones are looked up
LONGEST_PHRASE = 3  # English words that are translated together
# Question and function words, which are no names and need no translation.
STOPWORDS = frozenset({
    "a", "an", "the", "and", "or", "not", "of", "in", "on", "at", "to", "for", "by", "from", "with",
    "as", "into", "about", "between", "after", "before", "during", "who", "whom", "whose", "what",
    "which", "where", "when", "why", "how", "is", "are", "was", "were", "be", "been", "being", "do",
    "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "may", "might",
    "it", "its", "he", "his", "she", "her", "they", "them", "their", "this", "that", "these",
    "those", "there", "many", "much", "long", "old", "first", "one",
})  # fmt: skip
QUESTION_WORDS = frozenset({
    "什么", "什么时候", "时候", "何时", "何处", "哪个", "哪里", "哪儿", "哪些", "哪一", "哪位",
    "为什么", "为何", "如何", "怎么", "怎样", "多少", "多久", "几个", "一个", "没有", "可以",
    "是否", "第一",
})  # fmt: skip

# Characters that mean little on their own: particles, question words, units, numbers.
QUESTION_CHARACTERS = frozenset(
    "的了着过在是有为由于与和及跟同从到对把被将让给向往之其这那哪何什么谁几多少时候年月日名次个位座支颗艘家辆最也都又就才并而且或但因"
    "所以如不没吗呢吧怎样做作成叫称请问第上下中大小一二三四五六七八九十人"
)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A word or name of a question, and the terms that stand for it in other scripts."""

    word: str
    way: Literal["dictionary", "name"]
    terms: Group
    language: str | None = None  # of the passages that a dictionary's terms are for


class Vocabulary(Protocol):
    """What is looked up in: a snapshot of an archive, or a single text."""

    def languages(self) -> Collection[str]:
        """Return the languages of the texts."""

    def vocabulary(self, start: str) -> list[str]:
        """Return the keyword terms that start with `start`, sorted."""


def counterparts(archive: Vocabulary, question: str) -> list[Counterpart]:
    """Return what every word and name of a question may be in another script, as far as known.

    Empty if all passages are in the question's script.
    """
    asked = scripts.of_text(question)
    others = {scripts.of_language(code) for code in archive.languages()} - {asked}
    if not others:
        return []
    named = [*_names(archive, question)]
    translated: list[Counterpart] = []
    if asked == scripts.LATIN and "Han" in others:
        named += _chinese_names(archive, question)
        translated += _from_english(question, "ja" in archive.languages())
    elif asked == "Han" and scripts.LATIN in others:
        translated += (Counterpart(w, "dictionary", t, "en") for w, t in _in_english(question))
    distinct: dict[tuple[Group, str | None], Counterpart] = {}
    for one in (*(Counterpart(word, "name", group) for word, group in named), *translated):
        if one.terms:
            distinct.setdefault((one.terms, one.language), one)
    return list(distinct.values())[:MAX_COUNTERPARTS]


def _names(archive: Vocabulary, question: str) -> Iterator[tuple[str, Group]]:
    """Yield each name with its forms that the archive has in other scripts."""
    for name in _question_names(question):
        yield name.word, tuple(_heard(archive, name))
    for run in HAN_RUN.findall(question)[:MAX_NAMES]:
        simplified = run.translate(SIMPLIFIED)
        for word, read in han.japanese_readings(simplified):
            yield word, tuple(_heard(archive, Name(word, HAN, tuple(map(fold, read)))))
        for word, _ in chinese.to_english(simplified):
            simplified = simplified.replace(word, " ")
        for rest in HAN_RUN.findall(simplified):
            for parts in islice(han.surname_readings(rest), MAX_NAMES):
                for read in parts:
                    yield rest, tuple(_heard(archive, Name(rest, HAN, tuple(map(fold, read)))))


def _question_names(question: str) -> Iterator[Name]:
    named = (name for name in names(question) if name.word.casefold() not in STOPWORDS)
    return islice(named, MAX_NAMES)


def _heard(archive: Vocabulary, name: Name) -> Iterator[str]:
    """Yield the archive's names in other scripts that sound like this one."""
    nearest: dict[str, list[tuple[float, str]]] = {}
    for sound in name.sounds:
        for key in archive.vocabulary(f"{MARK}{skeleton(sound)}:"):
            _, script, other = key.split(":", 2)
            if script == name.script:
                continue
            far = distance(sound, other, tolerance(sound, other))
            if far < math.inf:
                nearest.setdefault(script, []).append((far, key))
    for found in nearest.values():
        farthest = min(found)[0] + CLOSEST
        yield from (key for far, key in found if far <= farthest)


def _chinese_names(archive: Vocabulary, question: str) -> Iterator[tuple[str, Group]]:
    for name in _question_names(question):
        if name.script == "l":
            yield name.word, tuple(_phrase(form) for form in han.japanese(name.word))
    for match in NAMES.findall(question)[:MAX_NAMES]:
        words = match.split(" ")
        yield match, tuple(map(_phrase, han.with_surname(words, archive.vocabulary)))


def _from_english(question: str, with_japanese: bool) -> Iterator[Counterpart]:
    """Yield the translations of the question's phrases, the longest known ones first.

    Japanese passages are also looked into for the Chinese words: they share many.
    """
    words = WORD.findall(question)
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            if not _is_content(words[at : at + size]):
                continue
            known = [_phrase(word) for word in chinese.to_chinese(phrase)]
            more = map(_phrase, japanese.to_japanese(phrase) if with_japanese else ())
            both = tuple(dict.fromkeys([*known, *more]))
            if both:
                yield Counterpart(phrase, "dictionary", tuple(known), "zh")
            if both and with_japanese:
                yield Counterpart(phrase, "dictionary", both, "ja")
            if both:
                break
        at += size


def _is_content(words: Sequence[str]) -> bool:
    return words[0].casefold() not in STOPWORDS and words[-1].casefold() not in STOPWORDS


def _in_english(question: str) -> Iterator[tuple[str, Group]]:
    """Yield the translations of words, then of the words within them and of single characters."""
    if by_script(question) == "ja":
        for word, senses in japanese.to_english(question):
            question = question.replace(word, " ")
            if word not in QUESTION_CHARACTERS:
                # words in ideographs mostly mean in Chinese what they mean in Japanese
                shared = chinese.senses(word.translate(SIMPLIFIED))
                yield word, _english_forms([*senses, *shared])
    rest = question.translate(SIMPLIFIED)
    words = dict(chinese.to_english(rest))
    for word in words:
        rest = rest.replace(word, " ")
    asked = [word for word in words if word not in QUESTION_WORDS]
    within = [part for word in asked for part in chinese.within(word)]
    characters = [one for one in CHARACTER.findall(rest) if one not in QUESTION_CHARACTERS]
    for word in dict.fromkeys([*asked, *within, *characters]):
        yield word, _english_forms(chinese.senses(word))


def _english_forms(senses: Iterable[str]) -> Group:
    forms = (form for sense in senses for form in inflected(sense))
    return tuple(filter(None, map(_phrase, dict.fromkeys(forms))))


def _phrase(text: str) -> str:
    return " ".join(terms(text))
