"""What was edited, word by word: in Chinese and Japanese, character by character."""

from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from index.text.scripts import UNSPACED

WORD = regex.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+|\s+|.", regex.S)


class Piece(NamedTuple):
    """A run of text that both have, or that only one of them has."""

    kind: str  # "same" | "removed" | "added"
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in order; `removed` ones are only in `old`.

    >>> [tuple(piece) for piece in difference("It cost 3 euros.", "It cost 4 euros.")]
    [('same', 'It cost '), ('removed', '3'), ('added', '4'), ('same', ' euros.')]
    """
    a, b = WORD.findall(old), WORD.findall(new)
    pieces: list[Piece] = []
    for kind, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(a[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(a[i:j])))
        if k < n:
            pieces.append(Piece("added", "".join(b[k:n])))
    return pieces


def as_text(pieces: list[Piece]) -> str:
    """Return a difference on one line, in the notation of wdiff.

    >>> as_text(difference("It cost 3 euros.", "It cost 4 euros."))
    'It cost [-3-]{+4+} euros.'
    """
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join("".join(marks[kind].format(text) for kind, text in pieces).split())
