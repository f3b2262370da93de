"""Does a question ask for the newest, and which hits then come first.

A pure function of the question's words: nothing else is ever ordered by date.
"""

import datetime
from collections.abc import Sequence

import regex

# said of something else: in quotation marks, or as a limit ("by Friday at the latest")
NOT_ASKED = regex.compile(
    r"""
    "[^"]*" | “[^”]*” | ‘[^’]*’ | 「[^」]*」 | 『[^』]*』 | 《[^》]*》 | «[^»]*»
    | \bat\s+the\s+(?:very\s+)?latest\b
    | \b(?:the\s+)?latest\s+(?:possible|time|date|day|year|hour)\b
    | [离離距靠][^，。？?！!]{0,12}最近            # the nearest, not the newest
    | 最近的?(?=[^，。？?！!]{0,6}(?:站|机场|機場|医院|醫院|酒店|邻居|鄰居|海港|港口))
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# a capital inside of a question is a name's: "The Latest Show"
ASKED = regex.compile(
    r"""
    (?<![\w-])(?:latest|newest|most\s+recent(?:ly)?|(?:as\s+of\s+)?recently)(?![\w-])
    | ^(?:Latest|Newest|Most\s+recent(?:ly)?|Recently)(?![\w-])
    | ^The\s+(?:latest|newest|most\s+recent)(?![\w-])
    | 最新(?!型|式) | 最近 | 近日 | 近来 | 近來 | 近期 | 直近
    """,
    regex.VERBOSE,
)
# Hits are about as good as the best one if they score no more than this below it, which is what
# half of a question's words are worth.
MARGIN = 0.3


def asks_for_newest(question: str) -> bool:
    """Whether the newest is asked for.

    >>> asks_for_newest("What is the latest on the talks?"), asks_for_newest("最新的油价是多少?")
    (True, True)
    >>> asks_for_newest("Who hosts The Latest Show?"), asks_for_newest("离东京最近的机场是哪个?")
    (False, False)
    """
    rest = NOT_ASKED.sub(" ", question.strip())
    return ASKED.search(rest.strip()) is not None


def newest_first(hits: Sequence[tuple[float, datetime.date | None]]) -> list[int]:
    """The order of hits, given as (score, day), best first: the newest of the relevant first.

    Those of one day stay as they are, as do all without a date, after them.

    >>> day = datetime.date(2025, 10, 28)
    >>> newest_first([(1.0, None), (0.9, day), (0.8, day.replace(day=29)), (0.1, day)])
    [2, 1, 0, 3]
    """
    relevant = [i for i, (score, _) in enumerate(hits) if score >= hits[0][0] - MARGIN]
    dated = [(day, i) for i in relevant if (day := hits[i][1])]
    newest = [i for _, i in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    undated = [i for i in relevant if not hits[i][1]]
    return [*newest, *undated, *(i for i in range(len(hits)) if i not in relevant)]
