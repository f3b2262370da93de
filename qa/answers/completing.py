"""Add to an answer what depends on the archive as a whole: missing words, the error rate."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.store.base.error_rate import ErrorRate
from index.store.base.protocol import Store
from qa.retrieval.missing import missing_words

from .answering import Answer
from .stages import Stage


def complete(stages: Iterable[Stage], store: Store, chosen: ErrorRate | None) -> Iterator[Stage]:
    """Yield the stages; their answer names the error rate in force, a refusal what is missing."""
    for stage in stages:
        answer = stage.answer
        if answer is not None:
            missing = () if answer.answered else _missing(answer, store)
            # it was measured on questions by themselves, not on the best of several readings, and
            # for the reader's own confidence
            measured = answer.understood is None and answer.stance is None
            rate = chosen.rate if chosen and measured else None
            stage = replace(stage, answer=replace(answer, missing=missing, error_rate=rate))
        yield stage


def _missing(answer: Answer, store: Store) -> tuple[str, ...]:
    with store.snapshot() as snapshot:
        return missing_words(
            answer.understood or answer.question, snapshot.choose, snapshot.languages()
        )
