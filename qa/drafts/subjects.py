"""Whether two Chinese or Japanese sentences speak of different things, where names are no help.

There names have no capitals and subjects are left out, so that "joined the party in May 1971" reads
alike in any life.
"""

import regex

from qa.agreement.wording import content, replaced, uncovered

from .evidence import Place
from .frame import Frame

MIN_SHARED = 3  # ideographs that both clauses have
MIN_OPENING = 0.5  # share of the paragraph's first words that the article has
ORDINAL = regex.compile(r"第\s?[\p{N}一二三四五六七八九十百]+|\b\d+(?:st|nd|rd|th)\b")
KATAKANA = regex.compile(r"[\p{Katakana}ー]{2,}")


def ordinals(frame: Frame) -> set[str]:
    """Return which of a series a clause speaks of: "the 2nd term", 第2期."""
    return set(ORDINAL.findall(frame.sentence[slice(*frame.clause)]))


def has_other_subject(draft: Frame, archive: Frame, place: Place) -> bool:
    """Whether a word of the draft's subject is not the archive's."""
    if draft.script != "Han":
        return False
    opening = content(draft.opening)
    if len(uncovered(opening, place.background_words)) > (1 - MIN_OPENING) * len(opening):
        return True
    ours, theirs = draft.sentence[slice(*draft.clause)], archive.sentence[slice(*archive.clause)]
    if any(word not in place.background for word in KATAKANA.findall(ours)):
        return True
    missed = uncovered(draft.words, place.words)
    return len(draft.words) - len(missed) < MIN_SHARED or any(
        replaced(words, ours, theirs) for words in (missed, uncovered(draft.words, archive.words))
    )
