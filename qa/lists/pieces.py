"""What of a piece between two separators is the item: "in Corby" -> Corby, "彭德等人" -> 彭德.

English and Chinese. A piece that is no item, such as an age or a relative clause, gives None.
"""

from typing import Literal

import regex

from qa.agreement.days import DATE
from qa.agreement.wording import NOT_NAMES, content

from .forms import WHO

Span = tuple[int, int]
Kind = Literal["name", "date", "phrase"]

CONNECTOR = r"(?:of|the|de|von|van|al|la|le|du|da|di|and|for)"
WORD = r"(?:\p{Lu}|\d)[\p{L}\p{M}\p{N}.'’&/-]*+"
LEGAL_FORM = r"(?:Inc|Ltd|LLC|Corp|Jr|Sr|Co|plc|GmbH|S\.A)\b\.?"
RUN = (
    rf"\p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}.'’/-]*+"
    rf"(?:\ (?:(?:{CONNECTOR}\ ){{1,2}}|&\ )?{WORD})*+(?:,\ {LEGAL_FORM})?"
)
# Words before a name, such as "his sister" and "first officer", but none that begin a clause.
NOT_BEFORE = (
    "in|on|at|from|by|to|with|for|of|as|is|are|was|were|be|been|has|have|had|will|would|who|which"
    "|that|and|or|but|not|after|before|when|while|where|said|says"
)
NAME = regex.compile(
    rf"(?:(?!(?:{NOT_BEFORE})\ )\p{{Ll}}[\p{{L}}\p{{M}}'’-]*+\ ){{0,4}}+(?P<name>{RUN})"
)
NAME_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){RUN}")
LEADING = regex.compile(
    r"(?:(?:and|both|also|either|including|namely|such as|followed by|later|then|finally)\s++)+",
    regex.IGNORECASE,
)
PREPOSITION = regex.compile(r"(?:in|on|at|from|by|to|with|for)\s++", regex.IGNORECASE)
RELATIVE = regex.compile(r"(?:which|who|whose|where|when|while|but|that|aged|among|all)\b", regex.I)
# Who somebody is, after the name: "mayor of Hull".
APPOSITION = regex.compile(
    r"(?:(?:the|an?|his|her|former)\s)*\p{Ll}++(?:\s\p{Ll}++)?\s(?:of|at|in|from|for)\s"
)
OTHERS = regex.compile(
    r"(?:among|and)?\s*(?:(?:many|some|several) )?(?:others|more|etc\.?)$", regex.I
)
BRACKETED = regex.compile(r"\s*+(?:\([^()]*+\)|（[^（）]*+）)$")
NUMBER_ONLY = regex.compile(r"\d[\d.,]*(?:岁|歲|歳)?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
IS_TIME = regex.compile(
    rf"\d|[周曜]|星期|[一二三四五六七八九十]+[月日天]|\b(?:\p{{L}}+day|{MONTHS})s?\b"
)
SUFFIX = regex.compile(LEGAL_FORM)

ET_CETERA = regex.compile(
    r"等(?:人|地|国|國|(?:[一二三四五六七八九十两兩\d]++)?[个個名位家]?"
    r"(?:国家|國家|地区|地區|城市|公司|企业|企業|银行|机构|產品|产品|省|市|县))?$|など$"
)
HAN_LEADING = regex.compile(r"(?:和|与|與|及|以及|还有|還有|包括|分别是|分別是)+")
LINK = "有是为為括了着过過由在向于於：:着"
SUFFIX_START = "的从從在于於将將被把对對向"
MAX_HAN = 30  # characters of a Chinese item


def item_in(text: str, piece: Span, kind: Kind, question: str) -> Span | None:
    """Return the item in a piece of a sentence in a script with spaces, or None.

    >>> text = "in Corby in May"
    >>> item_in(text, (0, 15), "name", "Which towns burned?")
    (3, 8)
    """
    start, end = _without_edges(text, *piece)
    part = text[start:end]
    if not part or RELATIVE.match(part) or OTHERS.match(part):
        return None
    if kind == "date":
        if found := PREPOSITION.match(text, start, end):
            start = found.end()
        return (start, end) if IS_TIME.search(text[start:end]) else None
    if kind == "phrase":
        return None if NUMBER_ONLY.fullmatch(part) else (start, end)
    if WHO.search(question) and APPOSITION.match(part):
        return None
    if is_name(part):
        return start, end
    asked = set(content(question))
    runs = [
        run
        for run in NAME_RUN.finditer(text, start, end)
        if not set(content(run[0])) & asked and not DATE.search(run[0])
    ]
    return runs[0].span() if len(runs) == 1 else None


def is_name(text: str) -> bool:
    """Return whether a text is a name, maybe with words before it that say whose it is.

    >>> [is_name(t) for t in ("captain Ivar Holm", "Bank of Oslo", "Kenya signed", "34")]
    [True, True, False, False]
    """
    found = NAME.fullmatch(text)
    if found is None or PREPOSITION.match(text):
        return False
    return found["name"].casefold() not in NOT_NAMES


def han_item_in(text: str, piece: Span, kind: Kind, question: str) -> Span | None:
    """Return the item in a piece of a Chinese or Japanese sentence, or None.

    >>> text = "去年收购了松德电台"
    >>> han_item_in(text, (0, 9), "phrase", "北湾集团收购了哪些公司？")
    (5, 9)
    """
    start, end = _without_edges(text, *piece)
    if found := HAN_LEADING.match(text, start, end):
        start = found.end()
    if found := ET_CETERA.search(text, start, end):
        end = found.start()
    start, end = _without_edges(text, start, end)
    if kind != "date":
        start = _after_introduction(text, start, end, question)
        end = _before_predicate(text, start, end, question)
    part = text[start:end]
    if not part or len(part) > MAX_HAN or (kind != "date" and NUMBER_ONLY.fullmatch(part)):
        return None
    return None if kind == "date" and not IS_TIME.search(part) else (start, end)


def _without_edges(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n\u3000,;，；":
        start += 1
    if found := LEADING.match(text, start, end):
        start = found.end()
    if found := BRACKETED.search(text, start, end):
        end = found.start() if found.start() > start else end
    while start < end and text[end - 1] in " \t\n\u3000,;，；。":
        end -= 1
    return start, end


def _after_introduction(text: str, start: int, end: int, question: str) -> int:
    """Skip what the question says and the time, up to a word such as 有 or 了: "演员有"."""
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
        begins = place in known or text[place] in SUFFIX_START
        if not begins and text[place] not in question and text[place] not in LINK:
            break
        last = place if begins else last
    return last


def _in_dates(text: str, start: int, end: int) -> set[int]:
    return {n for match in DATE.finditer(text, start, end) for n in range(*match.span())}
