"""Look up a name of a draft: mentioned in this connection, or another one in its place."""

from collections.abc import Collection, Sequence

import regex
from rapidfuzz import fuzz

from qa.agreement.markers import HAN_SAYS, SAYS
from qa.agreement.names import TITLES, key, other_name, same_name
from qa.agreement.wording import content, uncovered

from .across import name_across
from .evidence import Place
from .frame import Frame
from .framing import best_slot, coverage, same_neighbours, shares_topic
from .report import Finding
from .text.claims import Mention, Sentence
from .text.naming import names

MIN_CONNECTED = 0.4  # share of the draft's words that a sentence has which mentions a name
MIN_OTHER = 0.6  # and one that has another name in its place
MIN_SHARED, MIN_SHARED_HAN = 2, 3  # words, no names, that both clauses have then
MAX_MISSED, MAX_BACK = (
    0.25,
    0.25,
)  # shares of the draft's, and of the archive's, that the other lacks
MISSPELLED = 80  # similarity of two spellings of one name, of 100
COMPARED = ("capital", "titled", "place", "foreign")  # kinds of names that are surely names
SPEAKS = regex.compile(rf"\s?(?:\w+ )?(?:{SAYS})\b|\s?(?:{HAN_SAYS})")
PRONOUN = regex.compile(r"\W*(?:(?:he|she|it|they|who|which)\b|[他她它]|彼)", regex.IGNORECASE)
OPENING_MARKS = ("「", "『", "《", "“")  # a title or a term begins with this name
LONGEST_ITEM = 30  # characters
LIST_BEFORE = regex.compile(r"[、･]$|(?:\p{Lu}[\p{L}-]*,|\p{Lu}[\p{L}-]* (?:and|or)) $")
LIST_AFTER = regex.compile(r"[、･]|(?:,| and| or) (?:and )?\p{Lu}")


def look_up_name(
    sentence: Sentence, mention: Mention, found: Sequence[Place], context: Collection[str]
) -> Finding[Place]:
    """Return what the archive says of a name, in sentences like the draft's; see `figures`."""
    draft = Frame(sentence.text, *sentence.at(mention), sentence.opening)
    name = sentence.text[slice(*sentence.at(mention))]
    others = [word for word in context if not same_name(word, name)]
    ranked = sorted(((coverage(draft, place), -n) for n, place in enumerate(found)), reverse=True)
    places = [(covered, found[-n]) for covered, n in ranked]
    for covered, place in places:
        if covered < MIN_CONNECTED or not shares_topic(draft, place, others):
            continue
        if at := occurrence(name, place):
            return Finding("verbatim", place, *at)
        if covered >= MIN_OTHER and (slot := _instead(draft, name, place)):
            return Finding("differs", place, place.start + slot.start, place.start + slot.end)
    return _elsewhere(draft, name, places)


def occurrence(name: str, place: Place) -> tuple[int, int] | None:
    """Return where a sentence has a name, or its short or full form; offsets into the article."""
    text = place.text
    if match := _pattern(name).search(text):
        return place.start + match.start(), place.start + match.end()
    for other in place.names:
        if same_name(name, text[other.start : other.end]):
            return place.start + other.start, place.start + other.end
    return None


def _pattern(name: str) -> regex.Pattern[str]:
    inside = r"\s+".join(regex.escape(word) for word in name.split())
    if name.isascii() or regex.search(r"\p{Latin}", name):
        return regex.compile(
            rf"(?<![\p{{L}}\p{{N}}]){inside}(?![\p{{L}}\p{{N}}])", regex.IGNORECASE
        )
    return regex.compile(inside)


def _instead(draft: Frame, name: str, place: Place) -> Frame | None:
    """Return the name that stands in the place of a draft's name, if that is certain."""
    if draft.script != place.script or _pattern(name).search(place.background):
        return None
    kind = _kind(draft)
    slots = [
        Frame(place.text, other.start, other.end)
        for other in place.names
        if other.kind == kind
        and place.text[other.start - 1 : other.start] not in OPENING_MARKS
        and kind in COMPARED
        and not _pattern(place.text[other.start : other.end]).search(draft.sentence)
    ]
    slot = best_slot(draft, slots)
    if slot is None or not _alike(draft, slot) or _is_listed(draft) or _is_listed(slot):
        return None
    other = place.text[slot.start : slot.end]
    return slot if other_name(name, other) or is_misspelled(name, other) else None


def _kind(draft: Frame) -> str:
    return next((n.kind for n in names(draft.sentence) if n.start == draft.start), "")


def _alike(draft: Frame, slot: Frame) -> bool:
    """Whether hardly a word but the name tells two clauses apart."""
    if (
        _is_subject(draft)
        or PRONOUN.match(draft.sentence, draft.clause[0])
        or not same_neighbours(draft, slot)
    ):
        return False
    ours = [word for word in draft.beside if word not in TITLES]
    theirs = [word for word in slot.beside if word not in TITLES]
    missed = uncovered(ours, content(slot.sentence))
    back = uncovered(theirs, ours)
    shared = [word for word in ours if word not in missed and word not in draft.named]
    return (
        len(shared) >= (MIN_SHARED_HAN if draft.script == "Han" else MIN_SHARED)
        and len(missed) <= max(1, MAX_MISSED * len(ours))
        and len(back) <= max(1, MAX_BACK * len(theirs))
    )


def _is_subject(frame: Frame) -> bool:
    """Whether a sentence begins with a name: with another name it tells of something else."""
    return not content(frame.sentence[: frame.start]) and not SPEAKS.match(
        frame.sentence[frame.end : frame.end + LONGEST_ITEM]
    )


def _is_listed(frame: Frame) -> bool:
    """Whether a name is one of several: "Peru, Chile and Bolivia"."""
    before, after = frame.sentence[: frame.start], frame.sentence[frame.end :]
    return bool(
        LIST_BEFORE.search(before[-LONGEST_ITEM:]) or LIST_AFTER.match(after[:LONGEST_ITEM])
    )


def is_misspelled(one: str, other: str) -> bool:
    """Return whether two names may be spellings of one.

    >>> is_misspelled("Sanae Takaishi", "Sanae Takaichi"), is_misspelled("Ann Lee", "Bob Ross")
    (True, False)
    """
    return fuzz.ratio(" ".join(key(one)), " ".join(key(other))) >= MISSPELLED


def _elsewhere(draft: Frame, name: str, places: Sequence[tuple[float, Place]]) -> Finding[Place]:
    """Look for a name in the passages around the sentences, then for one in another script."""
    unsure = None
    for _, place in places:
        if at := occurrence(name, place):
            words = uncovered(draft.said, content(name))
            missed = uncovered(words, content(place.hit.passage.text))
            if len(missed) <= (1 - MIN_CONNECTED) * len(words):
                return Finding("verbatim", place, *at)
            unsure = unsure or Finding("unsure", place, *at)
    for covered, place in places:
        across = draft.script != place.script and covered >= MIN_CONNECTED
        if across and name_across(name, place):
            return Finding("verbatim", place, place.start, place.end)
    return unsure or Finding("not found")
