"""Whether a sentence speaks of the same things as a question, in the same roles.

It may leave out what the text before it named ("the company", "该公司"); it may not name another.
"""

from collections.abc import Sequence
from itertools import pairwise

import regex

from index.text import scripts
from qa.agreement.wording import pieces

from .coverage import Coverage, in_order, names_of, units

MIN_ORDER = 0.75  # of the units that question and sentence share, those in the same order
PASSIVE = regex.compile(r"\b(?:is|are|was|were|be|been|being|get|got)\b", regex.IGNORECASE)
_PREPOSITIONS = "of for by with from against to about between"
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
RELATIVE = regex.compile(r"(?<!,) (?:who|whom|whose|which)\b", regex.IGNORECASE)
POSSESSIVE = regex.compile(r"(\w+)['’]s?\b(?!t\b)")
HAN_POSSESSIVE = regex.compile(r"(\p{Han}\p{Han})[的の]")
_PRONOUNS = "it he she they its his her their all"
PRONOUNS = frozenset(_PRONOUNS.split())
# Nouns by which an article refers to what it has named.
_GENERIC = (
    "company firm group airline party club team bank agency ministry government city country"
    " council court museum school university union police army ship president minister"
)
GENERIC = frozenset(_GENERIC.split())
HAN_REFERENCE = regex.compile(r"^[该其他她它这此本两同們们家]*")


def refers(missing: Sequence[str], covered: Coverage, claim: str, around: str, asked: str) -> bool:
    """Return whether a sentence lacks only what it plainly refers to.

    That is a name of the question, or in a script without capitals its first units. The text around
    must have it, and the sentence begin with a word that points back.

    Args:
        missing: The units of the question that the sentence lacks.
        covered: What it has.
        claim: The sentence.
        around: The passage and its title.
        asked: The question.
    """
    if not missing:
        return True
    if 2 * len(missing) > len(covered.asked) or set(missing) - set(units(around)):
        return False
    if scripts.unspaced(asked):
        rest = HAN_REFERENCE.sub("", claim.strip())
        return list(covered.asked[: len(missing)]) == list(missing) and rest[:1] in covered.found
    if set(missing) - names_of(asked) or names_of(claim) - set(covered.asked):
        return False
    first, second, *_ = [*pieces(claim), "", ""]
    if first in ("the", "its", "their", "his", "her", "this", "no"):
        return second in GENERIC or bool(units(second) and in_order([second], covered.found))
    return first in PRONOUNS or bool(in_order([first], covered.found))


def roles_fit(question: str, claim: str, covered: Coverage) -> bool:
    """Return whether who does what to whom is the same, as far as order and voice tell."""
    if scripts.unspaced(question):
        other = ("被" in question) != ("被" in claim)
        other = other or _belongs(HAN_POSSESSIVE, question, claim)
    else:
        other = (
            bool(PASSIVE.search(question)) != bool(PASSIVE.search(claim))
            or RELATIVE.search(claim) is not None
            or _belongs(POSSESSIVE, question, claim)
            or not _prepositions(covered, claim) <= _prepositions(covered, question)
        )
    return not other and in_order(covered.found, units(claim)) >= MIN_ORDER


def _belongs(possessive: regex.Pattern[str], question: str, claim: str) -> bool:
    """Return whether the sentence speaks of something of what the question asks about."""
    asked, said = question.casefold(), claim.casefold()
    return any(match[1] in asked and match[0] not in asked for match in possessive.finditer(said))


def _prepositions(covered: Coverage, text: str) -> set[str]:
    """Return the prepositions of a text before a word that question and sentence share."""
    words = [word for word in pieces(text) if word not in ("the", "a", "an")]
    found = set(covered.found)
    return {f"{one} {two}" for one, two in pairwise(words) if one in PREPOSITIONS and two in found}
