"""Ask standing questions again, but only those for which the archive may have something new.

Each decision is written down with the state of the index that it was made from, so that a check
which is killed goes on where it was.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from index import threads
from index.store.base.error_rate import encoder_of
from index.store.base.protocol import Snapshot, Vectors
from index.store.base.search_filter import SearchFilter
from qa.answers.answering import Answer
from qa.answers.selection import CITATION_POOL
from qa.batch.outcomes import CHUNK, Found, Models, answer_found
from qa.retrieval.retriever import SearchResult, retrieve

from .bars import Bar, bar_of, reached
from .book import Book
from .database import WAIT
from .news import Decision, decide, pass_over, read_bars
from .programs import run_due
from .records import CheckReport, KnownAnswer, Seen, StandingQuestion

MANY = 10_000  # ids looked up at once


def check(
    models: Models,
    book: Book,
    *,
    only: int | None = None,
    pause: Callable[[], None] = lambda: None,
    together: int = CHUNK,
    wait: float = WAIT,
) -> CheckReport:
    """Ask again what may have another answer now, and run the programs that are due.

    Args:
        models: The archive and what answers.
        book: The standing questions.
        only: The id of the only question to ask.
        pause: Called before each step; it may wait, to let people's questions go first.
        together: How many questions the models work on at a time.
        wait: Seconds to wait, before each step, for another process that asks.

    Raises:
        BusyError: Another process asks them for longer than that.
        ArchiveError: The index was made by another encoder or other rules.
        StorageError: The index or the standing questions cannot be read or written.
    """
    started = time.perf_counter()
    report = CheckReport()
    with book.database.exclusively(wait):
        questions = [one for one in book.questions() if only in (None, one.id)]
        report.questions = len(questions)
        bars = read_bars(book)
        affected = _affected(models, book, questions, bars)
    for at in range(0, len(affected), together):
        pause()
        with book.database.exclusively(wait):
            _ask(models, book, affected[at : at + together], bars, report)
    report.programs, report.failed = run_due(book)
    report.seconds = time.perf_counter() - started
    return report


def seen_by(snapshot: Snapshot) -> Seen:
    """Return the state of the index that a snapshot shows."""
    settings = snapshot.settings
    last = snapshot.last_passage()
    return Seen(settings.identity, settings.generation, settings.published, last)


def _affected(
    models: Models, book: Book, questions: Sequence[StandingQuestion], bars: dict[int, Bar]
) -> list[StandingQuestion]:
    """Return the questions to search for; note that there is nothing new for the others."""
    with models.store.snapshot() as snapshot:
        snapshot.settings.require_encoder(models.encoder, models.store.where)
        snapshot.settings.require_terms(models.store.where)
        now, encoder = seen_by(snapshot), encoder_of(snapshot.settings)
        known, unknown = [], []  # whether the bar of a question still says something
        for one in questions:
            bar = bars.get(one.id)
            sound = bar is not None and bar.encoder == encoder and one.answer is not None
            if not (sound and one.seen.precedes(now)):
                unknown.append(one)
            elif one.seen != now:
                known.append(one)
        stirred = _stirred(snapshot, known, [bars[one.id] for one in known])
    pass_over(book, [one for one in known if one.id not in stirred], now)
    return [*(one for one in known if one.id in stirred), *unknown]


def _stirred(
    snapshot: Snapshot, questions: Sequence[StandingQuestion], bars: Sequence[Bar]
) -> set[int]:
    """Return the ids of questions that new passages reach, or whose passages have gone."""
    gone = _gone(snapshot, bars)
    lasts = np.array([one.seen.passage for one in questions], np.int64)
    new = reached(snapshot, [one.question for one in questions], bars, lasts)
    return {
        one.id
        for one, bar, is_new in zip(questions, bars, new, strict=True)
        if is_new or not gone.isdisjoint(bar.read.tolist())
    }


def _gone(snapshot: Snapshot, bars: Sequence[Bar]) -> set[int]:
    """Return those of the passages that were read which are no longer in the archive."""
    wanted = list({int(i) for bar in bars for i in bar.read})
    there: set[int] = set()
    for at in range(0, len(wanted), MANY):
        there.update(snapshot.languages_of(wanted[at : at + MANY]))
    return set(wanted) - there


def _ask(
    models: Models,
    book: Book,
    chunk: Sequence[StandingQuestion],
    bars: dict[int, Bar],
    report: CheckReport,
) -> None:
    """Search for some questions, read for those that have something new, and decide."""
    vectors = _vectors(models, chunk, bars)
    with models.store.snapshot() as snapshot:
        now, encoder = seen_by(snapshot), encoder_of(snapshot.settings)
        gone = _gone(snapshot, [bars[one.id] for one in chunk if one.id in bars])
        results = [
            retrieve(snapshot, vector, one.question, CITATION_POOL, SearchFilter.of(**one.filters))
            for one, vector in zip(chunk, vectors, strict=True)
        ]
    top_k = models.reader.settings.top_k
    new = [
        bar_of(result, vector, encoder, top_k)
        for result, vector in zip(results, vectors, strict=True)
    ]
    read = [
        one.answer is None
        or not one.seen.precedes(now)
        or _is_new(one, bar, bars.get(one.id), gone)
        for one, bar in zip(chunk, new, strict=True)
    ]
    answers = _answers(models, chunk, results, read)
    report.searched += len(chunk)
    report.read += sum(read)
    decided = zip(chunk, new, answers, strict=True)
    report.news += decide(book, [Decision(one, now, bar, answer) for one, bar, answer in decided])


def _vectors(
    models: Models, chunk: Sequence[StandingQuestion], bars: dict[int, Bar]
) -> list[Vectors]:
    """Return the questions' vectors: those that are kept, if this encoder computed them."""
    encoder = encoder_of(models.store.settings)
    kept = [bars.get(one.id) for one in chunk]
    sound = [bar.vector if bar and bar.encoder == encoder else None for bar in kept]
    missing = [one.question for one, vector in zip(chunk, sound, strict=True) if vector is None]
    computed = iter(threads.on_model_thread(models.encoder.queries, missing) if missing else ())
    return [next(computed) if vector is None else vector for vector in sound]


def _is_new(standing: StandingQuestion, new: Bar, old: Bar | None, gone: set[int]) -> bool:
    """Whether a new passage would be read for a question, or one that was read has gone."""
    if old is None or old.encoder != new.encoder:
        return True
    return bool(np.any(new.read > standing.seen.passage)) or not gone.isdisjoint(old.read.tolist())


def _answers(
    models: Models,
    chunk: Sequence[StandingQuestion],
    results: Sequence[SearchResult],
    read: Sequence[bool],
) -> Iterator[KnownAnswer | None]:
    """Yield the answers of the questions that are to be read for, and None for the others."""
    found: list[Found] = [
        Found(one.question, result.hits)
        for one, result, chosen in zip(chunk, results, read, strict=True)
        if chosen
    ]
    answers = iter(answer_found(found, models, grouped=False) if found else [])
    for chosen in read:
        answer = next(answers) if chosen else None
        yield KnownAnswer.of(answer) if isinstance(answer, Answer) else None
