"""Whether the archive gives a quotation to the same speaker as a draft."""

import regex

from index.passage import sentences
from qa.agreement.markers import SAYS
from qa.agreement.names import other_name

from .evidence import Place
from .mentions import occurrence
from .quoting import Quoted
from .report import Finding, Status
from .text.naming import PLACE_NAME, names

SPEAKING = regex.compile(rf"\b(?:{SAYS})\b")
NEAR = 25  # characters between a speaker and such a word
MAX_DISTANCE = 80  # characters from a quotation to its speaker

Span = tuple[int, int]


def speaker(sentence: str, quotation: Span, candidates: list[Span]) -> Span | None:
    """Return which name of a sentence is that of the speaker of a quotation, as far as it is told.

    The nearest one, but a full name rather than a single word.
    """
    near = [
        (1 if _is_full(sentence[start:end]) else 2, distance, (start, end))
        for start, end in candidates
        if not PLACE_NAME.search(sentence[start:end])
        and (distance := _distance(quotation, (start, end))) <= MAX_DISTANCE
    ]
    return min(near)[2] if near else None


def look_up_speaker(name: str, quoted: Quoted) -> Finding[Place] | None:
    """Return whether the archive names this speaker of a quotation, None if it names nobody."""
    place = around(quoted)
    text = place.text
    quotation = quoted.start - place.start, quoted.end - place.start
    named = [(name.start, name.end) for name in names(text)]
    outside = [s for s in named if s[1] <= quotation[0] or s[0] >= quotation[1]]
    if at := occurrence(name, place):
        return Finding("verbatim", place, *at)
    found = speaker(text, quotation, outside)
    if found is None:
        return None
    beside = text[max(0, found[0] - NEAR) : found[1] + NEAR]
    spoke = not name[0].isascii() or SPEAKING.search(beside) is not None
    sure = spoke and other_name(name, text[slice(*found)])
    status: Status = "differs" if sure else "unsure"
    return Finding(status, place, place.start + found[0], place.start + found[1])


def around(quoted: Quoted) -> Place:
    """Return the sentences of a quotation, and the next one if it tells who spoke."""
    text = quoted.hit.article.text
    left = text.rfind("\n", 0, quoted.start) + 1
    right = text.find("\n", quoted.end)
    right = len(text) if right < 0 else right
    bounds = [
        (left + a, left + b) for a, b in sentences(text[left:right], quoted.hit.article.language)
    ]
    touched = [span for span in bounds if span[0] < quoted.end and quoted.start < span[1]]
    if not touched:
        return Place(quoted.hit, quoted.start, quoted.end)
    start, end = touched[0][0], touched[-1][1]
    following = [span for span in bounds if span[0] >= end]
    if following and end - quoted.end <= 2:
        end = following[0][1]
    return Place(quoted.hit, start, end)


def _distance(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def _is_full(name: str) -> bool:
    return " " in name or not name[0].isascii()
