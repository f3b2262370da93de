"""What the names in a text are: the kind, the spelling, and the key that its variants share."""

from dataclasses import dataclass
from typing import Literal, get_args

VERSION = 1  # raise it whenever any rule or list changes: all articles are then read again
Kind = Literal["person", "place", "organisation"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text; offsets are code points.

    `key` is the same for all spellings that surely mean the same, also in other scripts.
    """

    start: int
    end: int
    kind: Kind
    key: str
    label: str  # as it stands in the text, without title and possessive
