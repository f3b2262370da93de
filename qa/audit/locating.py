"""Find what a permalink cites in the archive as it is now, or the text nearest to it.

The article is looked up by its digest. If it changed or went, keyword search names the passages to
compare: the time does not grow with the archive as reading all of it would.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz import fuzz

from index.article import Article
from index.passage import Passage, sentences
from index.store.base.protocol import Snapshot, Version
from qa.permalink import Permalink, digest_of, link_to
from qa.retrieval.retriever import query_terms

MAX_PASSAGES = 20  # compared with the quote
# From here on a text counts as the quote, edited. Of 42 sentences that two papers word differently
# (tests/qa/answers/*.jsonl) 36 reach it, of 2,045 pairs of other sentences on one page 4 do.
MIN_SIMILARITY = 0.7
MIN_SHOWN = 0.55  # less says nothing: 99 of 100 pairs of such other sentences are below

Status = Literal["unchanged", "moved", "edited", "gone"]
SOUND = ("unchanged", "moved")  # the archive still says so, word for word


@dataclass(frozen=True, slots=True)
class Evidence:
    """What became of a cited text.

    - unchanged: the article's text is as cited, and so is the quote.
    - moved: the quote stands word for word in a changed article, or in another one.
    - edited: the nearest text resembles the quote; also if a long citation's quoted beginning
      stands in a changed article, as nobody can tell about the rest.
    - gone: nothing resembles the quote; `article`, if any, holds the nearest text all the same.

    `version` is the earlier version of an article that holds the quote, if the log has it.
    """

    status: Status
    link: Permalink
    article: Article | None = field(default=None, repr=False)
    start: int = 0  # of the quote, or of the nearest text, in `article.text`
    end: int = 0
    version: Version | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The cited text as it is now, or the nearest one; "" if there is none."""
        return self.article.text[self.start : self.end] if self.article else ""


def locate(snapshot: Snapshot, link: Permalink) -> Evidence:
    """Return what became of the text that a permalink cites."""
    cited = snapshot.article_with_text(bytes.fromhex(link.digest))
    if cited and _agrees(link, cited):
        return Evidence("unchanged", link, cited, link.start, link.end)
    if cited is None and (version := snapshot.version_with_text(bytes.fromhex(link.digest))):
        earlier = version.article
        # shows nothing that the link does not quote: whoever removed an article may have had to
        if earlier and link.quote and _agrees(link, earlier):
            return _locate_earlier(snapshot, link, version, earlier)
    return _locate(snapshot, link, cited)


def _locate_earlier(
    snapshot: Snapshot, link: Permalink, version: Version, earlier: Article
) -> Evidence:
    """Look for what the link quotes of the earlier version; all of it, if it is long."""
    link = link_to(earlier, link.start, link.end)
    evidence = _locate(snapshot, link, snapshot.article(version.article_id))
    cited = earlier.text[link.start : link.end]
    if evidence.article and evidence.article.text.startswith(cited, evidence.start):
        end = evidence.start + len(cited)
        evidence = replace(evidence, status="moved", end=end)
    return replace(evidence, version=version)


def _locate(snapshot: Snapshot, link: Permalink, cited: Article | None) -> Evidence:
    """Look for the quote: first in the article that was cited, as it is now."""
    if not link.quote:
        return Evidence("gone", link)
    passages = _similar_passages(snapshot, link.quote)
    articles = {p.article_id: snapshot.article(p.article_id) for p in passages}
    found = [article for article in articles.values() if article]
    for article in found:  # an older index does not know its articles by their digests
        if cited is None and digest_of(article) == link.digest and _agrees(link, article):
            return Evidence("unchanged", link, article, link.start, link.end)
    for article in [cited, *found] if cited else found:
        if (start := _occurrence(link, article.text)) >= 0:
            end = start + len(link.quote)
            return Evidence("moved" if link.whole else "edited", link, article, start, end)
    pieces = [(held, p) for p in passages if (held := articles[p.article_id])]
    return _nearest(link, pieces, cited)


def _agrees(link: Permalink, article: Article) -> bool:
    """Whether the article, whose text is as cited, has the quote at the cited place."""
    if link.end > len(article.text):
        return False
    return not link.quote or link == link_to(article, link.start, link.end)


def _similar_passages(snapshot: Snapshot, quote: str) -> list[Passage]:
    """Return the passages that share the most and the rarest words with the quote, best first."""
    choice = snapshot.choose(query_terms(quote))
    ranked = snapshot.keywords(choice.used or choice.common, MAX_PASSAGES)
    passages = snapshot.passages([identity for identity, _ in ranked])
    return [passages[identity] for identity, _ in ranked if identity in passages]


def _occurrence(link: Permalink, text: str) -> int:
    """Return where the quote occurs in a text, the cited offset if it is there, or -1."""
    if text.startswith(link.quote, link.start):
        return link.start
    return text.find(link.quote)


def _nearest(
    link: Permalink, pieces: list[tuple[Article, Passage]], cited: Article | None
) -> Evidence:
    """Return the most similar text in and around these passages, and at the cited place."""
    best = Evidence("gone", link)
    score = MIN_SHOWN
    length = len(link.quote)
    places = [(article, p.start, p.end) for article, p in pieces]
    if cited:
        places.insert(0, (cited, link.start, min(link.end, link.start + length)))
    for article, start, end in places:
        first, last = max(0, start - length), min(len(article.text), end + length)
        window = article.text[first:last]
        similarity, left, right = _align(link.quote, window, article.language, score)
        if similarity > score:
            status: Status = "edited" if similarity >= MIN_SIMILARITY else "gone"
            score = similarity
            best = Evidence(status, link, article, first + left, first + right)
    return best


def _align(quote: str, window: str, language: str | None, best: float) -> tuple[float, int, int]:
    """Return how similar the nearest piece of a text is to the quote, 0 to 1, and its bounds.

    The piece is the sentences that it is in, or only as long as a quote that is a part of one.
    A text that comes nowhere near the `best` similarity so far has 0.
    """
    if len(quote) >= len(window):
        return fuzz.ratio(quote, window) / 100, 0, len(window)
    found = fuzz.partial_ratio_alignment(quote, window, score_cutoff=90 * best)
    if found is None:
        return 0.0, 0, 0
    left, right = found.dest_start, found.dest_end
    touched = [
        (start, end)
        for start, end in sentences(window, language)
        if 2 * (min(end, right) - max(start, left)) > min(end - start, right - left)
    ]
    if touched:
        start, end = touched[0][0], touched[-1][1]
        similarity = fuzz.ratio(quote, window[start:end]) / 100
        if similarity >= MIN_SIMILARITY or found.score / 100 < MIN_SIMILARITY:
            return similarity, start, end
    return found.score / 100, left, right
