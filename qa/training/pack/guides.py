"""What the annotators of a source were told to mark: a phrase or a whole clause.

Guides are not in the data; the lengths of answers tell. Half of the answers have more than 11
characters in CMRC and 8 words in COVID-QA, where SQuAD has 2 words and DRCD 4 characters. The
sources for reasons answer most questions with a phrase, but why and how with 4 to 11 words.
"""

import re

from .pack_file import CLAUSE, PHRASE

CLAUSES = ("zh-cmrc", "en-covidqa")
CLAUSES_FOR_REASONS = (
    "en-fairytaleqa", "en-qed-nq", "en-tydiqa", "fa-pquad", "fr-piaf", "id-idkmrc", "no-norquad",
    "th-iapp",
)  # fmt: skip
REASON = re.compile(
    r"\b(?:why|how(?! (?:many|much|old|long|far|big|tall|large|often))|mengapa|bagaimana|pourquoi"
    r"|comment|hvorfor|hvordan|چرا|چگونه)\b|ทำไม|อย่างไร",
    re.IGNORECASE,
)


def guide_of(source: str, question: str) -> int:
    """Return PHRASE or CLAUSE.

    >>> guide_of("en-fairytaleqa", "Why did the fox run?") == CLAUSE
    True
    """
    if source.startswith(CLAUSES):
        return CLAUSE
    return CLAUSE if source.startswith(CLAUSES_FOR_REASONS) and REASON.search(question) else PHRASE
