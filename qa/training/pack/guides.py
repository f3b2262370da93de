"""What the annotators of a source were told to mark: a phrase or a whole clause."""

import re

from .pack_file import CLAUSE, PHRASE

CLAUSES = ("zh-cmrc", "en-covidqa")
CLAUSES_FOR_REASONS = ("en-fairytaleqa",)
REASON = re.compile(r"\b(?:why|how(?! (?:many|much|old|long|far|big|tall|often)))\b", re.IGNORECASE)


def guide_of(source: str, question: str) -> int:
    """Return PHRASE or CLAUSE.

    >>> guide_of("en-fairytaleqa", "Why did the fox run?") == CLAUSE
    True
    """
    reason = source.startswith(CLAUSES_FOR_REASONS) and REASON.search(question)
    return CLAUSE if reason or source.startswith(CLAUSES) else PHRASE
