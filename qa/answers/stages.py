"""The steps from a question to its answer: resolve follow-ups, search, read, choose.

Knows no store: `Archive` passes in how to search and how to read.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.followup.rewriting import (
    Reading,
    Support,
    best_supported,
    is_sure,
    makes_a_name,
    mentions,
    readings,
)
from qa.lists.forms import list_form
from qa.reader.settings import READER_TOP_K
from qa.retrieval.retriever import Hit
from qa.yes_no.form import is_yes_no

from .answering import Answer, TimelineEntry, answer_from_span, drop_repeats, evidence_text, refusal
from .grouping import collect, group_answers, timeline
from .listing import Sources, with_items
from .named import on_topic, weigh
from .question import MAX_QUESTION_LENGTH, check_question
from .selection import select_for_reader, texts_and_scores
from .settling import settle

if TYPE_CHECKING:  # imports torch, which takes seconds
    from qa.reader.reader import Reader


# Returns the hits for a question, best first, and its phrases that stand nowhere in the archive.
Search = Callable[[str], tuple[list[Hit], Collection[str]]]

OTHER_READINGS_TOP_K = 5  # passages read for each reading of a question after the likeliest


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of answering: the passages found so far; in the last step also the answer."""

    hits: list[Hit]  # best first
    answer: Answer | None = None


def answer_stages(
    question: str,
    history: Sequence[Answer],
    search: Search,
    read: Callable[[str, Sequence[Hit], int], Answer],
) -> Iterator[Stage]:
    """Yield the hits of the likeliest reading, then the answer of the best supported one.

    Args:
        question: As the user typed it.
        history: Earlier answers of the conversation, oldest first; a follow-up question may have
            several readings. They are tried in turn until one is well supported.
        search: Searches the archive for a question.
        read: Returns the best answer in the first so many distinct hits, or a refusal.

    Raises:
        ArchiveError: If the question fails `check_question`, or as `search` does.
    """
    started = time.perf_counter()
    question = check_question(question)
    supports: list[tuple[Reading, Support]] = []
    answers: list[tuple[Answer, list[Hit]]] = []
    for reading, hits in _sensible(question, history, search):
        if not supports:
            yield Stage(hits)
        answer = read(reading.question, hits, OTHER_READINGS_TOP_K if supports else READER_TOP_K)
        evidence = evidence_text(answer, hits)
        support = Support(answer.answered, answer.confidence, evidence, answer.sentence or "")
        supports.append((reading, support))
        answers.append((answer, hits))
        if is_sure(reading, support):
            break
    chosen = best_supported(supports)
    reading, support = supports[chosen]
    answer, hits = answers[chosen]
    if answer.answered and not mentions(support.evidence, reading.topic):
        answer = refusal(answer.question, hits, answer.confidence)
    answer = _as_typed(answer, question, reading)
    yield Stage(hits, replace(answer, seconds=time.perf_counter() - started))


def _sensible(
    question: str, history: Sequence[Answer], search: Search
) -> Iterator[tuple[Reading, list[Hit]]]:
    """Yield the readings of a question that make sense in this archive, with their hits."""
    none_made_sense = True
    for reading in readings(question, history):
        if len(reading.question) > MAX_QUESTION_LENGTH:
            continue  # what was typed is not too long: it is asked as it is
        hits, unknown = search(reading.question)
        if not makes_a_name(reading, question, history, unknown):
            none_made_sense = False
            yield reading, hits
    if none_made_sense:
        yield Reading(question, as_typed=True), search(question)[0]


def _as_typed(answer: Answer, question: str, reading: Reading) -> Answer:
    """Return the answer under the question as typed, with how it was understood."""
    return replace(
        answer,
        question=question,
        understood=None if reading.as_typed else reading.question,
        alternatives=tuple(replace(a, question=question) for a in answer.alternatives),
    )


def best_answer(
    reader: "Reader",
    question: str,
    hits: Sequence[Hit],
    most: int = READER_TOP_K,
    *,
    grouped: bool = True,
) -> Answer:
    """Return the best answer in these hits with its alternatives and groups, or a refusal.

    At most `most` passages are read. A yes/no question is answered by a sentence if one settles it.
    Unless `grouped`, nobody reads on: the answer has no groups, and only items of what was read.
    """
    if is_yes_no(question):
        reader = reader.remembering()  # if nothing settles it, the same passages are read for it
        if settled := settle(reader, question, hits, most):
            return settled
    selected = select_for_reader(hits, min(most, reader.settings.top_k))
    texts, scores = texts_and_scores(selected)
    reading = reader.reading(question, texts, scores, lambda s: weigh(question, s, selected))
    candidates = [
        answer_from_span(question, span, selected, hits, span.threshold or reader.threshold)
        for span in reading.spans
    ]
    first, *others = drop_repeats(candidates) or [refusal(question, hits, 0.0)]
    if not first.answered:
        unsure = tuple(candidate for candidate in (first, *others) if candidate.text)
        return replace(refusal(question, hits, first.confidence), alternatives=unsure)
    spans = [reading.spans[0], *on_topic(question, reading.sentences, selected)]
    found = collect(question, spans, selected, hits)
    form = list_form(question)
    if grouped and (len(found) > 1 or form == "list"):  # see what all articles say
        more = reader.read_on(question, texts, scores, reading.passages)
        spans += on_topic(question, more, selected)
        found = collect(question, spans, selected, hits)
    if form:
        first = with_items(first, form, question, spans, Sources(selected, hits))
    groups = () if not grouped or (form == "list" and first.items) else group_answers(found)
    differs = any(group.differs for group in groups)
    return replace(first, alternatives=tuple(others), groups=groups, differs=differs)


def answers_over_time(reader: "Reader", question: str, hits: Sequence[Hit]) -> list[TimelineEntry]:
    """Return what the articles of these hits reported over time; all of them are read."""
    selected = select_for_reader(hits, len(hits))
    spans = reader.read_on(question, *texts_and_scores(selected))
    return timeline(collect(question, on_topic(question, spans, selected), selected, hits))
