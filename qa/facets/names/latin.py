"""People, places and organisations in a text in Latin letters; the rules were made for English.

A run of capitalised words is a name only if a list or its own form says of what: what is left stays
untyped and is no name here. Precision goes before recall.
"""

from collections.abc import Iterator
from functools import cache

import regex

from index.text.names.han import japanese

from . import cedict
from .gazetteer import countries, given_names, place_key, surnames
from .latin_runs import Run, is_capitals, runs
from .mention import Kind, Mention
from .words import ACRONYMS, choice, listed

TITLES = listed("latin", "titles")
ORGANISATION_ENDS = listed("latin", "organisation_ends")
ORGANISATION_STARTS = listed("latin", "organisation_starts")
PLACE_ENDS, PLACE_STARTS = listed("latin", "place_ends"), listed("latin", "place_starts")
PARTICLES, ASIAN_SURNAMES = listed("latin", "particles"), listed("latin", "asian_surnames")
NO_PERSON_ENDS = listed("latin", "no_person_ends")
DOUBTFUL_GIVEN = listed("latin", "doubtful_given")
COMPANIES = frozenset(choice("latin", "companies").split("|"))
ROLES, SPEAKS = choice("latin", "roles"), choice("latin", "speaks")
ROLE_BEFORE = regex.compile(rf"\b(?:{ROLES}),? $")
SPEAKS_AFTER = regex.compile(rf"(?:’s|'s)? ?,?\s(?:who )?(?:{SPEAKS})\b|, \d\d,")
SPEAKS_BEFORE = regex.compile(rf"\b(?:{SPEAKS}) $")
LOCATIVE_BEFORE = regex.compile(
    r"\b(?:in|at|near|from|around|outside|across|to|of|via|through|reached|visited|left|between"
    r"|hit|and|struck|into|towards?|over|leaves|central|northern|southern"
    r"|eastern|western|downtown)(?: the)? $"
)
THE_BEFORE = regex.compile(r"\b(?:[Tt]he|[Aa]n?) $")
COMPANY_AFTER = regex.compile(
    r"(?:’s|'s)|,? (?:said|says|will|has|cut|is|was|plans|wants|and|reported|missed|lost|won|raised"
    r"|warehouse|workers|shares|stores|employees|founder|analyst|executives|beat|sold|bought|announced|declined)\b"
)
SYLLABLES = regex.compile(r"(?:\p{Lu}?\p{Ll}{1,6})(?:-\p{L}\p{Ll}{1,6})?")
INITIAL = regex.compile(r"\p{Lu}\.")
NAMESAKES = ("Amazon", "Chelsea")  # of a river and of people
MOST_WORDS = 5  # of a person
LEGAL_FORM = regex.compile(r",? (?:inc|co|corp|ltd|llc|ag|plc|se|gmbh)\.?$")


def latin_mentions(text: str) -> Iterator[Mention]:
    """Yield the typed names of a text in Latin letters, in order.

    >>> [(m.kind, m.label) for m in latin_mentions("President Gerald Ford told Reuters in Lyon")]
    [('person', 'Gerald Ford'), ('organisation', 'Reuters'), ('place', 'Lyon')]
    """
    at = 0
    for line in text.splitlines(keepends=True):
        find = _in_capitals if is_capitals(line) else _in_line
        for found in find(line):
            yield Mention(at + found.start, at + found.end, found.kind, found.key, found.label)
        at += len(line)


def _in_capitals(line: str) -> Iterator[Mention]:
    """Yield the places of a line in capitals after a preposition, which hardly any word can be."""
    for match in regex.finditer(
        r"(?<=\b(?:IN|NEAR|AFTER|FROM|AT) )\p{Lu}{4,}(?: \p{Lu}{4,})?\b", line
    ):
        for name in (match[0], match[0].split()[0]):
            if key := place_key(name.title()):
                yield Mention(match.start(), match.start() + len(name), "place", key, name.title())
                break


def _in_line(line: str) -> Iterator[Mention]:
    for run in runs(line):
        before = line[max(0, run.spans[0][0] - 30) : run.spans[0][0]]
        after = line[run.spans[-1][1] : run.spans[-1][1] + 30]
        for kind, name, key in typed(run, before, after):
            yield Mention(name.spans[0][0], name.spans[-1][1], kind, key, name.text)


def typed(run: Run, before: str, after: str) -> Iterator[tuple[Kind, Run, str]]:
    """Yield what a run names, with the part of it that is the name, and the name's key."""
    rest = _untitled(run)
    if rest is None:
        return
    titled = len(rest.words) < len(run.words)
    if key := organisation(rest, before, after):
        yield "organisation", rest, key
    elif not titled and (key := place(rest, before, after)):
        yield "place", rest, key
    elif person(rest, titled or bool(ROLE_BEFORE.search(before)), before, after):
        yield "person", rest, rest.text.casefold().rstrip(".")
    elif run.first and len(rest.words) > 1 and rest.words[0].casefold() in cedict.common_words():
        yield from typed(rest.part(1), f"{before}{rest.words[0]} ", after)


