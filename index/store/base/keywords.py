"""Which keywords a passage has, and which of a question's terms are worth looking up.

A question's rarest terms are looked up first, and the rest is left out once the passages to rank
get too many: ranking time grows with their number. No SQL here; a backend counts and ranks.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.text.names.words import name_keys
from index.text.spellings import other_spellings
from index.text.terms import terms

# A term in more than this share of the passages does not discriminate, unless it is in few at all.
COMMON, RARE = 0.1, 3
# Passages that one question may rank. With 100,000 passages it finds as much as all terms would.
MAX_RANKED = 5_000


class PassageTerms(NamedTuple):
    """The keywords of a passage, each separated by spaces, in order."""

    exact: str
    other: str  # plain spellings of those terms, and the sounds of names


@dataclass(frozen=True, slots=True)
class TermChoice:
    """What became of a question's terms; a phrase is its terms joined by spaces."""

    used: tuple[str, ...]  # looked up, the rarest first
    common: tuple[str, ...]  # left out: in too many passages to tell them apart
    unknown: tuple[str, ...]  # in no passage
    weight: float = 0.0  # sum of their IDF: about the BM25 score of a passage with each term once


def heading(kind: str, own: str | None, article: str | None) -> str:
    """Return the title that a passage can be found by: its article's, or a teaser's own.

    >>> heading("body", None, "Rain over Ulm"), heading("title", None, "Rain over Ulm")
    ('Rain over Ulm', '')
    """
    return {"body": article, "teaser": own}.get(kind) or ""


def terms_of_passage(text: str, kind: str, own: str | None, article: str | None) -> PassageTerms:
    """Return the terms of a passage's heading and text.

    Args:
        text: The passage's text.
        kind: "title", "body" or "teaser".
        own: A teaser's own title.
        article: The article's title.
    """
    whole = f"{heading(kind, own, article)}\n{text}"
    exact = terms(whole)
    other = (spelling for term in exact for spelling in other_spellings(term))
    keys = dict.fromkeys(name_keys(whole))
    return PassageTerms(" ".join(exact), " ".join((*other, *keys)))


def choose(
    count: Callable[[str, int], int], candidates: Sequence[str], passages: int
) -> TermChoice:
    """Choose which terms to look up in an archive of so many passages, the rarest first.

    The other spellings of a term are looked up only where they find more passages than it does:
    a word must not count twice.

    Args:
        count: `count(term, limit)` is the number of passages with a term, counted up to `limit`.
        candidates: Terms and phrases of the question.
        passages: Passages in the archive.
    """
    limit = max(RARE, int(min(COMMON * passages, MAX_RANKED)))
    counts = {term: count(term, limit + 1) for term in candidates}
    weight, unknown = 0.0, []
    for term, uses in list(counts.items()):
        spellings = {} if " " in term else {s: count(s, limit + 1) for s in other_spellings(term)}
        found = [more for more in spellings.values() if more]
        if " " not in term:
            weight += _idf(uses or min(found, default=0), passages)
        if not uses and not found:
            unknown.append(term)
        counts |= {spelling: more for spelling, more in spellings.items() if more > uses}
    used, common = _rarest(counts, limit)
    return TermChoice(used, common, tuple(unknown), weight)


def _rarest(counts: dict[str, int], limit: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the terms that are in some passage into the ones to look up and the common ones."""
    used: list[str] = []
    common: list[str] = []
    ranked = 0
    for uses, term in sorted((uses, term) for term, uses in counts.items() if uses):
        if uses > limit or (used and ranked + uses > MAX_RANKED):
            common.append(term)
        else:
            used.append(term)
            ranked += uses
    return tuple(used), tuple(common)


def _idf(uses: int, passages: int) -> float:
    """Inverse document frequency as in BM25 (Robertson and Walker, 1994), at least 0."""
    return math.log(max(1.0, (passages - uses + 0.5) / (uses + 0.5)))


def score_groups(
    passages_with: Callable[[Sequence[str], int], Sequence[int]],
    groups: Sequence[Sequence[str]],
    passages: int,
) -> tuple[dict[int, float], float]:
    """Score passages by groups of terms, each of which counts as one term (Pirkola, 1998).

    A passage scores the IDF of each group of which it holds any term; how often does not matter.
    Returns the scores by passage id, and the sum of the IDF of all groups that are in any passage.

    Args:
        passages_with: `passages_with(terms, limit)` finds up to `limit` passages with any of them.
        groups: Terms and phrases.
        passages: Passages in the archive.
    """
    limit = max(RARE, int(min(COMMON * passages, MAX_RANKED)))
    scores: dict[int, float] = defaultdict(float)
    weight = 0.0
    for group in groups:
        found = passages_with(group, limit + 1)
        if 0 < len(found) <= limit:
            worth = _idf(len(found), passages)
            weight += worth
            for passage in found:
                scores[passage] += worth
    return dict(scores), weight
