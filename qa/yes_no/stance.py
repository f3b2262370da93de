"""Whether a sentence supports what a yes/no question asks or speaks against it, where it is plain.

A sentence decides only if it has nearly all of the question's words, in their order, and nothing in
it leaves the matter open: no plan, condition, claim, or part of a whole. Then one denial, opposite
or other number turns it against the question; more than one leaves it open again.

Measured in `qa/benchmarks/README.md`; rules, because there is too little data to train on.
"""

from typing import Literal

import regex

from index.text import scripts
from qa.agreement.days import compatible, dates
from qa.agreement.markers import without_attribution
from qa.agreement.quantities import contradicts, quantities, same_quantity, units_fit
from qa.agreement.wording import STEM

from .coverage import KANA, PARTICLES, Coverage, cover, units
from .reference import refers, roles_fit
from .words import (
    ASKS_FUTURE,
    DENIAL,
    EXACT,
    FUTURE,
    HAN_OPPOSITES,
    JAPANESE_DENIAL,
    OPEN,
    OPPOSITES,
    REJECTION,
)

Stance = Literal["supports", "against", "undecided"]

MIN_UNITS = 3  # words or characters of a question; fewer are met with by chance
LEXICAL_DENIAL = regex.compile(
    r"\b(?:den[iy]|reject|refus|declin|rul)\w*|否认|拒绝|驳回|否定|拒否", regex.IGNORECASE
)


def stance(question: str, sentence: str, around: str) -> Stance:
    """Return what a sentence says to a yes/no question, "undecided" where that is not plain.

    Args:
        question: As it was searched for; see `is_yes_no`.
        sentence: The evidence, verbatim.
        around: The passage and its title, which may name what the sentence only refers to.

    >>> sentences = "Ann Lee resigned.", "Ann Lee has not resigned.", "Ann Lee may resign."
    >>> [stance("Did Ann Lee resign?", sentence, sentence) for sentence in sentences]
    ['supports', 'against', 'undecided']
    """
    if scripts.of_text(question) != scripts.of_text(sentence) or _is_negative(question):
        return "undecided"
    claim = without_attribution(sentence)
    covered = cover(question, claim)
    if len(covered.asked) < MIN_UNITS or sentence.rstrip().endswith(("?", "？")):
        return "undecided"
    opposites = _opposites(question, covered)
    missing = [unit for unit in covered.missing if unit not in opposites]
    numbers = _other_numbers(question, claim)
    if (
        numbers is None
        or not refers(missing, covered, claim, around, question)
        or _is_open(question, covered.clause)
        or not roles_fit(question, claim, covered)
        or not _same_days(question, claim)
    ):
        return "undecided"
    denials = _denials(covered.clause, opposites)
    if denials != _denials(claim, opposites) or (denials and covered.spread):
        return "undecided"  # a denial elsewhere in the sentence may reach what is asked, or not
    asked = len(LEXICAL_DENIAL.findall(question))
    turns = abs(denials - asked) + bool(opposites) + numbers
    return "supports" if turns == 0 else "against" if turns == 1 else "undecided"


def _opposites(question: str, covered: Coverage) -> set[str]:
    """Return the units of the question in whose place its clause has an opposite."""
    said = set(units(covered.clause))
    found = {unit for unit in covered.missing if OPPOSITES.get(unit, frozenset()) & said}
    for pair in HAN_OPPOSITES:
        for asked, opposite in (pair, pair[::-1]):
            if asked in question and opposite in covered.clause and asked not in covered.clause:
                found |= set(asked)
    return found


def _other_numbers(question: str, claim: str) -> int | None:
    """Return how many numbers of a question a sentence contradicts, None if it lacks one."""
    found, other = quantities(claim), 0
    for asked in quantities(question):
        if asked.value in (q.value for q in found if not (q.unit or asked.unit)):
            continue  # part of a name, as in "line 3"
        alike = [q for q in found if q.unit == asked.unit]
        alike = alike or [q for q in found if units_fit(asked.unit, q.unit)]
        if len(alike) != 1:
            return None
        if same_quantity(asked, alike[0]):
            continue
        if not asked.unit or not contradicts(asked, alike[0]):
            return None
        other += 1
    return other


def _same_days(question: str, claim: str) -> bool:
    """Return whether the sentence has every date of the question."""
    stated = dates(claim, None)
    return all(any(compatible(day, other) for other in stated) for day in dates(question, None))


def _is_negative(question: str) -> bool:
    """Return whether a question is put in the negative: then neither yes nor no is clear."""
    denials = _denials(PARTICLES.sub("", question), set())
    return denials > len(LEXICAL_DENIAL.findall(question))


def _is_open(question: str, clause: str) -> bool:
    """Return whether a clause leaves open what is asked: a plan, a claim, another time."""
    asked, said = question.casefold(), clause.casefold()
    if any(match.group()[:STEM] not in asked for match in OPEN.finditer(said)):
        return True
    if any(match.group() not in said for match in EXACT.finditer(asked)):
        return True
    return bool(ASKS_FUTURE.search(question)) != bool(FUTURE.search(clause))


def _denials(text: str, opposites: set[str]) -> int:
    """Count denials, without one that is the opposite of what is asked ("rejected")."""
    denial = JAPANESE_DENIAL if KANA.search(text) else DENIAL
    return len(denial.findall(text)) - bool(opposites and REJECTION.search(text))
