"""What the pronouns of a follow-up may refer to in an English question and its answer.

Nouns are guessed from articles, auxiliaries and endings: nothing here knows a dictionary.
"""

import re

from .antecedents import Pronoun
from .english import ASKS_WHEN, ASKS_WHERE, ASKS_WHO_OR_WHAT, AUXILIARY, NAME, NUMBER, WH, names

ASKS_WHO = re.compile(r"^(?:\w+ )?(?:who|whom|whose)\b", re.I)
COUNTED = re.compile(
    rf"\bhow many (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)(?= {AUXILIARY}|[?]|$)", re.I
)
# The words after an article, up to one that no noun phrase contains.
STOP = (
    rf"{AUXILIARY}|{WH}|(?:in|on|at|to|by|for|with|from|of|and|or|as|the|an?|that|before|after"
    r"|be|been|being)\b"
)
NOUN_PHRASE = re.compile(
    rf"(?P<auxiliary>{AUXILIARY} )?\b(?:the|an?|this|that) "
    rf"(?P<noun>(?:(?!{STOP})[\w’'-]+ ?){{1,4}})",
    re.I,
)
FOLLOWED = re.compile(rf" ?{AUXILIARY}", re.I)  # so that the noun phrase holds no verb
PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to|into|on) $", re.I)
NOT_A_PERSON_BEFORE = re.compile(r"\b(?:in|at|from|near|into|on|the)(?: the)? $", re.I)
PLURAL = re.compile(r"(?:[a-z]{2}(?<![su])s|men|people|children|police|staff)$")
# "did fishermen block": a plural without an article
BARE_PLURAL = re.compile(
    rf"\b{AUXILIARY} "
    r"(?P<noun>[a-z][\w-]*(?:[a-z]{2}(?<![su])s|men|people|children|police|staff))\b "
)
ASKS_PLACE = re.compile(
    r"^(?:\w+ )?(?:which|what) (?:city|town|village|country|place|port|island|region|province)\b",
    re.I,
)
ASKS_GROUP = re.compile(
    r"^(?:\w+ )?(?:which|what) (?:company|firm|team|club|group|party|agency|airline|band)\b", re.I
)
INDEFINITE = re.compile(r"\b(?:every|any|some|no)(?:thing|body|one)\b", re.I)
AFTER_NAME = re.compile(
    r",| (?:[a-z]+ed|who|whose|which|is|was|had|has|said|won|laid|met|led|made|gave|held|took)\b"
)
HEAD_END = re.compile(r" (?:of|from|in|at|who|that|with|for|to)\b")
ARTICLE = re.compile(r"^(?:an?|the|its|his|her|their|some) ", re.I)
NO_NAME = re.compile(rf"{ARTICLE.pattern}|{INDEFINITE.pattern}", re.I)
POSSESSIVE = re.compile(r"['’]s$")


def antecedents(question: str, answer: str | None) -> dict[Pronoun, list[str]]:
    """What each kind of pronoun may refer to after a question and its answer, likeliest first.

    >>> found = antecedents("Who did Ann and Bo meet in Rome?", "families of sailors")
    >>> found[Pronoun.SHE], found[Pronoun.THEY]
    (['Ann', 'Bo'], ['the families of sailors', 'Ann and Bo'])
    """
    named = [POSSESSIVE.sub("", name) for name in names(question) if not name[0].isdigit()]
    phrases = noun_phrases(question)
    given = referent(answer) if answer and ASKS_WHO_OR_WHAT.match(question) else None
    is_name = bool(given and NAME.match(given))
    # "Which team does Ann ride for?" is more likely about her than about a person it asks for
    people, answered = _people(question), _answered(given, answer) if given and answer else []
    people = [*answered, *people] if ASKS_WHO.match(question) else people or answered
    plural = [given] if given and is_plural(given) else []
    for pattern in (COUNTED, BARE_PLURAL):
        plural += [f"the {match['noun']}" for match in pattern.finditer(question)]
    plural += [p for p in (*named, *phrases) if is_plural(p)]
    if given and is_name and len(people) > 1 and not is_plural(given):
        plural.append(f"{people[0]} and {people[1]}")
    asks_where = bool(ASKS_WHERE.match(question) or ASKS_PLACE.match(question))
    things = [given] if given and not ASKS_WHO.match(question) and not asks_where else []
    elsewhere = [name for name in named if not _follows(PLACE_BEFORE, question, name)]
    things += [_with_article(question, name) for name in elsewhere or named] + phrases
    actors = things if ASKS_GROUP.match(question) else [*people, *things]
    places = [given or answer] if answer and asks_where else []
    places += [name for name in named if _follows(PLACE_BEFORE, question, name)]
    moments = [answer] if answer and ASKS_WHEN.match(question) else []
    return {
        Pronoun.HE: people,
        Pronoun.SHE: people,
        Pronoun.THEY: list(dict.fromkeys(plural or actors)),
        Pronoun.IT: [thing for thing in things if not is_plural(thing)] or things,
        Pronoun.THERE: places or [*([given] if given and is_name else ()), *named],
        Pronoun.THEN: moments,
    }


def _answered(given: str, answer: str) -> list[str]:
    """The names of an answer: of "Ann Lee, whose brother Bo" both."""
    if not NAME.match(given):
        return []
    further = NAME.finditer(answer, len(given)) if answer.startswith(given) else ()
    return given.split(" and ") + [m[0] for m in further if not m[0][0].isdigit()]


def referent(answer: str) -> str | None:
    """An answer as it is referred to later, None for a number: "a carved mask", "the carved mask".

    What an answer goes on to say after a name is left out.

    >>> referent("fishermen"), referent("2 boats"), referent("Ann Lee, 57, whose sister")
    ('the fishermen', None, 'Ann Lee')
    """
    name = NAME.match(answer)
    if name and not answer[0].isdigit() and not NO_NAME.match(answer):
        return name[0] if AFTER_NAME.match(answer, name.end()) else answer
    if NUMBER.search(answer) or INDEFINITE.search(answer):
        return None
    return f"the {ARTICLE.sub('', answer)}"


def is_plural(phrase: str) -> bool:
    """Whether a phrase names several: "Ann and Bo", "the families of sailors"."""
    return " and " in phrase or bool(PLURAL.search(HEAD_END.split(phrase)[0]))


def noun_phrases(question: str) -> list[str]:
    """The things that a question mentions with an article, each with "the".

    After an auxiliary the last of several words is taken for the verb.

    >>> noun_phrases("When will the new bridge open?")
    ['the new bridge']
    """
    phrases = []
    for match in NOUN_PHRASE.finditer(question):
        words = match["noun"].split()
        if match["auxiliary"] and len(words) > 1 and not FOLLOWED.match(question, match.end()):
            words = words[:-1]
        if not any(word[:1].isupper() for word in words):
            phrases.append(" ".join(["the", *words]))
    return list(dict.fromkeys(phrases))


def _people(question: str) -> list[str]:
    """The names in a question that may be those of people, each alone."""
    return [
        POSSESSIVE.sub("", person)
        for name in names(question)
        if not name[0].isdigit() and not _follows(NOT_A_PERSON_BEFORE, question, name)
        for person in name.split(" and ")
    ]


def _follows(pattern: re.Pattern[str], question: str, name: str) -> bool:
    return bool(pattern.search(question[: question.index(name, 1)]))


def _with_article(question: str, name: str) -> str:
    return f"the {name}" if f"the {name}" in question else name
