"""Detect questions for the newest information, and order their hits by date.

Depends on the question's words alone; for all other questions hits are ordered by score.
"""

import datetime
from collections.abc import Sequence

import regex

# A recency word that says something else: quoted, a deadline ("by Friday at the latest"), nearness.
NOT_RECENCY = regex.compile(
    r"""
    "[^"]*" | “[^”]*” | ‘[^’]*’ | 「[^」]*」 | 『[^』]*』 | 《[^》]*》 | «[^»]*»
    | \bat\s+the\s+(?:very\s+)?latest\b
    | \b(?:the\s+)?latest\s+(?:possible|time|date|day|year|hour)\b
    | [离離距靠][^，。？?！!]{0,12}最近            # the nearest, not the newest
    | 最近的?(?=[^，。？?！!]{0,6}(?:站|机场|機場|医院|醫院|酒店|邻居|鄰居|海港|港口))
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Case-sensitive: within a question a capital marks a name, as in "The Latest Show".
RECENCY = regex.compile(
    r"""
    (?<![\w-])(?:latest|newest|most\s+recent(?:ly)?|(?:as\s+of\s+)?recently)(?![\w-])
    | ^(?:Latest|Newest|Most\s+recent(?:ly)?|Recently)(?![\w-])
    | ^The\s+(?:latest|newest|most\s+recent)(?![\w-])
    | 最新(?!型|式) | 最近 | 近日 | 近来 | 近來 | 近期 | 直近
    """,
    regex.VERBOSE,
)
# Hits within this much of the best score count as equally relevant: the score of half of the
# question's words (`KEYWORD_WEIGHT` in `retriever.py`).
RELEVANCE_MARGIN = 0.3


def asks_for_newest(question: str) -> bool:
    """Return whether a question asks for the newest information.

    >>> asks_for_newest("What is the latest on the talks?"), asks_for_newest("最新的油价是多少?")
    (True, True)
    >>> asks_for_newest("Who hosts The Latest Show?"), asks_for_newest("离东京最近的机场是哪个?")
    (False, False)
    """
    remaining = NOT_RECENCY.sub(" ", question.strip())
    return RECENCY.search(remaining.strip()) is not None


def newest_first(hits: Sequence[tuple[float, datetime.date | None]]) -> list[int]:
    """Return the positions of hits, with the newest of the relevant ones first.

    Relevant hits of the same day keep their order; undated ones follow, then all other hits.

    Args:
        hits: (score, date), best score first.

    >>> day = datetime.date(2025, 10, 28)
    >>> newest_first([(1.0, None), (0.9, day), (0.8, day.replace(day=29)), (0.1, day)])
    [2, 1, 0, 3]
    """
    relevant = [i for i, (score, _) in enumerate(hits) if score >= hits[0][0] - RELEVANCE_MARGIN]
    dated = [(day, i) for i in relevant if (day := hits[i][1])]
    newest = [i for _, i in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    undated = [i for i in relevant if not hits[i][1]]
    return [*newest, *undated, *(i for i in range(len(hits)) if i not in relevant)]
