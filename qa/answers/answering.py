"""From the reader's spans to answers: cited, without repeats, or a plain "not here"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.retrieval.retriever import Hit

from .citing import Citation, cite, same_sentence, sentence_around, together
from .near_duplicates import nearly_equal

if TYPE_CHECKING:  # importing it imports torch, which takes seconds
    from qa.reader.reader import Span

CLOSEST = 3  # passages offered where there is no answer


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


def candidate(
    question: str, span: "Span", read: Sequence[Hit], hits: Sequence[Hit], threshold: float
) -> Answer:
    """The answer that a span makes, cited at the best of all places of its sentence."""
    passage = read[span.passage].passage
    start, end = sentence_around(passage, span)
    sentence = passage.text[start:end]
    text = passage.text[span.start : span.end]
    places = [place for hit in hits if (place := same_sentence(hit, sentence, text))]
    cited = together(places, sentence)
    # in the sentence that the reader read, or in one that is nearly the same
    within = span.start - start if cited.text == sentence else cited.text.index(text)
    offset = cited.start + within
    return Answer(
        question=question,
        answered=span.confidence >= threshold,
        text=text,
        sentence=cited.text,
        start=offset,
        end=offset + span.end - span.start,
        confidence=span.confidence,
        citations=(cited,),
        alternatives=(),
        seconds=0.0,
    )


def without_repeats(candidates: Sequence[Answer]) -> list[Answer]:
    """Each answer once: a sentence that was read in two passages made it twice."""
    kept: list[Answer] = []
    for one in candidates:
        if not any(
            one.text == other.text and nearly_equal(one.sentence or "", other.sentence or "")
            for other in kept
        ):
            kept.append(one)
    return kept


def evidence(answer: Answer, hits: Sequence[Hit]) -> str:
    """The passages in which an answer's sentence stands, with their titles."""
    if answer.sentence is None:
        return ""
    holding = [hit for hit in hits if answer.sentence in hit.passage.text]
    return "\n".join(f"{hit.article.title or ''}\n{hit.passage.text}" for hit in holding)


def refusal(question: str, hits: Sequence[Hit], confidence: float) -> Answer:
    closest: list[list[Citation]] = []  # nearly equal passages are one
    for hit in hits:
        found = cite(hit, hit.passage.start, hit.passage.end)
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
        citations=tuple(together(places, places[0].text) for places in closest[:CLOSEST]),
        alternatives=(),
        seconds=0.0,
    )
