"""The small values that cross the seam: skipped seeds, problems, known articles."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
