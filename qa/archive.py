"""`Archive`, `Answer`, `Citation`, and the module-level `answer()`."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.encoder import Encoder, SentenceEncoder
from index.errors import ArchiveError
from index.listing import Listing, Wanted
from index.narrowing import Day, Narrowing
from index.passage import Passage, sentences
from index.store import ALL, Store

from .duplicates import near_sentence, nearly_equal
from .followup import Reading, Support, best, holds, readings
from .retriever import Hit, retrieve

if TYPE_CHECKING:  # importing it imports torch, which takes seconds
    from .reader import Reader, Span

LONGEST_QUESTION = 2000  # characters
READ = 10  # different passages that the reader reads
FOUND = 30  # passages in which other places of the same sentence are looked for
CLOSEST = 3  # passages offered where there is no answer
KINDS = ("body", "title", "teaser")  # the order in which equal sentences are preferred


@dataclass(frozen=True, slots=True)
class Place:
    """Where else a cited text stands: word for word, or nearly so if not `verbatim`."""

    article_id: str
    title: str | None
    path: str
    start: int
    end: int
    kind: str
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of an article; offsets are code points into that article's text.

    A teaser's citation bears the teaser's own title, or None; the rest says where it was found.
    """

    article_id: str
    title: str | None
    date: date | None
    language: str | None
    path: str
    url: str | None
    start: int
    end: int
    text: str
    kind: str
    also_in: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says to a question; if not `answered`, its citations came closest."""

    question: str
    answered: bool
    text: str | None
    sentence: str | None
    start: int | None
    end: int | None
    confidence: float
    citations: tuple[Citation, ...]
    alternatives: tuple["Answer", ...]
    seconds: float
    understood: str | None = None  # the question as it was asked of the archive, if not as typed


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
                from .reader import Reader

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
        no name. Raises ArchiveError when there is no index there or another encoder made it.
        """
        store = Store(Path(index))
        encoder = encoder or SentenceEncoder(store.settings.encoder)
        store.settings.check(encoder, store.folder)
        return cls(store, encoder, reader)

    @property
    def folder(self) -> Path:
        """Where the index lies."""
        return self._store.folder

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
        return self._search(question, k, Narrowing.of(after, before, language, article))

    def _search(self, question: str, k: int, only: Narrowing) -> list[Hit]:
        if k < 1:
            raise ArchiveError(f"k is {k}: ask for one passage or more")
        question = _checked(question)
        with self._store.snapshot() as snapshot:
            snapshot.settings.check(self._encoder, self._store.folder)
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
        only = Narrowing.of(after, before, language, article)
        *_, found = self.stages(question, history, only)
        assert isinstance(found, Answer)
        return found

    def stages(
        self, question: str, history: Sequence[Answer] = (), only: Narrowing = ALL
    ) -> Iterator[list[Hit] | Answer]:
        """What `answer` does, step by step: the passages found, then the answer."""
        started = time.perf_counter()
        question = _checked(question)
        asked: list[tuple[Reading, Support]] = []
        found: list[tuple[Answer, list[Hit]]] = []
        for reading in readings(question, history):
            hits = self._search(reading.question, FOUND, only)
            if not asked:
                yield hits
            answer = self._read(reading.question, hits)
            support = Support(answer.answered, answer.confidence, _around(answer, hits))
            asked.append((reading, support))
            found.append((answer, hits))
        chosen = best(asked)
        reading, support = asked[chosen]
        answer, hits = found[chosen]
        if answer.answered and not holds(support.evidence, reading.new):
            answer = _refusal(answer.question, hits, answer.confidence)
        yield replace(
            answer,
            question=question,
            understood=None if reading.typed else reading.question,
            alternatives=tuple(replace(a, question=question) for a in answer.alternatives),
            seconds=time.perf_counter() - started,
        )

    def _read(self, question: str, hits: Sequence[Hit]) -> Answer:
        """The best answer in the passages that were found, with the others."""
        read = _distinct(hits)[:READ]
        texts = [hit.passage.text for hit in read]
        spans = self._reader.read(question, texts) if texts else []
        candidates = [self._candidate(question, span, read, hits) for span in spans]
        first, *others = _without_repeats(candidates) or [_refusal(question, hits, 0.0)]
        if not first.answered:
            return _refusal(question, hits, first.confidence)
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

    def listing(self, wanted: Wanted) -> Listing:
        """One page of the table of articles: searched, sorted and cut in the database."""
        with self._store.snapshot() as snapshot:
            return snapshot.listing(wanted)

    def titles(self, most: int) -> list[tuple[str, str]]:
        """(title or path, id) of the first `most` articles by id."""
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

    def _candidate(
        self, question: str, span: "Span", read: Sequence[Hit], hits: Sequence[Hit]
    ) -> Answer:
        """The answer that a span makes, cited at the best of all places of its sentence."""
        passage = read[span.passage].passage
        start, end = _sentence_around(passage, span)
        sentence = passage.text[start:end]
        text = passage.text[span.start : span.end]
        places = [place for hit in hits if (place := _same_sentence(hit, sentence, text))]
        cited = _together(places, sentence)
        # in the sentence that the reader read, or in one that is nearly the same
        within = span.start - start if cited.text == sentence else cited.text.index(text)
        offset = cited.start + within
        return Answer(
            question=question,
            answered=span.confidence >= self._reader.threshold,
            text=text,
            sentence=cited.text,
            start=offset,
            end=offset + span.end - span.start,
            confidence=span.confidence,
            citations=(cited,),
            alternatives=(),
            seconds=0.0,
        )


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


