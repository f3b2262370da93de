"""How good a further passage must be to matter to a standing question.

When a question is asked, the score of the weakest passage that was read is kept, with what scores
were measured by: a passage that comes later can be read only if it scores more. `reached` estimates
generously what each new passage scores for each of many questions, all at once, which is far less
work than a search for each. A search then tells whether one of them is read.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage
from index.store.base.keywords import terms_of_passage
from index.store.base.protocol import Ids, Snapshot, Vectors
from index.text import scripts
from qa.answers.selection import CITATION_POOL, select_for_reader
from qa.retrieval.across import Counterpart
from qa.retrieval.fusion import ACROSS_WEIGHT, KEYWORD_WEIGHT, cross_script_likelihood
from qa.retrieval.retriever import SearchResult, query_terms
from qa.retrieval.translation import Group

from .passage_terms import QuestionTerms, length_of

SLACK = 0.01  # scores change a little as the archive grows


@dataclass(frozen=True, slots=True)
class Bar:
    """What a further passage must reach to be read for a question."""

    encoder: str
    vector: Vectors  # of the question, (dimension,)
    read: Ids  # the passages that were read
    centring: float  # share of its language's mean that a passage loses
    cut: float  # dense score, in units of the spread, from which on it counts
    weight: float  # of all terms of the question
    coverage: float  # the best keyword score, as a share of that weight
    across: float  # weight of all words in other scripts, or of all names if it is less
    floor: float  # the score to reach; -inf: any
    groups: tuple[Group, ...] = ()  # what the question's words may be in other scripts

    @property
    def numbers(self) -> tuple[float, ...]:
        """The bar itself, without what it was computed from."""
        return self.centring, self.cut, self.weight, self.coverage, self.across, self.floor


def bar_of(result: SearchResult, vector: Vectors, encoder: str, top_k: int) -> Bar:
    """Return the bar that a search sets, of whose hits the best `top_k` texts are read."""
    # of the hits to a question for the newest, any may be read: they are ordered by day
    read = result.hits if result.newest else select_for_reader(result.hits, top_k)
    room = CITATION_POOL if result.newest else top_k
    floor = min(hit.score for hit in read) if len(read) >= room else -np.inf
    chosen = {id(hit) for hit in read}
    ids = [i for i, hit in zip(result.ids, result.hits, strict=True) if id(hit) in chosen]
    bounds = result.bounds
    return Bar(
        encoder, vector, np.array(ids, np.int64),
        bounds.centring, bounds.cut, bounds.weight, bounds.coverage, bounds.across, floor,
        _groups(result.across),
    )  # fmt: skip


def reached(
    snapshot: Snapshot, questions: Sequence[str], bars: Sequence[Bar], lasts: Ids
) -> NDArray[np.bool_]:
    """Return for which questions a passage with an id above their last one could be read.

    Args:
        snapshot: The archive as it is now.
        questions: As they were asked, m of them.
        bars: Theirs.
        lasts: The last passage that each of them has met, (m,).
    """
    found = np.zeros(len(questions), bool)
    if not questions:
        return found
    numbers = np.array([bar.numbers for bar in bars])
    centring, cut, weight, coverage, all_across, floor = numbers.T
    credit = np.array([cross_script_likelihood(share) for share in coverage]) * coverage
    asked = QuestionTerms([query_terms(question) for question in questions], snapshot)
    translated = QuestionTerms([_terms_of(bar.groups) for bar in bars], snapshot)
    written = np.array([scripts.of_text(question) or "" for question in questions])
    vectors = np.stack([bar.vector for bar in bars])
    spread = snapshot.spread()
    shares = centring.astype(np.float32)
    for ids, table in snapshot.scored_after(int(lasts.min()), vectors, shares):
        batch = _Batch(snapshot, ids)
        for column, (number, passage) in enumerate(zip(ids, batch.passages, strict=True)):
            dense = np.maximum(table[:, column] / spread - cut, 0)
            terms = batch.terms[column]
            keyword = KEYWORD_WEIGHT * asked.bm25(terms, batch.length) / weight
            across = ACROSS_WEIGHT * translated.idf(terms) / all_across
            across += KEYWORD_WEIGHT * credit * (dense > 0) * _differ(written, passage)
            enough = dense + keyword + across >= floor - SLACK
            enough |= keyword > KEYWORD_WEIGHT * coverage  # the best by keywords is always read
            found |= enough & (lasts < number)
    return found


def _groups(across: Sequence[Counterpart]) -> tuple[Group, ...]:
    """Return the terms of each name and word; a word in two languages counts once."""
    found: dict[str | int, dict[str, None]] = defaultdict(dict)
    for number, one in enumerate(across):
        found[number if one.way == "name" else one.word] |= dict.fromkeys(one.terms)
    return tuple(map(tuple, found.values()))


def _terms_of(groups: Sequence[Group]) -> list[str]:
    return [term for group in groups for term in group]


def _differ(written: NDArray[np.str_], passage: Passage) -> NDArray[np.bool_]:
    """Return which scripts are other ones than the passage's, as far as known."""
    script = scripts.of_language(passage.language) if passage.language else None
    other: NDArray[np.bool_] = (written != script) & (written != "")
    return other if script else np.zeros(len(written), bool)


class _Batch:
    """New passages with their terms; `length` is their mean number of terms."""

    def __init__(self, snapshot: Snapshot, ids: Ids) -> None:
        read = snapshot.passages(ids.tolist())
        self.passages = [read[int(number)] for number in ids]
        articles = {passage.article_id for passage in self.passages}
        titles = {key: found.title for key in articles if (found := snapshot.article(key))}
        self.terms = [
            terms_of_passage(p.text, p.kind, p.title, titles[p.article_id]) for p in self.passages
        ]
        self.length = max(1.0, sum(map(length_of, self.terms)) / max(1, len(self.terms)))
