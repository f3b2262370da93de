"""Which short names of one article mean somebody whom the article also names in full."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from .mention import Kind, Mention

MOST_NAMES = 300  # of one article
LONGEST = 80  # characters of a name; what is longer is no name
LATIN = regex.compile(r"\p{Latin}")


class Name(NamedTuple):
    """Somebody or something that an article names, however often."""

    kind: Kind
    key: str
    label: str


def names_of(mentions: Iterable[Mention]) -> list[Name]:
    """Return the names of one article, each key once, with the label that it has most often.

    >>> [name.label for name in names_of([
    ...     Mention(0, 14, "person", "vladimir putin", "Vladimir Putin"),
    ...     Mention(20, 25, "person", "putin", "Putin"),
    ... ])]
    ['Vladimir Putin']
    """
    found = [mention for mention in mentions if len(mention.label) <= LONGEST]
    full = _full_names(found)
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for mention in found:
        key = mention.key
        if mention.kind == "person":
            key = full.get(mention.label.casefold(), key)
        labels[key][mention.label] += 1
        kinds[key][mention.kind] += 1
    names = [
        Name(kinds[key].most_common(1)[0][0], key, _label(counts)) for key, counts in labels.items()
    ]
    return names[:MOST_NAMES]


def _full_names(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the key of the full name for each part of it that stands alone, if only one fits."""
    people = {m.label.casefold(): m.key for m in mentions if m.kind == "person"}
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for label, key in people.items():
        for part in _short_forms(label):
            if part in people:
                keys[part].add(key)
    return {part: next(iter(found)) for part, found in keys.items() if len(found) == 1}


def _short_forms(label: str) -> list[str]:
    """Return what a full name may be cut to: the family name."""
    if LATIN.search(label):
        words = label.rstrip(".").removesuffix(" jr").split()
        return [words[-1], words[0]] if len(words) > 1 else []
    for dot in "·・":
        if dot in label:
            return [label.split(dot)[-1]]
    return [label[:2]] if len(label) > 3 else []  # 高市早苗: 高市


def _label(counts: Counter[str]) -> str:
    """Return the commonest of the longest spellings: "Vladimir Putin" before "Putin"."""
    words = max(len(label.split()) for label in counts)
    return max(
        counts, key=lambda label: (len(label.split()) == words, counts[label], len(label), label)
    )
