"""Whether a sentence of the archive speaks of the same thing as a sentence of a draft.

Stricter for "the archive says otherwise" than for "the archive says so too": there, both must also
be alike in what is planned, past, denied, or only a part of a whole, as `qa/agreement` demands.
"""

import datetime
from collections.abc import Collection

from qa.agreement.days import compatible
from qa.agreement.names import TITLES
from qa.agreement.wording import content, proper_names, uncovered

from .across import coverage_across, name_across
from .evidence import Place
from .frame import Frame, Span
from .subjects import has_other_subject, ordinals

MIN_SAME = 0.5  # share of the draft's words that the archive has, to say the same
MIN_OTHER = 0.6  # and to say something else, with some name of the draft
MIN_ALONE = 0.75  # or without any
MIN_BACK, MIN_BACK_HAN = 0.5, 0.7  # share of the archive's clause that the draft has
NEARLY_ALL = 0.9
FEW = 2  # words of the archive that may always be missing where it has all of the draft's


def coverage(draft: Frame, place: Place) -> float:
    """Return the share of the words of a draft's clause that a sentence of the archive has.

    Names may stand anywhere around that sentence.
    """
    if draft.script != place.script and place.script is not None:
        return coverage_across(draft.sentence[slice(*draft.clause)], place)
    words = draft.words or draft.said
    missed = uncovered(words, place.words)
    named = [word for word in missed if word in draft.named and word in place.background_words]
    return 1 - (len(missed) - len(named)) / len(words) if words else 0.0


def shares_topic(draft: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether an article mentions a name of the draft's paragraph; True if that names nothing."""
    if draft.script != place.script:
        return not context or any(name_across(name, place) for name in context)
    text = place.background.casefold()
    return not context or any(name.casefold() in text for name in context)


def same_frame(draft: Frame, archive: Frame, place: Place, context: Collection[str]) -> bool:
    """Whether little but the claim tells two clauses apart."""
    one, other = draft.statement, archive.statement
    if (one.stage, one.scope, one.denied) != (other.stage, other.scope, other.denied):
        return False
    if draft.script != archive.script or proper_names(one.around) - place.background_words:
        return False
    if not same_neighbours(draft, archive):
        return False
    if ordinals(draft) != ordinals(archive) or has_other_subject(draft, archive, place):
        return False
    covered = coverage(draft, place)
    named = bool(context) and shares_topic(draft, place, context)
    if covered < (MIN_OTHER if named and draft.script != "Han" else MIN_ALONE):
        return False
    back = archive.words
    known = [*draft.said, *(word for name in context for word in content(name))]
    missed = len(uncovered(back, known))
    return missed <= max(
        (1 - (MIN_BACK_HAN if draft.script == "Han" else MIN_BACK)) * len(back),
        FEW if covered >= NEARLY_ALL else 0,
    )


def outside(spans: Collection[Span], text: str) -> str:
    """Return a text with spaces in place of some of it."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def best_slot(draft: Frame, slots: Collection[Frame]) -> Frame | None:
    """Return which of several figures or names is said of the same thing, by the words around.

    None if two fit equally well, stand after the same ideographs, or none fits at all.
    """
    ranked = sorted(slots, key=lambda slot: _likeness(draft, slot), reverse=True)
    scores = [_likeness(draft, slot) for slot in ranked]
    if not scores or (len(scores) > 1 and scores[0] == scores[1]):
        return None
    best = ranked[0]
    if best.script == "Han" and any(slot.before == best.before for slot in ranked[1:]):
        return None
    return best if scores[0][0] or not draft.near else None


def _likeness(one: Frame, other: Frame) -> tuple[int, int]:
    """Return how many words around are shared, and how many of them on the same side."""
    shared = {word for _, word in one.near} & {word for _, word in other.near}
    return len(shared), len(one.near & other.near)


def same_time(draft: Frame, archive: Frame, place: Place, day: datetime.date | None) -> bool:
    """Whether the times that two sentences state, beside the claim, may be the same.

    A year that only one of them states must be that of the article.
    """
    written = place.hit.article.date
    ours, theirs = draft.times(day), archive.times(written)
    for times, others in ((ours, theirs), (theirs, ours)):
        for time in times:
            if others and not any(compatible(time, other) for other in others):
                return False
            if not others and time.year and written and time.year != written.year:
                return False
    return True


def same_neighbours(draft: Frame, archive: Frame) -> bool:
    """Whether a word just beside one claim is said of the other: "insured by" is not "owned by"."""
    return _any_near(draft, archive) or _any_near(archive, draft)


def _any_near(one: Frame, other: Frame) -> bool:
    anchors = [word for word in one.anchors if word not in TITLES]
    return len(uncovered(anchors, other.beside)) < max(1, len(anchors))
