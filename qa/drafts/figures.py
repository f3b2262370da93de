"""Look up a number or a date of a draft in sentences of the archive."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from qa.agreement.days import StatedDate, compatible, dates
from qa.agreement.quantities import UNITS, Quantity, contradicts, quantities, same_quantity

from .evidence import Place
from .frame import Frame
from .framing import MIN_ALONE, MIN_SAME, best_slot, coverage, same_frame, same_time, shares_topic
from .report import Finding, Status
from .text.claims import Mention, Sentence, is_figure

# How many of the first unit one of another is; only what is exact enough to compare.
MEASURES: tuple[dict[str, str], ...] = (
    {"m": "1", "cm": "0.01", "mm": "0.001", "km": "1000", "mile": "1609.344"},
    {"kg": "1", "t": "1000"},
    {"m2": "1", "ha": "10000", "km2": "1000000"},
    {"minute": "1", "hour": "60", "day": "1440", "week": "10080"},
    {"month": "1", "year": "12"},
)
CONVERTED = Decimal("0.02")  # by which a converted figure may differ from a rounded one
STEM = 4

Relation = Literal["same", "other", "vague", "unlike"]


def look_up(
    sentence: Sentence,
    mention: Mention,
    found: Sequence[Place],
    context: Collection[str],
    day: datetime.date | None,
) -> Finding[Place]:
    """Return what the archive says of a number or a date.

    Args:
        sentence: The draft's sentence, without its quotations.
        mention: The number or date.
        found: Sentences of the archive.
        context: Names that say what the draft's sentence is about.
        day: When the draft was written, if that is known.
    """
    draft = Frame(sentence.text, *sentence.at(mention), sentence.opening)
    ranked = sorted(((coverage(draft, place), -n) for n, place in enumerate(found)), reverse=True)
    unsure = differs = None
    for covered, n in ranked:
        place = found[-n]
        if covered < MIN_SAME:
            break
        if covered < MIN_ALONE and not shares_topic(draft, place, context):
            continue
        slots = list(_slots(mention, draft, place, day))
        for frame, relation in slots:
            if relation == "same":
                return _finding("verbatim", place, frame)
        others = [frame for frame, relation in slots if relation == "other"]
        if not others or differs:
            vague = next((frame for frame, relation in slots if relation == "vague"), None)
            unsure = unsure or (vague and _finding("unsure", place, vague))
            continue
        slot = best_slot(draft, others)
        if slot and same_frame(draft, slot, place, context) and same_time(draft, slot, place, day):
            differs = _finding("differs", place, slot)
        unsure = unsure or _finding("unsure", place, slot or others[0])
    return differs or unsure or Finding("not found")


def _finding(status: Status, place: Place, frame: Frame) -> Finding[Place]:
    return Finding(status, place, place.start + frame.start, place.start + frame.end)


def _slots(
    mention: Mention, draft: Frame, place: Place, day: datetime.date | None
) -> Iterator[tuple[Frame, Relation]]:
    """Yield the figures of a sentence that may stand for a claim, and how they relate to it."""
    if mention.kind == "date":
        claimed = _only(dates(draft.sentence, day), draft)
        for date in dates(place.text, place.hit.article.date) if claimed else ():
            assert isinstance(claimed, StatedDate)
            yield Frame(place.text, date.start, date.end), relate_dates(claimed, date)
        return
    quantity = _only(quantities(draft.sentence), draft)
    for other in quantities(place.text) if quantity else ():
        assert isinstance(quantity, Quantity)
        if is_figure(place.text, other):
            yield Frame(place.text, other.start, other.end), relate(quantity, other)


def _only(
    found: Sequence[StatedDate] | Sequence[Quantity], draft: Frame
) -> StatedDate | Quantity | None:
    return next((f for f in found if f.start <= draft.start < f.end), None)


def relate_dates(one: StatedDate, other: StatedDate) -> Relation:
    """Return how a draft's date relates to one of the archive.

    A date that says less cannot confirm one that says more, nor can a month deny a year.
    """
    pairs = list(zip(one.parts(), other.parts(), strict=True))
    if compatible(one, other):
        stated = all(b is not None for a, b in pairs[1:] if a is not None)
        shared = any(a is not None and b is not None for a, b in pairs)
        return "same" if stated and shared else "unlike"
    alike = [a is None for a, _ in pairs[1:]] == [b is None for _, b in pairs[1:]]
    return "other" if alike and not (one.relative or other.relative) else "unlike"


def relate(one: Quantity, other: Quantity) -> Relation:
    """Return how a draft's quantity relates to one of the archive.

    >>> relations = [relate(*quantities(text)) for text in ("5 km or 5 miles", "5 men, 6 apples",
    ...     "14 miles or 22.5 kilometres", "3 euros or 4 euros")]
    >>> relations
    ['other', 'unlike', 'same', 'other']
    """
    if one.unit == other.unit or not (one.unit and other.unit) or _same_noun(one.unit, other.unit):
        if same_quantity(one, other):
            return "same"
        if not (one.unit and other.unit and contradicts(one, other)):
            return "unlike"
        return "other" if one.bound == other.bound else "vague"
    for units in MEASURES:
        if one.unit in units and other.unit in units:
            return _relate_measures(
                one.value * Decimal(units[one.unit]), other.value * Decimal(units[other.unit])
            )
    measured = {one.unit, other.unit} & UNITS.keys() - {"person"}
    if one.value == other.value:
        return "other" if measured else "same"
    return "unlike"


def _relate_measures(one: Decimal, other: Decimal) -> Relation:
    return "same" if abs(one - other) <= CONVERTED * max(one, other) else "other"


def _same_noun(one: str, other: str) -> bool:
    return not {one, other} & UNITS.keys() and one[:STEM] == other[:STEM]