def _untitled(run: Run) -> Run | None:
    """Return a run without the titles before a name; None if nothing but titles is left."""
    at = 0
    while at < len(run.words) and run.words[at].rstrip(".") in TITLES:
        at += 1
    if at == len(run.words):
        return None
    if run.words[at] in ORGANISATION_STARTS | ORGANISATION_ENDS | {"of", "for", "&"}:
        return run  # "Foreign Ministry"
    return run.part(at)


def organisation(run: Run, before: str, after: str) -> str | None:
    """Return the key of an organisation, or None."""
    words, text = run.words, run.text
    if text in ACRONYMS:
        return ACRONYMS[text]
    if text in COMPANIES:
        common = text.casefold() in cedict.common_words() or text in NAMESAKES
        if common and (THE_BEFORE.search(before) or (run.first or place_key(text))):
            return text.casefold() if COMPANY_AFTER.match(after) else None
        return text.casefold()
    if len(words) > 1:
        key = LEGAL_FORM.sub("", text.casefold())
        if key in cedict.english_organisations():
            return key
        last = words[-1].rstrip(".")
        if last in ORGANISATION_ENDS or any(
            word in ORGANISATION_STARTS and words[at + 1 : at + 2] in (("of",), ("for",))
            for at, word in enumerate(words)
        ):
            return key
    return None


def place(run: Run, before: str, after: str) -> str | None:
    """Return the key of a place, or None where its name may as well be another's."""
    words, text = run.words, run.text
    if key := place_key(text):
        word = text.casefold()
        doubtful = word in cedict.common_words() or text in given_names() or text in ASIAN_SURNAMES
        if text in countries() and not (run.first and word in cedict.common_words()):
            return key
        sure = LOCATIVE_BEFORE.search(before) or regex.match(
            r", \p{Lu}|(?:’s|'s) (?:capital|parliament)", after
        )
        return None if doubtful and not sure else key
    known = (
        words[0] not in PLACE_STARTS
        and words[-1] in PLACE_ENDS
        and words[0].casefold() != words[-1]
    )
    if len(words) > 1 and (known or words[0] in PLACE_STARTS):
        return text.casefold().removesuffix(" prefecture").removesuffix(" province")
    return None


def person(run: Run, titled: bool, before: str, after: str) -> bool:
    """Return whether a run is somebody's name."""
    words = [
        word for word in run.words if not INITIAL.fullmatch(word) and word not in ("Jr.", "Sr.")
    ]
    if not words or len(run.words) > MOST_WORDS or {"of", "for", "&"} & set(run.words):
        return False
    if place_key(run.text) and not titled:
        return False
    if words[-1] in PLACE_ENDS | ORGANISATION_ENDS | NO_PERSON_ENDS or words[0] in TITLES:
        return False
    unknown = [w for w in words if w.casefold() not in cedict.common_words() and w not in PARTICLES]
    if titled:
        return bool(unknown) and not (len(words) == 1 and run.text in COMPANIES)
    if len(words) < 2:
        return False
    if words[-1].isupper() or (place_key(words[0]) and words[0] not in given_names()):
        return False
    if (
        is_given(words[0])
        and (unknown or words[-1] in surnames())
        and _at_ease(run, words[0], unknown)
    ):
        return True
    if words[0] in ASIAN_SURNAMES and all(SYLLABLES.fullmatch(word) for word in words[1:]):
        return len(words) <= 3 and bool(unknown)
    if len(unknown) == len(words) and words[-1] in surnames() and not any(map(place_key, words)):
        return True
    joined = PARTICLES & set(words[1:-1]) or len(words) < len(run.words)
    speaks = SPEAKS_AFTER.match(after) or SPEAKS_BEFORE.search(before)
    return bool(joined or speaks) and len(unknown) == len([w for w in words if w not in PARTICLES])


def _at_ease(run: Run, word: str, unknown: list[str]) -> bool:
    """Return whether the first word is not more often another one at the start of a sentence."""
    return bool(unknown) or word not in DOUBTFUL_GIVEN or not run.first


@cache
def is_given(word: str) -> bool:
    """Return whether a word is a given name in Latin letters, known from any of the lists."""
    first = word.partition("-")[0]
    if word in given_names() or first in given_names() or word in cedict.given_names():
        return True
    return len(word) > 4 and word.casefold() not in cedict.common_words() and bool(japanese(word))
