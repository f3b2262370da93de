"""Look up a quotation: word for word, or the text that it was edited from."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

import regex
from rapidfuzz import fuzz

from index.passage import Passage
from index.store.base.protocol import Snapshot
from index.store.base.search_filter import SearchFilter
from index.text import scripts
from index.text.scripts import UNSPACED
from qa.audit.locating import MIN_SIMILARITY
from qa.retrieval.retriever import Hit, query_terms

from .typesetting import EDGES, Normalised, normalised

MAX_PASSAGES = 20  # compared with a quotation
AROUND = 3000  # code points of the article on both sides of a passage
MIN_EDITED, MIN_EDITED_HAN = 5, 8  # words or ideographs of a quotation that may have been edited
MIN_EDITED_KANA = 12  # characters, if some are kana
MIN_HIRAGANA = 0.25  # share of those; with less it is a name
MIN_SHARED = 0.7  # of its words that the text has which it resembles
MAX_OMITTED = 400  # characters that an ellipsis may stand for, with the words after it
MAX_MATCHES = 20  # in one passage, of which the first between words counts
ELLIPSIS = regex.compile(r"\s*(?:[\[(]…[\])]|…)\s*")
TITLES = "『﹃"  # titles of works stand in these, as well as quotations
KANA, HIRAGANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]"), regex.compile(r"\p{Hiragana}")
WORD = regex.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{N}}])+")
LAST_WORD = regex.compile(r"[\W_]+\w*$")
WORD_INSIDE = regex.compile(rf"(?![{UNSPACED}])[\p{{L}}\p{{N}}](?![{UNSPACED}])[\p{{L}}\p{{N}}]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a quotation, or the text it resembles, stands; offsets into the article's text.

    "nearly" is equal but for capitals, or but for what an ellipsis in the quotation leaves out.
    """

    match: str  # "exact" | "nearly" | "edited"
    hit: Hit
    start: int
    end: int


def quoted_in(quotation: str, hits: Sequence[Hit]) -> Quoted | None:
    """Return where a quotation stands word for word, or else the text that resembles it most."""
    wanted = normalised(quotation)
    if not wanted:
        return None
    windows = [(hit, *_window(hit.article.text, hit.passage)) for hit in hits]
    parts = [part for part in ELLIPSIS.split(wanted) if part]
    for match, pieces, flags in (
        ("exact", [wanted], regex.V0),
        ("nearly", parts, regex.IGNORECASE),
    ):
        patterns = [regex.compile(regex.escape(piece), flags) for piece in pieces]
        for hit, first, text in windows:
            if found := _occurrence(patterns, text.text):
                start, end = text.span(*found)
                return Quoted(match, hit, first + start, first + end)
    return _nearest(wanted, windows) if may_be_edited(quotation) else None


def _occurrence(patterns: Sequence[regex.Pattern[str]], text: str) -> tuple[int, int] | None:
    """Return where pieces follow each other, with little left out between them."""
    for match in islice(patterns[0].finditer(text), MAX_MATCHES):
        start, end = match.span()
        for pattern in patterns[1:]:
            following = pattern.search(text, end, min(len(text), end + MAX_OMITTED))
            if following is None:
                break
            end = following.end()
        else:
            if _at_boundaries(text, start, end):
                return start, end
    return None


def hits_for(
    snapshot: Snapshot, quotation: str, search_filter: SearchFilter, known: Sequence[Hit]
) -> list[Hit]:
    """Return the passages that share the most and the rarest words with a quotation, and more."""
    choice = snapshot.choose(query_terms(quotation))
    ranked = snapshot.keywords(choice.used or choice.common, MAX_PASSAGES, search_filter)
    found = snapshot.passages([identity for identity, _ in ranked])
    hits = []
    for identity, score in ranked:
        if identity in found:
            article = snapshot.article(found[identity].article_id)
            if article is not None:
                hits.append(Hit(score, found[identity], article, None, None))
    return [*hits, *known]


def _window(text: str, passage: Passage) -> tuple[int, Normalised]:
    first = max(0, passage.start - AROUND)
    return first, _normalised(text[first : passage.end + AROUND])


@lru_cache(maxsize=256)
def _normalised(text: str) -> Normalised:
    return Normalised(text)


def _at_boundaries(text: str, start: int, end: int) -> bool:
    """Whether a match neither begins nor ends inside a word."""
    inside = WORD_INSIDE.search(text, max(0, start - 1), start + 1)
    return not inside and not WORD_INSIDE.search(text, end - 1, end + 1)


def _nearest(wanted: str, windows: Sequence[tuple[Hit, int, Normalised]]) -> Quoted | None:
    best, score = None, 100 * MIN_SIMILARITY
    for hit, first, text in windows:
        if len(wanted) > len(text.text):
            continue
        found = fuzz.partial_ratio_alignment(wanted, text.text, score_cutoff=score)
        if found is None or found.score <= score:
            continue
        left, right = _trimmed(
            wanted, text.text, *_to_words(text.text, found.dest_start, found.dest_end)
        )
        if _shares_words(wanted, text.text[left:right]):
            start, end = text.span(left, right)
            best, score = Quoted("edited", hit, first + start, first + end), found.score
    return best


def may_be_edited(quotation: str) -> bool:
    """Return whether a quotation says enough to tell it from another: no title, not a few words."""
    words = WORD.findall(quotation)
    if quotation[0] in TITLES or not regex.search(r"\p{Ll}|\p{Lo}", quotation):
        return False
    if scripts.unspaced(quotation):
        if not KANA.search(quotation):
            return len(words) >= MIN_EDITED_HAN
        return len(words) >= MIN_EDITED_KANA and len(
            HIRAGANA.findall(quotation)
        ) >= MIN_HIRAGANA * len(words)
    return len(words) >= MIN_EDITED and sum(word[0].islower() for word in words) > len(words) / 2


def _shares_words(one: str, other: str) -> bool:
    a, b = ([w.casefold() for w in WORD.findall(text)] for text in (one, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= MIN_SHARED


def _trimmed(wanted: str, text: str, left: int, right: int) -> tuple[int, int]:
    """Leave out words at the end of a piece that make it less similar."""
    similarity = fuzz.ratio(wanted, text[left:right])
    while cut := LAST_WORD.search(text, left + 1, right):
        shorter = fuzz.ratio(wanted, text[left : cut.start()])
        if shorter < similarity:
            break
        similarity, right = shorter, cut.start()
    return left, right


def _to_words(text: str, left: int, right: int) -> tuple[int, int]:
    """Extend a piece of a text to whole words, and cut what stands outside of a quotation."""
    while left > 0 and WORD_INSIDE.match(text, left - 1, left + 1):
        left -= 1
    while right < len(text) and WORD_INSIDE.match(text, right - 1, right + 1):
        right += 1
    while left < right - 1 and text[left] in EDGES:
        left += 1
    while left < right - 1 and text[right - 1] in EDGES:
        right -= 1
    return left, right
