"""How much a question depends on the turn before it."""

from enum import Enum


class Dependence(Enum):
    """Whether a question can be understood by itself."""

    NONE = "none"  # self-contained
    WEAK = "weak"  # may refer to the previous turn, but makes sense alone
    STRONG = "strong"  # makes little sense alone
