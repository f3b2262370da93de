"""Rank the passages of an index for judged questions, and tabulate where the relevant ones are."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
from tqdm import tqdm

from index.encoder.sentence import Encoder, Vectors
from index.passage import Passage
from index.store.base.keywords import RARE
from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from index.text.terms import phrases
from qa.retrieval.retriever import query_terms, retrieve

from .questions import JudgedQuestion

DEPTH = 20  # passages of each list that are looked at
METHODS = ("dense", "keywords", "fused")
NUMBER = regex.compile(r"\p{N}")
NAME = regex.compile(r"(?<=\s)\p{Lu}")


@dataclass(frozen=True, slots=True)
class QuestionRanks:
    """The rank of the first relevant passage by some methods; infinity if not in the top DEPTH.

    `kinds` says what the question contains: a "number", a "name", a "rare word".
    """

    group: str
    kinds: tuple[str, ...]
    ranks: dict[str, float]


class CachingEncoder:
    """An encoder that embeds each question once, however often it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.revision, self.dimension = encoder.name, encoder.revision, encoder.dimension
        self.passages = encoder.passages
        self._encoder = encoder
        self._cache: dict[str, Vectors] = {}

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: (texts, dimension)."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._cache]:
            self._cache.update(zip(new, self._encoder.queries(new), strict=True))
        return np.stack([self._cache[text] for text in texts])


def rank_questions(
    index: Path,
    encoder: Encoder,
    questions: Sequence[JudgedQuestion],
    methods: Sequence[str] = METHODS,
) -> list[QuestionRanks]:
    """Ask every question by each of the methods."""
    encoder.queries([q.question for q in questions])  # in one batch, which is faster
    with open_store(index).snapshot() as snapshot:
        return [_rank(snapshot, encoder, q, methods) for q in tqdm(questions, desc="asking")]


def _rank(
    snapshot: Snapshot, encoder: Encoder, judged: JudgedQuestion, methods: Sequence[str]
) -> QuestionRanks:
    question = judged.question
    (vector,) = encoder.queries([question])
    terms = snapshot.choose(query_terms(question)).used
    lists: dict[str, Callable[[], list[Passage]]] = {
        "dense": lambda: _passages(snapshot, [i for i, _ in snapshot.nearest(vector, DEPTH)]),
        "keywords": lambda: _passages(snapshot, [i for i, _ in snapshot.keywords(terms, DEPTH)]),
        "fused": lambda: [h.passage for h in retrieve(snapshot, vector, question, DEPTH).hits],
    }
    ranks = {
        method: next(
            (rank for rank, p in enumerate(lists[method](), start=1) if judged.is_relevant(p)),
            float("inf"),
        )
        for method in methods
    }
    return QuestionRanks(judged.group, tuple(_kinds(snapshot, question, terms)), ranks)


def _passages(snapshot: Snapshot, ids: Sequence[int]) -> list[Passage]:
    passages = snapshot.passages(ids)
    return [passages[i] for i in ids]


def _kinds(snapshot: Snapshot, question: str, terms: Sequence[str]) -> Iterator[str]:
    if NUMBER.search(question):
        yield "number"
    if NAME.search(question) or phrases(question):
        yield "name"
    if terms and len(snapshot.keywords(terms[:1], RARE + 1)) <= RARE:  # the rarest term is first
        yield "rare word"


def group_ranks(
    results: Sequence[QuestionRanks], by_kind: bool = False
) -> dict[str, list[QuestionRanks]]:
    """Group by question set, or by set and kind; a question of several kinds is in several."""
    groups: dict[str, list[QuestionRanks]] = defaultdict(list)
    for result in results:
        names = [f"{result.group}, {kind}" for kind in result.kinds] if by_kind else [result.group]
        for name in names:
            groups[name].append(result)
    return dict(sorted(groups.items()))


def format_table(title: str, groups: dict[str, list[QuestionRanks]]) -> str:
    """Format recall in percent and mean reciprocal rank, by group and method."""
    methods = tuple(next(iter(groups.values()))[0].ranks) if groups else ()
    header = "".join(
        f"{f'{method} R@1':>15} {'R@5':>5} {'R@20':>5} {'MRR':>5}" for method in methods
    )
    lines = [f"{title:<30} {'n':>5}{header}"]
    for group, results in groups.items():
        cells = "".join(_cells([result.ranks[method] for result in results]) for method in methods)
        lines.append(f"{group:<30} {len(results):>5}{cells}")
    return "\n".join(lines)


def _cells(ranks: Sequence[float]) -> str:
    top1, top5, top20 = (100 * sum(r <= k for r in ranks) / len(ranks) for k in (1, 5, 20))
    reciprocal = sum(1 / r for r in ranks) / len(ranks)
    return f"{top1:>15.1f} {top5:>5.1f} {top20:>5.1f} {reciprocal:>5.3f}"
