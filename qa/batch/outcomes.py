"""Answer many questions: the encoder and the reader work on several of them at a time.

The answers are those of `Archive.answer`, in the order of the questions. Models compute in 16 or 32
bits, and by other sums for other shapes, so that a confidence may differ in its last digits.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

from index import threads
from index.encoder.sentence import Encoder
from index.errors import ArchiveError, StorageError
from index.store.base.error_rate import ErrorRate
from index.store.base.protocol import Snapshot, Store, Vectors
from index.store.base.search_filter import SearchFilter, unknown_article
from index.store.several.part import NotAsked
from index.store.several.store import narrowed, read
from qa.answers.answering import Answer
from qa.answers.completing import complete
from qa.answers.question import check_question
from qa.answers.selection import CITATION_POOL, select_for_reader, texts_and_scores
from qa.answers.stages import answer_stages, best_answer
from qa.retrieval.retriever import Hit, retrieve

CHUNK = 16  # questions that are searched for and read for together


@dataclass(frozen=True, slots=True)
class Request:
    """A question, and the arguments of `SearchFilter.of`; neither has been checked."""

    question: str
    filters: Mapping[str, Any] = field(default_factory=dict)


Checked = tuple[str, SearchFilter]


class Found(NamedTuple):
    """A question and what was found for it."""

    question: str
    hits: list[Hit]
    store: Store | None = None  # in which archives, unless in all
    not_asked: tuple[NotAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class Models:
    """What answers: an open index, its encoder and a reader."""

    store: Store
    encoder: Encoder
    reader: Any  # with the threshold of the error rate
    error_rate: ErrorRate | None = None  # in force
    # finds the articles that a filter's names mean
    resolved: Callable[[SearchFilter], SearchFilter] = lambda only: only


def outcomes(requests: Iterable[Request], models: Models) -> Iterator[Answer | ArchiveError]:
    """Yield the answer to each request, or the error if a question or filter cannot be right.

    Requests are taken as they are needed, CHUNK at a time; each chunk sees the latest build.

    Raises:
        StorageError: The index failed.
    """
    remaining = iter(requests)
    while chunk := list(islice(remaining, CHUNK)):
        yield from _outcomes_of_chunk(chunk, models)


def _outcomes_of_chunk(chunk: Sequence[Request], models: Models) -> Iterator[Answer | ArchiveError]:
    started = time.perf_counter()
    found = _search(chunk, models)
    answers = answer_found(found, models)
    seconds = (time.perf_counter() - started) / len(chunk)
    for outcome in answers:
        yield replace(outcome, seconds=seconds) if isinstance(outcome, Answer) else outcome


def _search(chunk: Sequence[Request], models: Models) -> list[Found | ArchiveError]:
    """Return each checked question with its hits; one call of the encoder, one snapshot."""
    checked = [_checked(request, models) for request in chunk]
    questions = [item[0] for item in checked if not isinstance(item, ArchiveError)]
    if not questions:
        return [item for item in checked if isinstance(item, ArchiveError)]
    vectors = iter(threads.on_model_thread(models.encoder.queries, questions))
    asked = [item if isinstance(item, ArchiveError) else (next(vectors), *item) for item in checked]
    found: list[Found | ArchiveError | None] = [
        item if isinstance(item, ArchiveError) else None for item in asked
    ]
    for name in dict.fromkeys(i[2].archive for i in asked if not isinstance(i, ArchiveError)):
        of_one = {
            number: item
            for number, item in enumerate(asked)
            if not isinstance(item, ArchiveError) and item[2].archive == name
        }
        for number, outcome in zip(of_one, _found(list(of_one.values()), models), strict=True):
            found[number] = outcome
    return [item for item in found if item is not None]


def _found(
    asked: Sequence[tuple[Vectors, str, SearchFilter]], models: Models
) -> Sequence[Found | ArchiveError]:
    """Return what is found for questions to one archive, or to all, in one snapshot."""
    try:
        store, _ = narrowed(models.store, asked[0][2])
    except ArchiveError as error:  # there is no such archive
        return [error] * len(asked)

    def found(snapshot: Snapshot) -> list[Found | ArchiveError]:
        snapshot.settings.require_encoder(models.encoder, store.where)
        snapshot.settings.require_terms(store.where)
        return [
            _retrieve(snapshot, store, vector, question, replace(search_filter, archive=None))
            for vector, question, search_filter in asked
        ]

    return read(store, found)


def _retrieve(
    snapshot: Snapshot, store: Store, vector: Vectors, question: str, search_filter: SearchFilter
) -> Found | ArchiveError:
    article = search_filter.article
    try:
        if article is not None and snapshot.article(article) is None:
            return unknown_article(article)
    except StorageError:
        raise
    except ArchiveError as error:  # several archives have it
        return error
    found = retrieve(snapshot, vector, question, CITATION_POOL, search_filter)
    return Found(question, found.hits, store, found.not_asked)


def answer_found(
    found: Sequence[Found | ArchiveError], models: Models, *, grouped: bool = True
) -> list[Answer | ArchiveError]:
    """Return the answer to each question from its hits; errors stay as they are.

    See `best_answer` about `grouped`.
    """
    from qa.reader.read_ahead import ReadingTask, read_ahead  # imports torch, which takes seconds

    reader = models.reader
    tasks = [
        ReadingTask(item[0], *texts_and_scores(select_for_reader(item[1], reader.settings.top_k)))
        for item in found
        if not isinstance(item, ArchiveError)
    ]
    ahead = replace(models, reader=read_ahead(reader, tasks))
    return [
        item if isinstance(item, ArchiveError) else _answer(item, ahead, grouped) for item in found
    ]


def _answer(found: Found, models: Models, grouped: bool) -> Answer:
    stages = answer_stages(
        found.question,
        (),
        search=lambda _: (found.hits, ()),
        read=lambda text, hits, most: best_answer(models.reader, text, hits, most, grouped=grouped),
    )
    store = found.store or models.store
    *_, last = complete(stages, store, models.error_rate, found.not_asked)
    assert last.answer is not None
    return last.answer


def _checked(request: Request, models: Models) -> Checked | ArchiveError:
    try:
        question, only = check_question(request.question), SearchFilter.of(**request.filters)
        return question, models.resolved(only)
    except StorageError:
        raise
    except ArchiveError as error:
        return error
