"""Question -> ranked passages: the dense and the keyword list, fused into one."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.encoder.sentence import Encoder
from index.errors import StorageError
from index.passage import Passage
from index.store.base.keywords import TermChoice
from index.store.base.protocol import REPAIR_HINT, Snapshot
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.text import scripts
from index.text.terms import phrases, terms

from .recency import asks_for_newest, newest_first

CANDIDATES = 50  # passages taken from each list
# What a passage with all of the question's words is worth, as a similarity; its unit is how far
# apart the archive's passages are, so that it suits every encoder. On 2,100 training questions
# the first passage is right for 83.1%, with 0.4 to 0.8 for hardly less; fusing ranks gave 80.6%.
KEYWORD_WEIGHT = 0.6
# Keywords say nothing of a passage in another writing than the question's. The less of the question
# they found anywhere, the more such a passage is taken to hold as many of its words as the best,
# and the more neutral is the dense list: not where the best passage has this share of what the
# terms tell, or else one language drowns another.
COVERED = 0.45
NEUTRAL = 0.5  # of a language's mean is taken away in any case; all of it where nothing is covered
AMONG = 10  # hits among which the newest are looked for, however few are wanted
QUERY_TERMS = 64  # the first so many terms of a question are looked up


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, and where: ranks count from 1, None means not in that list."""

    score: float
    passage: Passage
    article: Article
    dense_rank: int | None
    keyword_rank: int | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found, best first, and how its words were taken."""

    hits: list[Hit]
    terms: TermChoice
    newest: bool  # whether the newest come first


def retrieve(
    snapshot: Snapshot, encoder: Encoder, question: str, k: int, only: SearchFilter = NO_FILTER
) -> SearchResult:
    """Up to `k` hits, best first, by the sum of similarity and words in common.

    What is not meant is left out before anything is ranked.
    """
    depth = max(k, CANDIDATES)
    (vector,) = encoder.queries([question])
    choice = snapshot.choose(asked_terms(question))
    unit = choice.weight or 1.0
    keyword = [(i, score / unit) for i, score in snapshot.keywords(choice.used, depth, only)]
    elsewhere = abroad(keyword[0][1] if keyword else 0.0)
    neutral = NEUTRAL + (1 - NEUTRAL) * elsewhere
    spread = snapshot.spread()
    nearest = snapshot.nearest(vector, depth, only, neutral)
    dense = [(i, score / spread) for i, score in nearest]
    foreign = _foreign(snapshot, question, [i for i, _ in dense])
    scores = fuse(dense, keyword, foreign, elsewhere)
    newest = asks_for_newest(question)
    best = sorted(scores, key=lambda i: (-scores[i], i))[: max(k, AMONG) if newest else k]
    hits = _hits(snapshot, best, scores, _ranks(dense), _ranks(keyword))
    if newest:
        order = newest_first([(hit.score, hit.article.date) for hit in hits])
        hits = [hits[i] for i in order][:k]
    return SearchResult(hits, choice, newest)


def asked_terms(question: str) -> list[str]:
    """The terms and phrases of a question, each once."""
    return list(dict.fromkeys([*phrases(question), *terms(question)]))[:QUERY_TERMS]


def fuse(
    dense: Sequence[tuple[int, float]],
    keyword: Sequence[tuple[int, float]],
    foreign: frozenset[int] = frozenset(),
    elsewhere: float = 1.0,
) -> dict[int, float]:
    """Scores of passages from two lists of (id, score), best first: a convex combination of the
    scores themselves (Bruch, Gai, Ingber: "An Analysis of Fusion Functions for Hybrid Retrieval",
    2023). The last of the dense list, and what is not in it, begins at 0.

    Of those that are `foreign` keywords could not say anything; `elsewhere`, 0 to 1, is how
    likely the answer is in another writing than the question: how much that is made up for.
    """
    last = dense[-1][1] if dense else 0.0
    missing = elsewhere * keyword[0][1] if keyword else 0.0
    scores = {i: s - last + KEYWORD_WEIGHT * missing * (i in foreign) for i, s in dense}
    for i, s in keyword:
        scores[i] = scores.get(i, 0.0) + KEYWORD_WEIGHT * s
    return scores


def abroad(covered: float) -> float:
    """How likely the answer is in another language, 0 to 1.

    `covered` is the share of the question, by what its terms tell, that keywords found in one
    passage.
    """
    return max(0.0, 1 - covered / COVERED)


def _foreign(snapshot: Snapshot, question: str, passages: Sequence[int]) -> frozenset[int]:
    """Which of these passages are in another writing than the question."""
    asked = scripts.of_text(question)
    if asked is None:
        return frozenset()
    languages = snapshot.languages_of(passages)
    known = ((i, scripts.of_language(code)) for i, code in languages.items() if code)
    return frozenset(i for i, written in known if written != asked)


def _ranks(found: Sequence[tuple[int, float]]) -> dict[int, int]:
    return {i: rank for rank, (i, _) in enumerate(found, start=1)}


def _hits(
    snapshot: Snapshot,
    best: Sequence[int],
    scores: dict[int, float],
    dense: dict[int, int],
    keyword: dict[int, int],
) -> list[Hit]:
    """The passages with what was found out about them; `dense` and `keyword` hold their ranks."""
    found = snapshot.passages(best)
    if lost := [i for i in best if i not in found]:  # a damaged disk
        raise StorageError(
            f"the index names a passage {lost[0]} that it does not have: {REPAIR_HINT}"
        )
    # once each: several passages of one article are often found, and an article may be 10 MB
    articles = {name: snapshot.article(name) for name in {p.article_id for p in found.values()}}
    return [
        Hit(scores[i], found[i], article, dense.get(i), keyword.get(i))
        for i in best
        if (article := articles[found[i].article_id]) is not None
    ]
