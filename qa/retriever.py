"""Question -> ranked passages: the dense and the keyword list, fused by reciprocal rank."""

from collections import defaultdict
from dataclasses import dataclass

from index.article import Article
from index.encoder import Encoder
from index.narrowing import Narrowing
from index.passage import Passage
from index.store import ALL, Snapshot
from index.terms import terms

CANDIDATES = 50  # passages taken from each list
# The constant of reciprocal rank fusion and what the keyword list counts. Keywords say nothing of
# passages in other languages than the question's: with the usual 60 and 1, being in both lists
# would beat being first in one, and a question would never find a passage in another language.
RANK_OFFSET, KEYWORD_WEIGHT = 5, 0.7
QUERY_TERMS = 64  # the first so many terms of a question are looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and where: ranks count from 1, None means not in that list."""

    score: float
    passage: Passage
    article: Article
    dense_rank: int | None
    keyword_rank: int | None


def retrieve(
    snapshot: Snapshot, encoder: Encoder, question: str, k: int, only: Narrowing = ALL
) -> list[Hit]:
    """Up to `k` hits, best first, by reciprocal rank fusion (Cormack et al., SIGIR 2009).

    What is not meant is left out before anything is ranked.
    """
    (vector,) = encoder.queries([question])
    wanted = list(dict.fromkeys(terms(question)))[:QUERY_TERMS]
    depth = max(k, CANDIDATES)
    dense = {i: r for r, (i, _) in enumerate(snapshot.nearest(vector, depth, only), start=1)}
    keyword = {i: r for r, (i, _) in enumerate(snapshot.keywords(wanted, depth, only), start=1)}
    scores = _fuse(dense, keyword)
    best = sorted(scores, key=lambda i: (-scores[i], i))[:k]
    found = snapshot.passages(best)
    # once each: several passages of one article are often found, and an article may be 10 MB
    articles = {name: snapshot.article(name) for name in {p.article_id for p in found.values()}}
    return [
        Hit(scores[i], found[i], article, dense.get(i), keyword.get(i))
        for i in best
        if (article := articles[found[i].article_id]) is not None
    ]


def _fuse(dense: dict[int, int], keyword: dict[int, int]) -> dict[int, float]:
    """Scores of passages by reciprocal rank fusion, from their ranks in the two lists."""
    scores: dict[int, float] = defaultdict(float)
    for i, rank in dense.items():
        scores[i] += 1 / (RANK_OFFSET + rank)
    for i, rank in keyword.items():
        scores[i] += KEYWORD_WEIGHT / (RANK_OFFSET + rank)
    return scores
