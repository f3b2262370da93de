"""The names behind a number: "Three states ratified it: Mongolia, Nepal and Laos"."""

import regex

from qa.agreement.numerals import numerals

from .english import NAME
from .enumeration import MAX_ITEMS, items
from .pieces import Span
from .separators import is_han, separators

# Names follow a colon, or what is counted: "two divers, Erik Voll and Sara Nim,".
BEFORE_NAMES = regex.compile(
    r"^[^:：]{0,100}[:：]\s*+|^\s?\p{L}+(?:\s\p{L}+){0,2}(?:,\s|\s\()|^\p{Han}{1,6}[，（]"
)


def counted_items(sentence: str, start: int, end: int) -> list[Span]:
    """Return the names whose number a sentence states, if exactly so many follow; else [].

    Args:
        sentence: A sentence.
        start: Of the number, code points into the sentence.
        end: Likewise.

    >>> sentence = "Three states ratified it: Mongolia, Nepal and Laos."
    >>> [sentence[a:b] for a, b in counted_items(sentence, 0, 5)]
    ['Mongolia', 'Nepal', 'Laos']
    """
    stated = numerals(sentence[start:end])
    if len(stated) != 1 or not 2 <= stated[0].value <= MAX_ITEMS:
        return []
    before = BEFORE_NAMES.match(sentence[end:])
    if before is None:
        return []
    first = end + before.end()
    if is_han(sentence):
        cuts = separators(sentence, first, len(sentence))
        found = items("哪些", sentence, first, cuts[0].start) if cuts else []
    else:
        name = NAME.match(sentence, first)
        found = items("Who are they?", sentence, *name.span()) if name else []
    return found if len(found) == stated[0].value else []
