"""The steps from a question to its answer: resolve follow-ups, search, read, choose.

Knows no store: `Archive` passes in how to search and how to read.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.followup.rewriting import Reading, Support, best_supported, mentions, readings
from qa.retrieval.retriever import Hit

from .answering import Answer, answer_from_span, drop_repeats, evidence_text, refusal
from .question import check_question
from .selection import select_for_reader, texts_and_scores

if TYPE_CHECKING:  # imports torch, which takes seconds
    from qa.reader.reader import Reader


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of answering: the passages found so far; in the last step also the answer."""

    hits: list[Hit]  # best first
    answer: Answer | None = None


def answer_stages(
    question: str,
    history: Sequence[Answer],
    search: Callable[[str], list[Hit]],
    read: Callable[[str, Sequence[Hit]], Answer],
) -> Iterator[Stage]:
    """Yield the hits of the likeliest reading, then the answer of the best supported one.

    Args:
        question: As the user typed it.
        history: Earlier answers of the conversation, oldest first; a follow-up question may have
            several readings, and each is searched for.
        search: Returns the hits for a question, best first.
        read: Returns the best answer in these hits, or a refusal.

    Raises:
        ArchiveError: If the question fails `check_question`, or as `search` does.
    """
    started = time.perf_counter()
    question = check_question(question)
    supports: list[tuple[Reading, Support]] = []
    answers: list[tuple[Answer, list[Hit]]] = []
    for reading in readings(question, history):
        hits = search(reading.question)
        if not supports:
            yield Stage(hits)
        answer = read(reading.question, hits)
        support = Support(answer.answered, answer.confidence, evidence_text(answer, hits))
        supports.append((reading, support))
        answers.append((answer, hits))
    chosen = best_supported(supports)
    reading, support = supports[chosen]
    answer, hits = answers[chosen]
    if answer.answered and not mentions(support.evidence, reading.topic):
        answer = refusal(answer.question, hits, answer.confidence)
    answer = _as_typed(answer, question, reading)
    yield Stage(hits, replace(answer, seconds=time.perf_counter() - started))


def _as_typed(answer: Answer, question: str, reading: Reading) -> Answer:
    """Return the answer under the question as typed, with how it was understood."""
    return replace(
        answer,
        question=question,
        understood=None if reading.as_typed else reading.question,
        alternatives=tuple(replace(a, question=question) for a in answer.alternatives),
    )


def best_answer(reader: "Reader", question: str, hits: Sequence[Hit]) -> Answer:
    """Return the best answer in these hits with its alternatives, or a refusal."""
    selected = select_for_reader(hits, reader.settings.top_k)
    spans = reader.read(question, *texts_and_scores(selected))
    candidates = [
        answer_from_span(question, span, selected, hits, span.threshold or reader.threshold)
        for span in spans
    ]
    first, *others = drop_repeats(candidates) or [refusal(question, hits, 0.0)]
    if not first.answered:
        unsure = tuple(candidate for candidate in (first, *others) if candidate.text)
        return replace(refusal(question, hits, first.confidence), alternatives=unsure)
    return replace(first, alternatives=tuple(others))
