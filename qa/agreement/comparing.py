"""Compare two statements: they say the same, they differ, or they cannot be compared.

Conservative: whatever looks like another time, place, unit, plan or person makes them incomparable.
"""

from typing import Literal

from .days import StatedDate, compatible
from .names import TITLES, other_name, same_name, same_text
from .quantities import contradicts, same_quantity, units_fit
from .statement import Statement
from .wording import proper_names, replaced, uncovered

Relation = Literal["same", "differs", "also"]

MAX_DAYS = 60  # between two articles of which one can contradict the other
MAX_MISSED = 0.34  # share of the question's words that a sentence does not cover
MAX_EXTRA = 6  # content words, of Latin script, that only one of the sentences has
MAX_EXTRA_HAN = 12  # the same in Chinese characters


def compare(one: Statement, other: Statement, *, over_time: bool = False) -> Relation:
    """Return how two answers to one question relate.

    Args:
        one: An answer.
        other: An answer to the same question.
        over_time: Compare what was reported at any two times: then articles years apart "differ".
    """
    alike = one.kind == other.kind or same_text(one.text, other.text)
    if not alike or not _about_the_same(one, other, over_time):
        return "also"
    if _same_value(one, other):
        if one.denied == other.denied:
            return "same"
        return "differs" if not one.is_open and _same_frame(one, other) else "also"
    if one.denied or other.denied or not _contradicts(one, other):
        return "also"
    if not (one.day and other.day) and one.kind != "date":
        return "also"  # they may be of different years
    if not over_time and (_updates(one, other) or _updates(other, one)):
        return "also"
    return "differs" if _same_frame(one, other) else "also"


def _same_value(one: Statement, other: Statement) -> bool:
    if one.quantity and other.quantity and one.kind == "quantity":
        a, b = one.quantity, other.quantity
        return units_fit(a.unit, b.unit) and same_quantity(a, b)
    if one.date and other.date and one.kind == "date":
        return compatible(one.date, other.date)
    return same_text(one.text, other.text) or (
        one.kind == "name" and same_name(one.text, other.text)
    )


def _contradicts(one: Statement, other: Statement) -> bool:
    if one.kind == "quantity" and one.quantity and other.quantity:
        a, b = one.quantity, other.quantity
        return units_fit(a.unit, b.unit) and contradicts(a, b)
    if one.kind == "date":
        return True
    return one.kind == "name" and other_name(one.text, other.text)


def _updates(one: Statement, other: Statement) -> bool:
    """Return whether a sentence has the other's figure beside its own: "15, up from 12"."""
    figure = other.quantity
    return figure is not None and any(
        units_fit(q.unit, figure.unit) and q.value == figure.value for q in one.figures
    )


def _about_the_same(one: Statement, other: Statement, over_time: bool) -> bool:
    """Return whether two sentences may speak of one time, and both of plans or both of outcomes."""
    if one.stage != other.stage or one.scope != other.scope:
        return False
    if over_time:
        return True
    if one.day and other.day and abs((one.day - other.day).days) > MAX_DAYS:
        return one.kind == "date"
    return _same_time(one, other) and _same_time(other, one)


def _same_time(one: Statement, other: Statement) -> bool:
    """Return whether the times of one sentence suit the other, or the year it was written in."""
    for time in one.times:
        if other.times:
            if not any(compatible(time, another) for another in other.times):
                return False
        elif other.day and one.kind != "date" and not _in_year(time, other.day.year):
            return False
    return True


def _in_year(time: StatedDate, year: int) -> bool:
    return time.year is None or time.year == year


def _same_frame(one: Statement, other: Statement) -> bool:
    """Return whether little but the answer tells two sentences apart."""
    if one.script != other.script:
        return _same_names(one, other)
    if _extra_names(one, other) or _extra_names(other, one):
        return False
    return _fits(one, other) and _fits(other, one)


def _fits(one: Statement, other: Statement) -> bool:
    """Return whether a sentence is about what was asked, in hardly other words than another."""
    missed = [word for word in uncovered(one.asked, one.said) if word not in TITLES]
    if len(missed) > MAX_MISSED * len(one.asked):
        return False
    extra = uncovered(uncovered(one.words, other.words), one.asked)
    absent = set(missed) - set(uncovered(one.asked, other.said))
    if one.script == "Han":
        instead = replaced(absent, one.question, one.sentence)
        return not instead and len(extra) <= MAX_EXTRA_HAN
    return not (absent and extra) and len(extra) <= MAX_EXTRA


def _extra_names(one: Statement, other: Statement) -> set[str]:
    """Return the names of one sentence that neither the other nor the question has."""
    known = {*other.said, *one.asked}
    return {name for name in one.names if name not in known and name not in other.names}


def _same_names(one: Statement, other: Statement) -> bool:
    """Return whether sentences of two scripts both have all names of the question, if any."""
    names = proper_names(one.question)
    return bool(names) and names <= set(one.said) and names <= set(other.said)
