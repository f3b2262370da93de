"""The items of an enumeration in a sentence, from a span that a reader marked in it.

A reader often marks all of an enumeration, sometimes a part of it. The span is extended to the
items that stand beside it, and cut at separators. Knows texts only.
"""

from collections.abc import Sequence

import regex

from qa.reader.span_rules import PAIRS

from .english import SUFFIX, is_name, item_in
from .forms import asks_for_names
from .han import han_item_in, is_japanese, one_clause
from .neighbours import Chain
from .pieces import Kind, Span
from .separators import Separator, is_han, separators

MAX_ITEMS = 50
MAX_SENTENCE = 3000  # characters; no writer's sentence is longer
MAX_PAIR_WORDS = 4  # of each half of "A and B" that is no name
MAX_BETWEEN_COMMAS, MAX_RATIO = (
    10,
    2.5,
)  # characters of items between ，, and the longest to the shortest
MONTH_AND_DAY = regex.compile(r"\p{Lu}\p{Ll}+\.? \d{1,2}$")
OF = regex.compile(r"\s(?:of|for|in|on|to|with|from|at|by)\s")
# The end of a name that may have an "and" in it: "Employment and Training Administration".
ORGANISATION = regex.compile(
    r"\b(?:Administration|Agency|Commission|Ministry|Department|Office|Authority|Bureau|Committee"
    r"|Council|Services?|Institute|Association|Fund|Organi[sz]ation|Society|Cent(?:er|re)|Company"
    r"|Sons|Foundation|University|Museum|Bank|Group)$"
)
# What stands before, at the start of or after those of whom something is not said.
EXCEPT = regex.compile(
    r"\b(?:except|except(?:ing)? for|but|other than|apart from|aside from|excluding|without)"
    r"\s(?:the\s)?$|(?:除了?|不包括|不含)$",
    regex.IGNORECASE,
)
EXCEPTED = regex.compile(
    r"除(?!夕)|不包括|(?:except|but|other than|apart from|excluding)\s", regex.I
)
EXCEPTED_AFTER = regex.compile(r"(?:之|以)?外(?=[，,的、]|$)|以外")
YEAR = regex.compile(r"\d{4}")
CLAUSE_END = regex.compile(r"[:!?](?=\s)|[。：！？—]|\s[–-]\s")
HAN_CLAUSE_END = regex.compile(r"[。：！？—；;]|[，,](?!以及|还有|還有|和|及|\d)")
DATES = regex.compile(
    r"\b(?:days|dates|years|months)\b|哪.{0,3}[天日年月]|何[月日年]", regex.IGNORECASE
)


def items(question: str, sentence: str, start: int, end: int) -> list[Span]:
    """Return the items of the enumeration that holds sentence[start:end], in order.

    A span that is no enumeration is one item, or none if it cannot be one.

    Args:
        question: A list question.
        sentence: The sentence in which a reader marked a span.
        start: Of the span, code points into the sentence.
        end: Likewise.

    >>> sentence = "Kenya, Uganda and Chad signed."
    >>> [sentence[a:b] for a, b in items("Which countries signed?", sentence, 0, 5)]
    ['Kenya', 'Uganda', 'Chad']
    """
    if len(sentence) > MAX_SENTENCE:
        return []
    left, right = _clause(sentence, start, end)
    if PAIRS.get(sentence[start]) == sentence[end - 1]:  # in quotation marks
        left, right = start, end = start + 1, end - 1
    cuts, pieces = _cut(sentence, left, right)
    core = [n for n, (a, b) in enumerate(pieces) if a < end and start < b]
    if not core:
        return []
    kind = _kind(question, sentence[start:end], [pieces[n] for n in core], sentence)
    first, last = core[0], core[-1]
    if not is_japanese(sentence):
        chain = Chain(sentence, question, kind, pieces, cuts)
        first, last, (start, end) = chain.extend(first, last, (start, end))
    if _is_excepted(sentence, left, start, end):
        return []
    inner = [(max(a, start), min(b, end)) for a, b in pieces[first : last + 1]]
    if "、" in sentence[start:end]:
        inner = one_clause(sentence, inner)
    pick = han_item_in if is_han(sentence) else item_in
    found = [pick(sentence, piece, kind, question) for piece in inner]
    within = cuts[first:last]
    if within and not _is_enumeration(sentence, found, within, kind):
        return []
    return [item for item in found if item][:MAX_ITEMS]


