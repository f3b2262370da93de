"""Rank passages for a question: a dense and a keyword list, fused by score.

Does not choose what the reader reads (`qa/answers/selection.py`). Both lists come from a snapshot
of the store, which hides how they are computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.encoder.protocol import Vectors
from index.errors import StorageError
from index.passage import Passage
from index.store.base.keywords import TermChoice
from index.store.base.protocol import REPAIR_HINT, Snapshot
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.several.part import NotAsked
from index.store.several.snapshot import missing_archives
from index.text import scripts
from index.text.terms import phrases, terms
from qa.permalink import link_to

from .across import Counterpart, counterparts
from .fusion import (
    ACROSS_WEIGHT,
    Ranking,
    covered_across,
    cross_script_likelihood,
    fuse,
    scaled,
)
from .recency import asks_for_newest, newest_first

CANDIDATES = 50  # passages taken from each list
MIN_CENTRING = 0.5  # share of a language's mean that is always removed; all of it at no coverage
RECENCY_POOL = 10  # hits among which the newest are looked for, even if fewer are returned
MAX_QUERY_TERMS = 64  # the first terms of a question are looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage with its article; ranks count from 1, None means not in that list."""

    score: float
    passage: Passage
    article: Article
    dense_rank: int | None
    keyword_rank: int | None

    @property
    def permalink(self) -> str:
        """The address of the passage, relative to the page's."""
        return str(link_to(self.article, self.passage.start, self.passage.end))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the scores of a question's hits were measured by."""

    centring: float  # share of each language's mean that was subtracted
    cut: float  # score of the last dense hit, in units of the spread
    weight: float  # of all terms of the question
    coverage: float  # the best keyword score, as a share of that weight
    across: float = 1.0  # the least score of a passage with all of them, or all names


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of a question in order, and how its terms were used."""

    hits: list[Hit]
    terms: TermChoice
    newest: bool  # ordered by date because the question asks for the newest
    ids: tuple[int, ...] = ()  # of the hits' passages
    bounds: Bounds = Bounds(1.0, 0.0, 1.0, 0.0)
    across: tuple[Counterpart, ...] = ()  # what the question's words may be in other scripts
    not_asked: tuple[NotAsked, ...] = ()  # of several archives, those that could not be


def retrieve(
    snapshot: Snapshot,
    vector: Vectors,
    question: str,
    k: int,
    search_filter: SearchFilter = NO_FILTER,
) -> SearchResult:
    """Return up to `k` hits, ranked by the sum of dense and weighted keyword scores.

    `vector` is the question's, of shape (dimension,): it is computed before the snapshot is opened,
    so that no snapshot waits for the model thread. The filter applies before ranking: excluded
    passages take no places in the lists. Raises StorageError if the index refers to a passage that
    it lacks.
    """
    depth = max(k, CANDIDATES)
    choice = snapshot.choose(query_terms(question))
    total_weight = choice.weight or 1.0
    keyword = scaled(snapshot.keywords(choice.used, depth, search_filter), total_weight)
    others = counterparts(snapshot, question)
    across, across_weight = covered_across(snapshot, others, total_weight, depth, search_filter)
    coverage = keyword[0][1] if keyword else 0.0
    likelihood = cross_script_likelihood(coverage)
    centring = MIN_CENTRING + (1 - MIN_CENTRING) * likelihood
    nearest = snapshot.nearest(vector, depth, search_filter, centring)
    dense = scaled(nearest, snapshot.spread())
    other_script = _in_other_script(snapshot, question, [i for i, _ in dense])
    scores = fuse(dense, keyword, other_script, likelihood)
    for i, share in across.items():
        scores[i] = scores.get(i, 0.0) + ACROSS_WEIGHT * share
    newest = asks_for_newest(question)
    best = sorted(scores, key=lambda i: (-scores[i], i))[: max(k, RECENCY_POOL) if newest else k]
    hits = _load_hits(snapshot, best, scores, _ranks(dense), _ranks(keyword))
    if newest:
        order = newest_first([(hit.score, hit.article.date) for hit in hits])
        hits, best = [hits[i] for i in order][:k], [best[i] for i in order][:k]
    cut = dense[-1][1] if dense else 0.0
    bounds = Bounds(centring, cut, total_weight, coverage, across_weight)
    missing = missing_archives(snapshot)
    return SearchResult(hits, choice, newest, tuple(best), bounds, tuple(others), missing)


def query_terms(question: str) -> list[str]:
    """Return the phrases and terms of a question, each once, at most MAX_QUERY_TERMS."""
    return list(dict.fromkeys([*phrases(question), *terms(question)]))[:MAX_QUERY_TERMS]


def _in_other_script(snapshot: Snapshot, question: str, ids: Sequence[int]) -> frozenset[int]:
    """Return which passages are in another script than the question, as far as known."""
    script = scripts.of_text(question)
    if script is None:
        return frozenset()
    languages = snapshot.languages_of(ids)
    known = ((i, scripts.of_language(code)) for i, code in languages.items() if code)
    return frozenset(i for i, passage_script in known if passage_script != script)


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {i: rank for rank, (i, _) in enumerate(ranking, start=1)}


def _load_hits(
    snapshot: Snapshot, ids: Sequence[int], scores: dict[int, float],
    dense_ranks: dict[int, int], keyword_ranks: dict[int, int],
) -> list[Hit]:  # fmt: skip
    """Read passages and their articles; scores and ranks are by passage id."""
    passages = snapshot.passages(ids)
    if missing := [i for i in ids if i not in passages]:  # a damaged disk
        raise StorageError(
            f"the index names a passage {missing[0]} that it does not have: {REPAIR_HINT}"
        )
    # Each article is read once: several hits often share one, and an article may be 10 MB.
    articles = {key: snapshot.article(key) for key in {p.article_id for p in passages.values()}}
    return [
        Hit(scores[i], passages[i], article, dense_ranks.get(i), keyword_ranks.get(i))
        for i in ids
        if (article := articles[passages[i].article_id]) is not None
    ]
