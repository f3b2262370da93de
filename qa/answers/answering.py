"""Build answers from the reader's spans: cited and without repeats; or build a refusal.

Which passages are read is in `selection.py`, the order of the steps in `stages.py`.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.article import Location
from index.store.several.part import NotAsked
from qa.agreement.asked_currency import amount_asked_for
from qa.permalink import permalink_of
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit

from .citing import Citation, cite, cite_sentence, merge, sentence_bounds
from .item import AnswerItem
from .near_duplicates import nearly_equal
from .notebook import answer_html

MAX_CLOSEST = 3  # passages cited in a refusal


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Sentences of several articles that say the same; near duplicates of one are one citation."""

    value: str  # the answer, verbatim; a day that is stated as "on Friday" as "2025-10-31"
    days: tuple[date, ...]  # of the articles, where known, in order
    citations: tuple[Citation, ...]  # one from each article, the surest first
    differs: bool = False  # from the answer, to which it is an alternative


@dataclass(frozen=True, slots=True)
class Answer:
    """The archive's answer to a question; unless `answered`, it cites the closest passages.

    `text` is one verbatim span; of a list it holds all items that are in its sentence, and the
    confidence is that of the span. The `alternatives` of a refusal are the answers that a lower
    threshold would have given, none of them `answered`; `missing` are the words of the question
    that stand nowhere in the archive.
    """

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
    understood: str | None = None  # the question as it was searched for, unless that is as typed
    groups: tuple[AnswerGroup, ...] = ()  # that agree or differ, most articles first
    differs: bool = False  # whether one of the groups contradicts the answer
    missing: tuple[str, ...] = ()
    error_rate: float | None = None  # at most this share of answers is wrong, if one was chosen
    items: tuple[AnswerItem, ...] = ()  # of a list, in reading order; else none
    undecided: bool = False  # `text` bears on a yes/no question; the reader judges: yes or no
    not_asked: tuple[NotAsked, ...] = ()  # of several archives, those that could not be, and why

    @property
    def permalink(self) -> str | None:
        """The address of the cited sentence, relative to the page's; None if not answered."""
        return self.citations[0].permalink if self.answered else None

    def _repr_html_(self) -> str:
        text = self.text if self.answered else None
        items = [item.text for item in self.items]
        return answer_html(self.question, text, self.confidence, list(self.citations), items)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What articles reported, with the first and the last day on which they did."""

    value: str  # verbatim, or a resolved day as in `AnswerGroup`
    first: date
    last: date
    citations: tuple[Citation, ...]  # by day
    number: float | None = None  # the value as a number, in its unit, if it is one


def as_dict(answer: Answer | TimelineEntry) -> dict[str, Any]:
    """Return an answer, or an entry of a timeline, as nested dictionaries for JSON.

    Citations are without their context and with their permalink; their location is two fields,
    "page" and "seconds". An answer has the permalink of its first citation.
    """
    return dataclasses.asdict(answer, dict_factory=_fields)


def _fields(items: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = {name: value for name, value in items if name != "context"}
    if "location" in fields:
        fields |= fields.pop("location") or dataclasses.asdict(Location())
    if "digest" in fields:
        cited = (fields[name] for name in ("start", "end", "text"))
        fields["permalink"] = permalink_of(fields.pop("digest"), *cited)
    if "answered" in fields:
        first = fields["citations"][0] if fields["answered"] else {}
        fields["permalink"] = first.get("permalink")
    return fields


def answer_from_span(
    question: str, span: Span, read: Sequence[Hit], hits: Sequence[Hit], threshold: float
) -> Answer:
    """Build the answer for a span of the reader, cited at the best occurrence of its sentence.

    Args:
        question: The question as it was searched for.
        span: Where the answer is; `span.passage` is a position in `read`.
        read: The hits that were read.
        hits: All hits in which the sentence is looked up for citations, including `read`.
        threshold: The confidence from which on the question counts as answered.
    """
    passage = read[span.passage].passage
    start, end = sentence_bounds(passage, span)
    sentence = passage.text[start:end]
    first, last = amount_asked_for(question, sentence, span.start - start, span.end - start)
    text = sentence[first:last]
    citations = [c for hit in hits if (c := cite_sentence(hit, sentence, text))]
    cited = merge(citations, sentence)
    # A near duplicate may hold the answer at another offset than the sentence that was read.
    within = first if cited.text == sentence else cited.text.index(text)
    offset = cited.start + within
    return Answer(
        question=question,
        answered=span.confidence >= threshold,
        text=text,
        sentence=cited.text,
        start=offset,
        end=offset + len(text),
        confidence=span.confidence,
        citations=(cited,),
        alternatives=(),
        seconds=0.0,
    )


def drop_repeats(candidates: Sequence[Answer]) -> list[Answer]:
    """Keep the first of the answers with equal text in near-duplicate sentences."""
    distinct: list[Answer] = []
    for candidate in candidates:
        if not any(
            candidate.text == other.text
            and nearly_equal(candidate.sentence or "", other.sentence or "")
            for other in distinct
        ):
            distinct.append(candidate)
    return distinct


def evidence_text(answer: Answer, hits: Sequence[Hit]) -> str:
    """Return the passages that hold the answer's sentence, each after its article's title."""
    if answer.sentence is None:
        return ""
    supporting = [hit for hit in hits if answer.sentence in hit.passage.text]
    return "\n".join(f"{hit.article.title or ''}\n{hit.passage.text}" for hit in supporting)


def refusal(question: str, hits: Sequence[Hit], confidence: float) -> Answer:
    """Build the answer that the archive does not hold one; it cites the MAX_CLOSEST best hits.

    Near-duplicate passages count once, and are cited together.
    """
    groups: list[list[Citation]] = []
    for hit in hits:
        citation = cite(hit, hit.passage.start, hit.passage.end)
        group = next((g for g in groups if nearly_equal(g[0].text, citation.text)), None)
        if group:
            group.append(citation)
        else:
            groups.append([citation])
    return Answer(
        question=question,
        answered=False,
        text=None,
        sentence=None,
        start=None,
        end=None,
        confidence=confidence,
        citations=tuple(merge(group, group[0].text) for group in groups[:MAX_CLOSEST]),
        alternatives=(),
        seconds=0.0,
    )
