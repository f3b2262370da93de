"""What the pronouns of a follow-up may refer to in a Chinese question and its answer."""

import re
from itertools import pairwise

from .antecedents import Pronoun
from .chinese import ASKS_WHAT, ASKS_WHO, WH, WHERE, named
from .chinese_nouns import OFFICE, Noun, is_counted, nouns, phrases

CONNECTIVE = re.compile(r"[和与同跟及、]")
GROUP = re.compile(r"[和与及、]|[们员民工众]$|家属|夫妇|代表$|[两几多]")
BEFORE_NOUN = re.compile(r"[给在向被从把由是为于对称求有到约][\u3400-\u9fff]")
MAX_PERSON = 8  # characters of a name that is joined to another person's
MAX_REFERENT = 14  # characters of an answer that is referred to later


def antecedents(question: str, answer: str | None) -> dict[Pronoun, list[str]]:
    """What each kind of pronoun may refer to after a question and its answer, likeliest first.

    Args:
        question: As it was understood.
        answer: Its short answer, if it has one.

    >>> found = antecedents("李四和王五见了谁？", "船员的家属")
    >>> found[Pronoun.HE], found[Pronoun.THEY]
    (['李四', '王五'], ['船员的家属', '李四和王五'])
    """
    stem = question.rstrip(" ?？!！。.")
    about = named(stem)
    counted = [noun.text for noun in nouns(stem) if is_counted(stem, noun)]
    given = referent(answer) if answer else None
    asks_who, asks_where = bool(ASKS_WHO.search(stem)), bool(re.search(WHERE, stem))
    person = [given] if given and asks_who and not GROUP.search(given) else []
    people = [noun.text for noun in about if noun.is_person]
    asked_at = WH.search(stem)
    if not people and about and not about[0].is_place:  # a name that jieba does not know
        people = [about[0].text] if not asked_at or about[0].start < asked_at.start() else []
    group = [given] if given and GROUP.search(given) else []
    group += [*counted, *_joined(stem, about)]
    if person and people and people[0] != person[0] and len(people[0]) <= MAX_PERSON:
        group.append(f"{people[0]}和{person[0]}")
    thing = [given] if given and not asks_who and ASKS_WHAT.search(stem) else []
    places = [place] if asks_where and answer and (place := _place(answer)) else []
    places += [noun.text for noun in about if noun.is_place]
    actors = people if asks_who else [noun.text for noun in about if not noun.is_place]
    things = sorted((n for n in about if not OFFICE.search(n.text)), key=lambda n: n.is_person)
    things_named = [noun.text for noun in things]
    return {
        Pronoun.HE: [*person, *people],
        Pronoun.SHE: [*person, *people],
        Pronoun.THEY: group or [*person, *actors],
        Pronoun.IT: [*thing, *counted, *things_named],
        Pronoun.THERE: places or [*thing, *things_named],
    }


def referent(answer: str) -> str | None:
    """The noun of an answer by which it is referred to later; None for numbers and long answers.

    >>> referent("渔民周六"), referent("失踪船员的家属"), referent("3个小时")
    ('渔民', '船员的家属', None)
    """
    if re.search(r"\d", answer) or len(answer) > MAX_REFERENT:
        return None
    found = phrases(answer)
    # jieba takes some family names for verbs: "顾海峰"
    is_whole = not found or (len(found[-1]) == len(answer) - 1 and not BEFORE_NOUN.match(answer))
    return answer if is_whole else found[-1]


def _place(answer: str) -> str | None:
    """The place in an answer to "where": "罗马" of "在罗马参加峰会"."""
    found = nouns(answer)
    places = [noun.text for noun in found if noun.is_place]
    return next(iter([*places, *(noun.text for noun in found)]), None)


def _joined(question: str, about: list[Noun]) -> list[str]:
    """The pairs "A和B" of names in a question."""
    return [
        question[one.start : other.end]
        for one, other in pairwise(about)
        if CONNECTIVE.fullmatch(question, one.end, other.start)
    ]
