"""`Archive`, `Answer`, `Citation`, and the module-level `answer()`."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index import threads
from index.article import Article
from index.encoder.sentence import Encoder, SentenceEncoder
from index.errors import ArchiveError
from index.store.base.article_page import ArticlePage, PageRequest
from index.store.base.protocol import Store
from index.store.base.search_filter import NO_FILTER, Day, SearchFilter
from index.store.doors import open_store
from qa.answers.answering import Answer, candidate, evidence, refusal, without_repeats
from qa.followup.rewriting import Reading, Support, best_supported, mentions, readings
from qa.retrieval.retriever import Hit, SearchResult, retrieve

if TYPE_CHECKING:  # importing it imports torch, which takes seconds
    from qa.reader.reader import Reader

LONGEST_QUESTION = 2000  # characters
READER_TOP_K = 10  # different passages that the reader reads
CITATION_POOL = 30  # passages in which other places of the same sentence are looked for


class Archive:
    """An index, open for questions; safe to use from several threads at once."""

    def __init__(self, store: Store, encoder: Encoder, reader: "Reader | str | None") -> None:
        self._store, self._encoder, self._chosen = store, encoder, reader
        self._loading = threading.Lock()

    @property
    def _reader(self) -> "Reader":
        """The reader, loaded when the first answer is wanted; searching needs none."""
        with self._loading:
            if self._chosen is None or isinstance(self._chosen, str):
                from qa.reader.reader import Reader

                self._chosen = Reader.load(self._chosen)
            return self._chosen

    @classmethod
    def open(
        cls,
        index: str | os.PathLike[str] = ".index",
        *,
        reader: "Reader | str | None" = None,
        encoder: Encoder | None = None,
    ) -> "Archive":
        """Open the index in a folder.

        `reader` is the name or folder of an extractive question-answering model of Hugging Face,
        None the bundled one; `encoder` is needed only when the index was built with one that has
        no name. Raises ArchiveError when there is no index there or another encoder or other rules
        made it.
        """
        store = open_store(index)
        encoder = encoder or SentenceEncoder(store.settings.encoder)
        store.require_encoder(encoder)
        return cls(store, encoder, reader)

    @property
    def where(self) -> str:
        """The folder or address of the index."""
        return self._store.where

    @property
    def folder(self) -> Path:
        """The folder of the index; `where` also names an index that is in none."""
        return Path(self.where)

    @property
    def encoder(self) -> Encoder:
        """What its passages were embedded with; a new build of it needs the same."""
        return self._encoder

    def warm_up(self) -> None:
        """Load the models now, so that the first question need not wait for them."""
        self._encoder.queries(["?"])
        self._reader.read("?", ["."])

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
    ) -> list[Hit]:
        """Up to `k` passages for the question, best first; of a part of the archive if you like.

        `after` and `before` are the first and the last day that count, as a date or "2025-10-28";
        articles without a date are then left out. `language` is that of the passage, "en" or "zh",
        `article` the id of the only one to look in. Raises ArchiveError for what cannot be.
        """
        return self._search(question, k, SearchFilter.of(after, before, language, article)).hits

    def explain(
        self,
        question: str,
        k: int = 10,
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
    ) -> SearchResult:
        """What `search` finds, with which words of the question were looked up, and the order."""
        return self._search(question, k, SearchFilter.of(after, before, language, article))

    def _search(self, question: str, k: int, only: SearchFilter) -> SearchResult:
        return threads.on_model_thread(self._search_now, question, k, only)

    def _search_now(self, question: str, k: int, only: SearchFilter) -> SearchResult:
        if k < 1:
            raise ArchiveError(f"k is {k}: ask for one passage or more")
        question = _checked(question)
        with self._store.snapshot() as snapshot:
            snapshot.settings.require_encoder(self._encoder, self.where)
            snapshot.settings.require_terms(self.where)
            if only.article is not None and snapshot.article(only.article) is None:
                raise _no_article(only.article)
            return retrieve(snapshot, self._encoder, question, k, only)

    def answer(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        after: Day | None = None,
        before: Day | None = None,
        language: str | None = None,
        article: str | None = None,
    ) -> Answer:
        """The best verbatim answer with its sources, or a plain "not here".

        `history` holds the earlier answers of the conversation, oldest first: "And when?" is
        then asked in full, which `understood` of the answer tells. The rest narrows the archive as
        in `search`. Raises ArchiveError for a question that is empty or too long, and for a part of
        the archive that cannot be.
        """
        only = SearchFilter.of(after, before, language, article)
        *_, found = self.stages(question, history, only)
        assert isinstance(found, Answer)
        return found

    def stages(
        self, question: str, history: Sequence[Answer] = (), only: SearchFilter = NO_FILTER
    ) -> Iterator[list[Hit] | Answer]:
        """What `answer` does, step by step: the passages found, then the answer."""
        started = time.perf_counter()
        question = _checked(question)
        asked: list[tuple[Reading, Support]] = []
        found: list[tuple[Answer, list[Hit]]] = []
        for reading in readings(question, history):
            hits = self._search(reading.question, CITATION_POOL, only).hits
            if not asked:
                yield hits
            answer = self._read(reading.question, hits)
            support = Support(answer.answered, answer.confidence, evidence(answer, hits))
            asked.append((reading, support))
            found.append((answer, hits))
        chosen = best_supported(asked)
        reading, support = asked[chosen]
        answer, hits = found[chosen]
        if answer.answered and not mentions(support.evidence, reading.topic):
            answer = refusal(answer.question, hits, answer.confidence)
        yield replace(
            answer,
            question=question,
            understood=None if reading.as_typed else reading.question,
            alternatives=tuple(replace(a, question=question) for a in answer.alternatives),
            seconds=time.perf_counter() - started,
        )

    def _read(self, question: str, hits: Sequence[Hit]) -> Answer:
        """The best answer in the passages that were found, with the others."""
        read = to_read(hits)
        spans = self._reader.read(question, *texts_and_scores(read))
        candidates = [
            candidate(question, span, read, hits, self._reader.threshold) for span in spans
        ]
        first, *others = without_repeats(candidates) or [refusal(question, hits, 0.0)]
        if not first.answered:
            return refusal(question, hits, first.confidence)
        return replace(first, alternatives=tuple(others))

    def article(self, id: str) -> Article:
        """The article with this id; ArchiveError if there is none."""
        with self._store.snapshot() as snapshot:
            article = snapshot.article(id)
        if article is None:
            raise _no_article(id)
        return article

    def articles(self) -> Iterator[Article]:
        """All articles, ordered by id, read one at a time."""
        with self._store.snapshot() as snapshot:
            yield from snapshot.articles()

    def listing(self, wanted: PageRequest) -> ArticlePage:
        """One page of the table of articles: searched, sorted and cut in the database."""
        with self._store.snapshot() as snapshot:
            return snapshot.listing(wanted)

    def titles(self, most: int) -> list[tuple[str, str]]:
        """(title or place, id) of the first `most` articles by id."""
        with self._store.snapshot() as snapshot:
            return snapshot.titles(most)

    def languages(self) -> list[str]:
        """The codes of the languages that its passages are in, as far as they are known."""
        with self._store.snapshot() as snapshot:
            return snapshot.languages()

    def count_undated(self) -> int:
        """How many articles bear no date: no range of days holds them."""
        with self._store.snapshot() as snapshot:
            return snapshot.count_undated()

    def __len__(self) -> int:
        with self._store.snapshot() as snapshot:
            return snapshot.count_articles()


def answer(question: str, index: str | os.PathLike[str] = ".index") -> Answer:
    """Ask the index in a folder; it is opened once and kept, and new builds are seen."""
    return _kept(Path(index).resolve()).answer(question)


@cache
def _kept(index: Path) -> Archive:
    return Archive.open(index)


def _no_article(id: str) -> ArchiveError:
    return ArchiveError(f"the archive has no article with the id '{id}'")


def _checked(question: str) -> str:
    question = question.strip()
    if not question:
        raise ArchiveError("the question is empty: ask something")
    if len(question) > LONGEST_QUESTION:
        raise ArchiveError(
            f"the question has {len(question):,} characters, the most is {LONGEST_QUESTION:,}: "
            "ask a shorter one"
        )
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise ArchiveError(f"the question is not text: {error.reason} at {error.start}") from None
    return question


def to_read(hits: Sequence[Hit]) -> list[Hit]:
    """The first few hits with different texts, and the best by keywords whatever its place: a
    question for a rare name or number gets where that stands."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.passage.text, hit)
    different = list(best.values())
    by_words = [hit for hit in different[READER_TOP_K:] if hit.keyword_rank == 1]
    return [*different[: READER_TOP_K - len(by_words)], *by_words]


def texts_and_scores(read: Sequence[Hit]) -> tuple[list[str], list[float]]:
    """What the reader is given of these hits: texts and scores."""
    return [hit.passage.text for hit in read], [hit.score for hit in read]
