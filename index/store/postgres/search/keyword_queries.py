"""What a snapshot tells of keywords; documented in `index/store/base/protocol.py`."""

import heapq
from collections.abc import Sequence
from functools import cached_property

from index.store.base import keywords as terms_to_look_up
from index.store.base.keywords import TermChoice
from index.store.base.protocol import Scored
from index.store.base.records import Posting
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.postgres.connection import Connection
from index.store.postgres.setting import Generation
from index.text.spellings import other_spellings

from .keywords import Keywords


class KeywordQueries:
    """The part of a snapshot that looks up keywords."""

    _connection: Connection
    _generation: Generation

    @property
    def _passages(self) -> int:
        return self._generation.settings.passages

    @cached_property
    def _keywords(self) -> Keywords:
        return Keywords(self._connection, self._passages, self._generation.state.tokens)

    def choose(self, terms: Sequence[str]) -> TermChoice:
        """Choose which of a question's terms to look up."""
        counted: dict[str, int] = {}

        def count(term: str, limit: int) -> int:
            if not counted:  # all single terms at once
                single = {t for t in terms if " " not in t}
                spellings = {other for t in single for other in other_spellings(t)}
                counted.update(self._keywords.counts([*single, *spellings], limit))
            if " " in term:
                return self._keywords.count_phrase(term, limit)
            return counted[term]

        return terms_to_look_up.choose(count, terms, self._passages)

    def keywords(self, terms: Sequence[str], k: int, only: SearchFilter = NO_FILTER) -> Scored:
        """Return up to `k` passages that hold any of `terms`, by BM25, best first."""
        return self._keywords.search(terms, k, only)

    def grouped(
        self, groups: Sequence[Sequence[str]], k: int, only: SearchFilter = NO_FILTER
    ) -> tuple[Scored, float]:
        """Return up to `k` passages by the groups they hold a term of, and the groups' weight."""
        find = self._keywords.passages_with
        scores, weight = terms_to_look_up.score_groups(find, groups, self._passages)
        if only and scores:
            scores = {i: scores[i] for i in self._keywords.among(list(scores), only)}
        best = heapq.nsmallest(k, scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return best, weight

    def vocabulary(self, start: str) -> list[str]:
        """Return the keyword terms of the archive that start with `start`, sorted."""
        return self._keywords.vocabulary(start)

    def counts(self, terms: Sequence[str], limit: int) -> dict[str, int]:
        """Count the passages that hold each term or phrase, up to `limit`."""
        single = [term for term in terms if " " not in term]
        phrases = set(terms).difference(single)
        found = self._keywords.counts(single, limit)
        return found | {phrase: self._keywords.count_phrase(phrase, limit) for phrase in phrases}

    def holding(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return up to `limit` passages that hold any of `terms`."""
        return self._keywords.passages_with(terms, limit)

    def postings(self, terms: Sequence[str]) -> list[Posting]:
        """Return a posting for each of `terms` in each passage that holds it."""
        return self._keywords.postings(terms)

    def among(self, ids: Sequence[int], only: SearchFilter) -> list[int]:
        """Return those of these passages that match a filter."""
        return self._keywords.among(ids, only)