def _sentence_around(passage: Passage, span: "Span") -> tuple[int, int]:
    """From the start of the sentence in which the span begins to the end of the one it ends in."""
    start, end = span.start, span.end
    for a, b in sentences(passage.text, passage.language):
        if a <= span.start < b:
            start = a
        if a < span.end <= b:
            end = b
    return start, end


def _offset(passage: Passage, sentence: str) -> int | None:
    at = passage.text.find(sentence)
    return None if at < 0 else passage.start + at


def _cite(hit: Hit, start: int, end: int) -> Citation:
    article, passage = hit.article, hit.passage
    return Citation(
        article_id=article.id,
        title=passage.title if passage.kind == "teaser" else article.title,
        date=article.date,
        language=passage.language,
        path=article.path,
        url=article.url,
        start=start,
        end=end,
        text=article.text[start:end],
        kind=passage.kind,
    )


def _same_sentence(hit: Hit, sentence: str, answer: str) -> Citation | None:
    """Where a found passage holds the sentence, or nearly the same one with the same answer."""
    at = _offset(hit.passage, sentence)
    if at is not None:
        return _cite(hit, at, at + len(sentence))
    if near := near_sentence(hit.passage, sentence, answer):
        return _cite(hit, hit.passage.start + near[0], hit.passage.start + near[1])
    return None


def _together(places: Sequence[Citation], text: str) -> Citation:
    """One citation of all: of a body rather than a teaser, of the very `text` rather than near."""
    first, *rest = sorted(places, key=lambda c: (KINDS.index(c.kind), c.text != text))
    also_in = tuple(
        Place(c.article_id, c.title, c.path, c.start, c.end, c.kind, c.text == first.text)
        for c in rest
    )
    return replace(first, also_in=also_in)


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """Each passage text once, at its best hit."""
    return list({hit.passage.text: hit for hit in reversed(hits)}.values())[::-1]


def _without_repeats(candidates: Sequence[Answer]) -> list[Answer]:
    """Each answer once: a sentence that was read in two passages made it twice."""
    kept: list[Answer] = []
    for one in candidates:
        if not any(
            one.text == other.text and nearly_equal(one.sentence or "", other.sentence or "")
            for other in kept
        ):
            kept.append(one)
    return kept


def _around(answer: Answer, hits: Sequence[Hit]) -> str:
    """The passages in which an answer's sentence stands, with their titles."""
    if answer.sentence is None:
        return ""
    holding = [hit for hit in hits if answer.sentence in hit.passage.text]
    return "\n".join(f"{hit.article.title or ''}\n{hit.passage.text}" for hit in holding)


def _refusal(question: str, hits: Sequence[Hit], confidence: float) -> Answer:
    closest: list[list[Citation]] = []  # nearly equal passages are one
    for hit in hits:
        found = _cite(hit, hit.passage.start, hit.passage.end)
        same = next((c for c in closest if nearly_equal(c[0].text, found.text)), None)
        if same:
            same.append(found)
        else:
            closest.append([found])
    return Answer(
        question=question,
        answered=False,
        text=None,
        sentence=None,
        start=None,
        end=None,
        confidence=confidence,
        citations=tuple(_together(places, places[0].text) for places in closest[:CLOSEST]),
        alternatives=(),
        seconds=0.0,
    )
