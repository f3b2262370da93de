"""Pronouns and what they may refer to, in any language.

The rules of a language find the pronouns of a question, and list what a turn of the conversation
mentions for each kind. This module lists the ways to give every pronoun of one question its own
antecedent.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import product

MAX_CANDIDATES = 4  # antecedents tried for each pronoun


class Pronoun(Enum):
    """Kinds of pronouns; all of one kind in a question refer to the same thing."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    THERE = "there"
    THEN = "then"


Antecedents = Mapping[Pronoun, Sequence[str]]  # likeliest first


def merge(turns: Iterable[Antecedents]) -> dict[Pronoun, list[str]]:
    """Join the antecedents of several turns, given latest first; each is kept once."""
    merged: dict[Pronoun, dict[str, None]] = {}
    for turn in turns:
        for pronoun, found in turn.items():
            merged.setdefault(pronoun, {}).update(dict.fromkeys(found))
    return {pronoun: list(found) for pronoun, found in merged.items()}


def assignments(
    pronouns: Sequence[Pronoun], candidates: Antecedents, question: str
) -> list[dict[Pronoun, str]]:
    """List the ways to give each pronoun of `question` another antecedent, likeliest first.

    Two pronouns never share an antecedent, not even a part of one, and none refers to what the
    question names itself. A pronoun without candidates is left out.

    >>> found = {Pronoun.HE: ["Bo", "Cy"], Pronoun.THEY: ["Bo and Cy", "the crews"]}
    >>> ways = assignments([Pronoun.HE, Pronoun.THEY], found, "When did he meet them?")
    >>> [tuple(way.values()) for way in ways]
    [('Bo', 'the crews'), ('Cy', 'the crews')]
    """
    options = {
        pronoun: [name for name in candidates.get(pronoun, ()) if name not in question]
        for pronoun in dict.fromkeys(pronouns)
    }
    options = {pronoun: names[:MAX_CANDIDATES] for pronoun, names in options.items() if names}
    if not options:
        return []
    ranked = product(*(enumerate(names) for names in options.values()))
    ways = [
        (sum(rank for rank, _ in way), [name for _, name in way])
        for way in ranked
        if _disjoint([name for _, name in way])
    ]
    ways.sort(key=lambda way: way[0])
    return [dict(zip(options, names, strict=True)) for _, names in ways]


def _disjoint(names: Sequence[str]) -> bool:
    """Whether no name is part of another."""
    return not any(
        one in other or other in one for i, one in enumerate(names) for other in names[i + 1 :]
    )
