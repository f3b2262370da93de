"""What of a piece of an English enumeration is the item: "in Corby in May" -> Corby.

A piece that is no item, such as an age or a relative clause, gives None.
"""

import regex

from qa.agreement.days import DATE
from qa.agreement.wording import NOT_NAMES, content

from .forms import WHO
from .pieces import AGE, IS_TIME, Kind, Span, without_edges

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
    "|that|and|or|but|not|after|before|when|while|where|said|says|behind|near|into|onto|over|under"
    "|between|through|across|against|during|until|since|about|around|among|via|per|like|than"
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
# Who somebody is, after the name: "mayor of Hull", "a 12-year-old pupil from Ulm".
APPOSITION = regex.compile(
    r"(?:(?:the|an?|his|her|former)\s)*[\p{Ll}\d-]++(?:\s\p{Ll}++){0,2}\s(?:of|at|in|from|for)\s"
)
# Not listed, or not whole: "not Chad", "Carl's dog", the "North" of "North and South Carolina".
EXCLUDED = regex.compile(r"(?:not|without|except|excluding|but)\b", regex.IGNORECASE)
NO_NAME = regex.compile(r".*['’]s|(?:North|South|East|West|Northern|Southern|Eastern|Western)")
OTHERS = regex.compile(
    r"(?:among )?(?:(?:many|some|several) )?(?:others|more|etc\.?)$", regex.IGNORECASE
)
SUFFIX = regex.compile(LEGAL_FORM)


def item_in(text: str, piece: Span, kind: Kind, question: str) -> Span | None:
    """Return the item in a piece of a sentence in a script with spaces, or None.

    >>> text = "in Corby in May"
    >>> item_in(text, (0, 15), "name", "Which towns burned?")
    (3, 8)
    """
    start, end = without_edges(text, *piece)
    if found := LEADING.match(text, start, end):
        start = found.end()
    part = text[start:end]
    if not part or any(p.match(part) for p in (RELATIVE, OTHERS, EXCLUDED)):
        return None
    if kind == "date":
        if found := PREPOSITION.match(text, start, end):
            start = found.end()
        return (start, end) if IS_TIME.search(text[start:end]) else None
    if kind == "phrase":
        return None if AGE.fullmatch(part) or NO_NAME.fullmatch(part) else (start, end)
    if WHO.search(question) and APPOSITION.match(part):
        return None
    if is_name(part):
        return None if NO_NAME.fullmatch(part) else (start, end)
    asked = set(content(question))
    runs = [
        run
        for run in NAME_RUN.finditer(text, start, end)
        if not set(content(run[0])) & asked and not DATE.search(run[0])
    ]
    return runs[0].span() if len(runs) == 1 and not NO_NAME.fullmatch(runs[0][0]) else None


def is_name(text: str) -> bool:
    """Return whether a text is a name, maybe with words before it that say whose it is.

    >>> [is_name(t) for t in ("captain Ivar Holm", "Bank of Oslo", "Kenya signed", "34")]
    [True, True, False, False]
    """
    found = NAME.fullmatch(text)
    if found is None or PREPOSITION.match(text):
        return False
    return found["name"].casefold() not in NOT_NAMES
