"""What of a piece of a Chinese or Japanese enumeration is the item: 去年收购了松德电台 -> 松德电台.

A piece that is no item, such as an age, gives None.
"""

from collections.abc import Sequence

import regex

from qa.agreement.days import DATE

from .pieces import AGE, IS_TIME, Kind, Span, without_edges

# "and others", but not in a word such as 高等 or 等候
ET_CETERA = regex.compile(r"(?<![高平中上下头同对优初])等(?![级候待于於])[^，。、]{0,6}$|など$")
LEADING = regex.compile(
    r"(?:和|与|與|及|以及|还有|還有|主要|尤其|特别)*(?:包括|包含|例如|比如|分别是|分別是|如(?!\p{Han}))?"
)
# The verb before the question word: 主治 of 主治哪些.
ASKED_VERB = regex.compile(r"(\p{Han}{2})(?:哪|什么|什麼)")
ASKS = regex.compile(r"[哪些几幾][个個名位家国國座所支]?$")
LINK = "有是为為括了着过過由在向于於：:"
PREDICATE = "的从從在于於将將被把对對向"
COMMA = regex.compile(r"[，,](?!\d)")
OTHER_CLAUSE = regex.compile(r"其|但|而|并|並|也|则|則|潜在|包括|目前|另|还|還|再|都|均|是|为")
MAX_LENGTH = 30  # characters of an item
MAX_SHORT = 10  # of an item between commas
EXCLUDED = regex.compile(r"不包括|不包含|不含|而非|而不是|没有|沒有")
KANA = regex.compile(r"(?!の)\p{Hiragana}")


def is_japanese(text: str) -> bool:
    """Return whether a text has kana, where a 、 may as well stand between clauses."""
    return KANA.search(text) is not None


def one_clause(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Return the pieces of the clause that an enumeration is in, cut at commas too.

    >>> text = "东亚地区，包括日本、朝鲜、越南，其中越南最多"
    >>> [text[a:b] for a, b in one_clause(text, [(0, 9), (10, 12), (13, len(text))])]
    ['包括日本', '朝鲜', '越南']
    """
    kept: list[Span] = []
    for number, piece in enumerate(pieces):
        parts = _at_commas(text, *piece)
        if len(parts) > 1 and number == 0:
            parts = parts[-1:]
        kept.append(parts[0])
        if any(b - a > MAX_SHORT or OTHER_CLAUSE.match(text, a, b) for a, b in parts[1:]):
            break
        kept += parts[1:]
    return kept


def _at_commas(text: str, start: int, end: int) -> list[Span]:
    commas = [match.start() for match in COMMA.finditer(text, start, end)]
    starts, ends = [start, *(comma + 1 for comma in commas)], [*commas, end]
    return list(zip(starts, ends, strict=True))


def han_item_in(text: str, piece: Span, kind: Kind, question: str) -> Span | None:
    """Return the item in a piece of a Chinese or Japanese sentence, or None.

    >>> text = "去年收购了松德电台"
    >>> han_item_in(text, (0, 9), "phrase", "北湾集团收购了哪些公司？")
    (5, 9)
    """
    start, end = without_edges(text, *piece)
    if (found := LEADING.match(text, start, end)) and found.end() < end:
        start = found.end()
    if (found := ET_CETERA.search(text, start, end)) and found.start() > start:
        end = found.start()
    start, end = without_edges(text, start, end)
    if kind != "date":
        start = _after_introduction(text, start, end, question)
        end = _before_predicate(text, start, end, question)
    part = text[start:end]
    if not part or EXCLUDED.match(part) or len(part) > MAX_LENGTH:
        return None
    if AGE.fullmatch(part) and not part[-1].isdigit():
        return None
    if is_japanese(text) and KANA.search(part):
        return None
    return None if kind == "date" and not IS_TIME.search(part) else (start, end)


def _after_introduction(text: str, start: int, end: int, question: str) -> int:
    """Skip what the question says and the time, up to a word such as 有 or 了: "演员有"."""
    if (verb := ASKED_VERB.search(question)) and text.startswith(verb[1], start):
        start += len(verb[1]) if end - start > len(verb[1]) else 0
    known = _in_dates(text, start, end)
    begin = start
    for place in range(start, end - 1):
        if text[place] in LINK:
            begin = place + 1 if place > start else start
        elif place not in known and text[place] not in question:
            break
    return begin


def _before_predicate(text: str, start: int, end: int, question: str) -> int:
    """Leave out an end that has only words of the question and times: 乌干达六月签署."""
    known = _in_dates(text, start, end)
    last = end
    for place in range(end - 1, start + 1, -1):
        begins = place in known or text[place] in PREDICATE
        if not begins and text[place] not in question and text[place] not in LINK:
            break
        last = place if begins else last
    return last


def without_predicate(text: str, item: Span, question: str) -> Span:
    """Leave out an end that a question has word for word, but for what it asks for.

    >>> without_predicate("顾路辞职", (0, 4), "请列出辞职的部长")
    (0, 2)
    """
    start, end = item
    for place in range(start + 2, end - 1):
        at = question.find(text[place:end])
        if at >= 0 and not ASKS.search(question[max(0, at - 3) : at]):
            return start, place
    return item


def _in_dates(text: str, start: int, end: int) -> set[int]:
    return {n for match in DATE.finditer(text, start, end) for n in range(*match.span())}
