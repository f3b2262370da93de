"""The small values that cross the seam: skipped seeds, problems, known articles, statistics."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from .centering import LanguageSums
from .search_filter import SearchFilter

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
Scored = list[tuple[int, float]]  # (passage id, score), best first

REPAIR_HINT = "archive-qa check says what else is wrong, archive-qa repair mends what it can"


@dataclass(frozen=True, slots=True)
class Skip:
    """A seed file, or a part of one, that is not in the index, and why."""

    place: str
    why: str
    identity: str | None = None  # the article id, if another file's article already has it
    partly: bool = False  # the article is in the index, but without what `why` names


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a stored index.

    `what` says which part; `article` (its row number) and `content` (a vector's key) say where.
    """

    # "pages" | "settings" | "article" | "passage" | "vector" | "keywords" | "file" | "version"
    what: str
    sentence: str
    article: int | None = None
    content: bytes | None = None


class Repaired(NamedTuple):
    """What a repair found wrong, and what is still wrong after it."""

    found: list[Problem]
    remaining: list[Problem]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What the index knows of an article when its seed is read again."""

    path: str
    place: str
    digest: bytes
    text_digest: bytes | None  # None in an index of an earlier version
    source_digest: bytes | None  # of its text before cleaning; None: not known
    date: datetime.date | None
    seen: bool  # whether this build has already met it
    fresh: bool = False  # whether this build has put it


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """How vectors are searched, for people: the form, and recall@10 against exact search."""

    form: str
    recall: float


class Posting(NamedTuple):
    """That a passage holds a term or phrase, for BM25."""

    passage: int
    term: str
    frequency: float  # how often; another spelling counts half
    length: int  # of the passage: all its terms and their other spellings


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the scores of an archive's passages depend on beside the passages themselves."""

    passages: int
    tokens: int  # lengths of all passages together
    sums: LanguageSums


class StatisticsReader(Protocol):
    """What a snapshot tells so that its passages can be ranked among those of other archives.

    Scores of two archives cannot be compared: how rare a term is and what a language has in common
    are known for each by itself. `index/store/several` adds these up and scores anew.
    """

    def statistics(self) -> Statistics:
        """Return the statistics; raises ArchiveError if an earlier version did not store them."""

    def counts(self, terms: Sequence[str], limit: int) -> dict[str, int]:
        """Count the passages that hold each term or phrase, up to `limit`."""

    def holding(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return up to `limit` passages that hold any of `terms`."""

    def postings(self, terms: Sequence[str]) -> list[Posting]:
        """Return a posting for each of `terms` in each passage that holds it."""

    def among(self, ids: Sequence[int], only: SearchFilter) -> list[int]:
        """Return those of these passages that match a filter."""
