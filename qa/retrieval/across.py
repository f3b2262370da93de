"""What a question's words and names may be in the other scripts of the archive.

Each word becomes a group of terms that count as one: all of its translations (structured queries,
Pirkola, 1998), or all the forms of a name that the archive has.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal, Protocol

import numpy as np
import regex

from index.text import scripts
from index.text.dictionaries import chinese
from index.text.names import han
from index.text.names.distances import FAR, distances
from index.text.names.sounds import fold, skeleton
from index.text.names.words import MARK, Name, names
from index.text.terms import SIMPLIFIED

from .translation import STOPWORDS, Group, from_english, phrase, to_english

LookUp = Callable[[str], list[str]]  # the archive's terms that start so
# consonants, and a script -> keys of the archive's names in other scripts, and their sounds
Forms = Callable[[str, str], tuple[list[str], list[str]]]

HAN_RUN = regex.compile(r"\p{Han}{2,}")
NAMES = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+){1,2}")
HAN = "z"  # the code of its script among names
CLOSEST = 2  # of the forms in one script, those this much farther than the closest are kept
MAX_NAMES, MAX_COUNTERPARTS = 8, 48  # of a question; the first ones are looked up


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
    # readings of a name, and names of a question, often need the same terms
    look_up: LookUp = cache(archive.vocabulary)
    named = [*_names(_forms(look_up), question)]
    translated: list[tuple[str, str, Group]] = []
    if asked == scripts.LATIN and "Han" in others:
        named += _chinese_names(look_up, question)
        translated += from_english(question, "ja" in archive.languages())
    elif asked == "Han" and scripts.LATIN in others:
        translated += (("en", word, group) for word, group in to_english(question))
    found = [Counterpart(word, "name", group) for word, group in named]
    found += [Counterpart(word, "dictionary", group, code) for code, word, group in translated]
    distinct: dict[tuple[Group, str | None], Counterpart] = {}
    for one in found:
        if one.terms:
            distinct.setdefault((one.terms, one.language), one)
    return list(distinct.values())[:MAX_COUNTERPARTS]


def _names(forms: Forms, question: str) -> Iterator[tuple[str, Group]]:
    """Yield each name with its forms that the archive has in other scripts."""
    for name in _question_names(question):
        yield name.word, tuple(_heard(forms, name))
    for run in HAN_RUN.findall(question)[:MAX_NAMES]:
        simplified = run.translate(SIMPLIFIED)
        for word, read in han.japanese_readings(simplified):
            yield word, tuple(_heard(forms, Name(word, HAN, tuple(map(fold, read)))))
        for word, _ in chinese.to_english(simplified):
            simplified = simplified.replace(word, " ")
        for rest in HAN_RUN.findall(simplified):
            for parts in islice(han.surname_readings(rest), MAX_NAMES):
                for read in parts:
                    yield rest, tuple(_heard(forms, Name(rest, HAN, tuple(map(fold, read)))))


def _question_names(question: str) -> Iterator[Name]:
    named = (name for name in names(question) if name.word.casefold() not in STOPWORDS)
    return islice(named, MAX_NAMES)


def _forms(look_up: LookUp) -> Forms:
    """Return a function that finds the archive's names with the same consonants."""

    @cache
    def forms(consonants: str, script: str) -> tuple[list[str], list[str]]:
        start = f"{MARK}{consonants}:"
        keys = look_up(start)
        first = bisect_left(keys, f"{start}{script}:")
        end = bisect_left(keys, f"{start}{script};", lo=first)  # ";" comes next to ":"
        keys = keys[:first] + keys[end:]
        return keys, [key.rpartition(":")[2] for key in keys]

    return forms


def _heard(forms: Forms, name: Name) -> Iterator[str]:
    """Yield the archive's names in other scripts that sound like this one."""
    nearest: dict[str, list[tuple[int, str]]] = {}
    for sound in name.sounds:
        keys, others = forms(skeleton(sound), name.script)
        far = distances(sound, others)
        for at in np.flatnonzero(far < FAR):
            script = keys[at].split(":")[1]
            nearest.setdefault(script, []).append((int(far[at]), keys[at]))
    for found in nearest.values():
        farthest = min(found)[0] + CLOSEST
        yield from (key for far, key in found if far <= farthest)


def _chinese_names(look_up: LookUp, question: str) -> Iterator[tuple[str, Group]]:
    for name in _question_names(question):
        if name.script == "l":
            yield name.word, tuple(phrase(form) for form in han.japanese(name.word))
    for match in NAMES.findall(question)[:MAX_NAMES]:
        words = match.split(" ")
        yield match, tuple(map(phrase, han.with_surname(words, look_up)))
