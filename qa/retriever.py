"""Question -> ranked passages: the dense and the keyword list, fused by reciprocal rank."""

from dataclasses import dataclass

from index.article import Article
from index.encoder import Encoder
from index.passage import Passage
from index.store import Snapshot
from index.terms import terms

CANDIDATES = 50  # passages taken from each list
RANK_OFFSET = 60  # the constant of reciprocal rank fusion
QUERY_TERMS = 64  # the first so many terms of a question are looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and where: ranks count from 1, None means not in that list."""

    score: float
    passage: Passage
    article: Article
    dense_rank: int | None
    keyword_rank: int | None


def retrieve(snapshot: Snapshot, encoder: Encoder, question: str, k: int) -> list[Hit]:
    """Up to `k` hits, best first, by reciprocal rank fusion (Cormack et al., SIGIR 2009)."""
    (vector,) = encoder.queries([question])
    wanted = list(dict.fromkeys(terms(question)))[:QUERY_TERMS]
    depth = max(k, CANDIDATES)
    dense = {i: r for r, (i, _) in enumerate(snapshot.nearest(vector, depth), start=1)}
    keyword = {i: r for r, (i, _) in enumerate(snapshot.keywords(wanted, depth), start=1)}

    def score(passage: int) -> float:
        ranks = (dense.get(passage), keyword.get(passage))
        return sum(1 / (RANK_OFFSET + rank) for rank in ranks if rank is not None)

    best = sorted(dense.keys() | keyword.keys(), key=lambda i: (-score(i), dense.get(i, depth), i))
    found = snapshot.passages(best[:k])
    articles = {p.article_id: snapshot.article(p.article_id) for p in found.values()}
    hits = []
    for i in best[:k]:
        article = articles[found[i].article_id]
        assert article is not None  # one snapshot: a passage's article is there
        hits.append(Hit(score(i), found[i], article, dense.get(i), keyword.get(i)))
    return hits
