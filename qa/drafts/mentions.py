"""Look up a name of a draft: mentioned in this connection, or another one in its place."""

from collections.abc import Collection, Sequence

import regex
from rapidfuzz import fuzz

from qa.agreement.names import TITLES, key, other_name, same_name
from qa.agreement.wording import content, uncovered

from .across import name_across
from .claims import Mention, Sentence
from .evidence import Place
from .figures import Finding
from .framing import Frame, best_slot, coverage, same_neighbours, shares_topic

MIN_CONNECTED = 0.4  # share of the draft's words that a sentence has which mentions a name
MIN_OTHER = 0.65  # and one that has another name in its place
MIN_BACK = 0.6  # share of that sentence's clause that the draft's sentence has
MISSPELLED = 80  # similarity of two spellings of one name, of 100
PLACE_NAME = regex.compile(r"[省市县鎮镇村区県町]$")


def look_up_name(
    sentence: Sentence, mention: Mention, found: Sequence[Place], context: Collection[str]
) -> Finding:
    """Return what the archive says of a name, in sentences like the draft's; see `figures`."""
    draft = Frame(sentence.text, *sentence.at(mention))
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
    for start, end in place.names:
        if same_name(name, text[start:end]):
            return place.start + start, place.start + end
    return None


def _pattern(name: str) -> regex.Pattern[str]:
    inside = r"\s+".join(regex.escape(word) for word in name.split())
    if name.isascii() or regex.search(r"\p{Latin}", name):
        return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){inside}(?![\p{{L}}\p{{N}}])", regex.IGNORECASE)
    return regex.compile(inside)


def _instead(draft: Frame, name: str, place: Place) -> Frame | None:
    """Return the name that stands in the place of a draft's name, if that is certain."""
    if draft.script != place.script or _pattern(name).search(place.background):
        return None
    slots = [
        Frame(place.text, start, end)
        for start, end in place.names
        if not _pattern(place.text[start:end]).search(draft.sentence)
    ]
    rivals = [
        slot for slot in slots if _is_place(name) == _is_place(place.text[slot.start : slot.end])
    ]
    slot = best_slot(draft, rivals)
    if slot is None:
        return None
    other = place.text[slot.start : slot.end]
    if not (other_name(name, other) or is_misspelled(name, other)):
        return None
    if not same_neighbours(draft, slot):
        return None
    back = [word for word in slot.words if word not in TITLES]
    missed = uncovered(back, draft.said)
    return slot if len(missed) <= (1 - MIN_BACK) * len(back) else None


def is_misspelled(one: str, other: str) -> bool:
    """Return whether two names may be spellings of one.

    >>> is_misspelled("Sanae Takaishi", "Sanae Takaichi"), is_misspelled("Ann Lee", "Bob Ross")
    (True, False)
    """
    return fuzz.ratio(" ".join(key(one)), " ".join(key(other))) >= MISSPELLED


def _is_place(name: str) -> bool:
    return PLACE_NAME.search(name) is not None


def _elsewhere(draft: Frame, name: str, places: Sequence[tuple[float, Place]]) -> Finding:
    """Look for a name in the passages around the sentences, then for one in another script."""
    unsure = None
    for _, place in places:
        if at := occurrence(name, place):
            words = draft.said
            missed = uncovered(words, content(place.hit.passage.text))
            if len(missed) <= (1 - MIN_CONNECTED) * len(words):
                return Finding("verbatim", place, *at)
            unsure = unsure or Finding("unsure", place, *at)
    for covered, place in places:
        if draft.script != place.script and name_across(name, place):
            if covered >= MIN_CONNECTED:
                return Finding("verbatim", place, place.start, place.end)
    return unsure or Finding("not found")
