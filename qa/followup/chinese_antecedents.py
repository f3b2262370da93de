"""What the pronouns of a follow-up may refer to in a Chinese question and its answer."""

import re

from .antecedents import Pronoun
from .chinese import ASKS_WHAT, ASKS_WHO, WHERE, names

CONNECTIVE = re.compile(r"[和与同跟及、]")
COUNTED = re.compile(r"(?:多少|几|哪些)[名个位辆架艘家台只座人]*(?P<noun>[\u3400-\u9fff]{2,4})$")
GROUP = re.compile(r"[和与及、]|[们员民工众]$|家属|夫妇|[两几多]")
PLACE = re.compile(
    r"(?:在|到|往|赴|访问|抵达)(?P<place>(?!哪)[\u3400-\u9fff]{2,6}?)(?=会|举|进|训|参|建|见|获|$)"
)
MAX_PERSON = 4  # characters of a name that is joined to another person's
MAX_REFERENT = 14  # characters of an answer that is referred to later


def antecedents(
    question: str, answer: str | None, sentence: str | None
) -> dict[Pronoun, list[str]]:
    """What each kind of pronoun may refer to after a question and its answer, likeliest first.

    Args:
        question: As it was understood.
        answer: Its short answer, if it has one.
        sentence: The sentence that holds the answer: what it shares with the question is a name.

    >>> found = antecedents("李四和王五见了谁？", "船员的家属", "李四和王五见了船员的家属")
    >>> found[Pronoun.HE], found[Pronoun.THEY]
    (['李四', '王五'], ['船员的家属', '李四和王五', '李四', '王五'])
    """
    stem = question.rstrip(" ?？!！。.")
    named = names(stem, sentence)
    given = answer if answer and _is_referent(answer) else None
    asks_who = bool(ASKS_WHO.search(stem))
    person = [given] if given and asks_who and not GROUP.search(given) else []
    counted = [match["noun"] for match in COUNTED.finditer(stem)]
    group = [given] if given and GROUP.search(given) else []
    group += [*counted, *_joined(stem, named)]
    if person and named and named[0] != person[0] and len(named[0]) <= MAX_PERSON:
        group.append(f"{named[0]}和{person[0]}")
    thing = [given] if given and not asks_who and ASKS_WHAT.search(stem) else []
    where = [answer] if answer and re.search(WHERE, stem) else []
    places = [match["place"] for match in PLACE.finditer(stem)]
    return {
        Pronoun.HE: [*person, *named],
        Pronoun.SHE: [*person, *named],
        Pronoun.THEY: [*group, *person, *named],
        Pronoun.IT: [*thing, *counted, *named],
        Pronoun.THERE: [*where, *places, *thing, *named],
    }


def _is_referent(answer: str) -> bool:
    return not re.search(r"\d", answer) and len(answer) <= MAX_REFERENT


def _joined(question: str, named: list[str]) -> list[str]:
    """The pairs "A和B" of names in a question."""
    return [
        question[question.index(one) : question.index(other) + len(other)]
        for one in named
        for other in named
        if re.search(f"{re.escape(one)}{CONNECTIVE.pattern}{re.escape(other)}", question)
    ]
