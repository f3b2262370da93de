"""A snapshot of several archives: what it finds is what one archive of all their articles would.

Term counts, lengths and language vectors are added up over the archives, and passages are scored by
the sums. Each archive's own snapshot is consistent; they are opened one after the other.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from index.passage import Passage
from index.store.base import keywords
from index.store.base.centering import LanguageMeans
from index.store.base.keywords import TermChoice
from index.store.base.protocol import Ids, Scored, Snapshot, VectorIndex, Vectors
from index.store.base.records import Posting, Statistics
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.base.settings import Settings
from index.text.spellings import other_spellings

from .article_queries import ArticleQueries
from .part import NotAsked, Part
from .ranking import best, bm25, sum_statistics


class SeveralSnapshot(ArticleQueries):
    """One state of each archive; its methods are documented in `index/store/base/protocol.py`."""

    def __init__(
        self, parts: Sequence[Part], settings: Settings, not_asked: tuple[NotAsked, ...]
    ) -> None:
        """Take the archives that are open, how all were made, and those that could not be."""
        super().__init__(parts, not_asked)
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """How the archives were made; counts are those of all."""
        return self._settings

    # statistics

    def statistics(self) -> Statistics:
        """Return the statistics of all archives together."""
        return self._statistics

    @cached_property
    def _statistics(self) -> Statistics:
        every = (part.snapshot.statistics() for part in self._parts)
        return sum_statistics(every, self.settings.dimension)

    @cached_property
    def _means(self) -> LanguageMeans:
        return self._statistics.sums.means()

    def spread(self) -> float:
        """Return the cosine spread of all archives."""
        return self._means.spread

    # keywords

    def counts(self, terms: Sequence[str], limit: int) -> dict[str, int]:
        """Count the passages that hold each term or phrase, up to `limit`."""
        found = [part.snapshot.counts(terms, limit) for part in self._parts]
        return {term: min(limit, sum(counts[term] for counts in found)) for term in terms}

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Choose which of a question's terms to look up."""
        counted: dict[str, int] = {}

        def count(term: str, limit: int) -> int:
            if not counted:  # all at once
                spellings = [s for t in terms if " " not in t for s in other_spellings(t)]
                counted.update(self.counts([*terms, *spellings], limit))
            return counted[term]

        return keywords.choose(count, terms, self.count_passages())

    def holding(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return up to `limit` passages that hold any of `terms`."""
        found = [self._outward(p, p.snapshot.holding(terms, limit)) for p in self._parts]
        return list(chain.from_iterable(found))[:limit]

    def postings(self, terms: Sequence[str]) -> list[Posting]:
        """Return a posting for each of `terms` in each passage that holds it."""
        return [
            Posting(part.outward(own), term, frequency, length)
            for part in self._parts
            for own, term, frequency, length in part.snapshot.postings(terms)
        ]

    def keywords(self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER) -> Scored:
        """Return up to `k` passages that hold any of `terms`, by BM25, best first."""
        scores = bm25(self.postings(terms), self._statistics)
        return best(self._matching(scores, only).items(), k)

    def grouped(
        self, groups: Sequence[Sequence[str]], k: int, only: SearchFilter = NO_FILTER
    ) -> tuple[Scored, float]:
        """Return up to `k` passages by the groups they hold a term of, and the groups' weight."""
        scores, weight = keywords.score_groups(self.holding, groups, self.count_passages())
        return best(self._matching(scores, only).items(), k), weight

    def vocabulary(self, start: str) -> list[str]:
        """Return the keyword terms of the archives that start with `start`, sorted."""
        return sorted(set().union(*(part.snapshot.vocabulary(start) for part in self._parts)))

    def among(self, ids: Sequence[int], only: SearchFilter) -> list[int]:
        """Return those of these passages that match a filter."""
        found = []
        for part, own_filter in self._filtered(only):
            own = self._inward(part, ids)
            found += self._outward(part, part.snapshot.among(own, own_filter) if own else [])
        return found

    def _matching(self, scores: dict[int, float], only: SearchFilter) -> dict[int, float]:
        return {i: scores[i] for i in self.among(list(scores), only)} if only else scores

    # vectors

    def nearest(
        self, vector: Vectors, k: int, only: SearchFilter = NO_FILTER,
        neutral: float = 1.0, means: LanguageMeans | None = None,
    ) -> Scored:  # fmt: skip
        """Return up to `k` passages nearest to a unit vector, best first."""
        means = means or self._means
        found: Scored = []
        for part, own_filter in self._filtered(only):
            scored = part.snapshot.nearest(vector, k, own_filter, neutral, means)
            found += [(part.outward(i), score) for i, score in scored]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def last_passage(self) -> int:
        """Return the highest id of a passage."""
        lasts = [(part, part.snapshot.last_passage()) for part in self._parts]
        return max((part.outward(last) for part, last in lasts if last), default=0)

    def scored_after(
        self, last: int, questions: Vectors, neutral: Vectors
    ) -> Iterator[tuple[Ids, Vectors]]:
        """Yield the passages with ids above `last`, with a score for each question.

        A new passage of one archive may have a lower id than an old one of another.
        """
        lost = questions @ self._means.means.T
        for part in self._parts:
            own = part.snapshot.statistics().sums.means()
            every = [self._means.codes.index(code) for code in own.codes]
            shift = neutral[:, None] * (questions @ own.means.T - lost[:, every])
            for ids, table in part.snapshot.scored_after(
                part.last_inward(last), questions, neutral
            ):
                codes = part.snapshot.languages_of(ids.tolist())
                column = [own.codes.index(codes[i] or "") for i in ids.tolist()]
                outward = np.array(self._outward(part, ids.tolist()), np.int64)
                yield outward, table + shift[:, column]

    def languages_of(self, ids: Sequence[int]) -> dict[int, str | None]:
        """Return the language of each of these passages."""
        return {
            part.outward(i): language
            for part in self._parts
            for i, language in part.snapshot.languages_of(self._inward(part, ids)).items()
        }

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Return the passages with these ids."""
        return {
            part.outward(i): part.passage(passage)
            for part in self._parts
            for i, passage in part.snapshot.passages(self._inward(part, ids)).items()
        }

    def vector_index(self) -> VectorIndex:
        """Describe how the vectors of each archive are searched; recall is the least of them."""
        own = [(part.name, part.snapshot.vector_index()) for part in self._parts]
        form = "; ".join(f"{name}: {index.form}" for name, index in own)
        return VectorIndex(form, min(index.recall for _, index in own))

    @staticmethod
    def _outward(part: Part, own: Sequence[int]) -> list[int]:
        return [part.outward(i) for i in own]

    @staticmethod
    def _inward(part: Part, ids: Sequence[int]) -> list[int]:
        return [own for i in ids if (own := part.inward(i)) is not None]


def missing_archives(snapshot: Snapshot) -> tuple[NotAsked, ...]:
    """Return which archives of a snapshot could not be asked; () for one archive."""
    return snapshot.not_asked if isinstance(snapshot, SeveralSnapshot) else ()