def _clause(sentence: str, start: int, end: int) -> Span:
    """Return the bounds of the clause around a span, without the marks that end it."""
    ends = HAN_CLAUSE_END if is_han(sentence) else CLAUSE_END
    left = max((m.end() for m in ends.finditer(sentence, 0, start)), default=0)
    following = ends.search(sentence, end)
    right = following.start() if following else len(sentence)
    while right > end and sentence[right - 1] in " \n.。!?！？":
        right -= 1
    return left, right


def _cut(sentence: str, left: int, right: int) -> tuple[list[Separator], list[Span]]:
    """Cut a clause into pieces; what belongs to the piece before, such as "Inc.", stays with it."""
    cuts: list[Separator] = []
    for cut in separators(sentence, left, right):
        before = sentence[cuts[-1].end if cuts else left : cut.start]
        cuts.append(cut)
        if len(cuts) > 1 and _belongs(before, sentence[: cuts[-2].start]):
            del cuts[-2]
    if cuts and _belongs(sentence[cuts[-1].end : right], sentence[: cuts[-1].start]):
        del cuts[-1]
    starts, ends = [left, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), right]
    return cuts, list(zip(starts, ends, strict=True))


def _belongs(piece: str, before: str) -> bool:
    """Whether a piece is part of the one before: "Quay, Ltd." or "May 3, 2025"."""
    year = YEAR.match(piece) and MONTH_AND_DAY.search(before[-20:])
    return bool(year) or SUFFIX.fullmatch(piece) is not None


def _kind(question: str, span: str, pieces: Sequence[Span], sentence: str) -> Kind:
    if DATES.search(question):
        return "date"
    if is_han(sentence):
        return "phrase"
    texts = [sentence[a:b] for a, b in pieces]
    if asks_for_names(question):
        return "name" if any(c.isupper() for c in span) else "phrase"
    return "name" if all(is_name(text) for text in texts) else "phrase"


def _is_excepted(sentence: str, left: int, start: int, end: int) -> bool:
    return bool(
        EXCEPT.search(sentence[left:start])
        or EXCEPTED.match(sentence, start)
        or EXCEPTED_AFTER.match(sentence, end)
    )


def _has_one_and(sentence: str, found: Sequence[Span | None], cuts: Sequence[Separator]) -> bool:
    """Whether no item follows the one after "and": "Paris, Texas, and Rome, Georgia" has two."""
    return is_han(sentence) or not any(
        cut.is_and and any(found[n + 2 :]) for n, cut in enumerate(cuts)
    )


def _is_enumeration(
    sentence: str, found: Sequence[Span | None], cuts: Sequence[Separator], kind: Kind
) -> bool:
    """Whether pieces are items of one kind, and not parts of one item or of a clause."""
    if not _has_one_and(sentence, found, cuts):
        return False
    kept = [item for item in found if item]
    texts = [sentence[a:b] for a, b in kept]
    whole = len(kept) == len(found)  # every piece has an item
    marks = {sentence[cut.start : cut.end].strip()[0] for cut in cuts}
    if not is_han(sentence):
        pair = marks.isdisjoint(",;")
        if pair and kept and ORGANISATION.search(texts[-1]) and not ORGANISATION.search(texts[0]):
            return False
        if kind != "phrase":
            return whole if pair else bool(kept)
        short = all(len(t.split()) <= MAX_PAIR_WORDS and not OF.search(t) for t in texts)
        return whole and (short if pair else cuts[-1].is_and)
    if is_japanese(sentence) and not whole:
        return False
    if "、" in marks or kind == "date":
        return bool(kept)
    lengths = [len(text) for text in texts]
    if not marks.isdisjoint("，,；"):  # may as well be clauses
        even = whole and max(lengths) <= min(MAX_BETWEEN_COMMAS, MAX_RATIO * min(lengths))
        return even and (len(kept) > 2 or cuts[-1].is_and)
    alike = max(lengths, default=0) <= MAX_RATIO * min(lengths, default=0)
    return whole and alike and len({length > 1 for length in lengths}) == 1
