"""Answer a yes/no question by the sentence that settles it, if one does.

The sentence is chosen by the reader's score and by how much of the question it holds. Whether it
means yes or no is left to whoever asked.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.text import scripts
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit
from qa.yes_no.coverage import share

from .answering import Answer, answer_from_span, drop_repeats
from .citing import sentence_bounds
from .named import mentions
from .selection import select_for_reader, texts_and_scores

if TYPE_CHECKING:  # imports torch, which takes seconds
    from qa.reader.reader import Reader

# Logistic regression over the sentences read for 60 yes/no questions in English, Chinese and
# Japanese (`tests/system/yes_no`): the reader's score, then the share of the question's words.
WEIGHTS = (-3.68, 0.533, 5.13)
THRESHOLD = 0.5  # confidence from which a sentence is an answer
MIN_SHARE = 0.25  # of the question's words, that a sentence must have
UNSURE = 0.2  # confidence from which a sentence is shown beside the answer
MAX_OTHERS = 4


def settle(reader: "Reader", question: str, hits: Sequence[Hit], most: int) -> Answer | None:
    """Return the sentence in these hits that settles a yes/no question, or None.

    At most `most` passages are read. A passage in another script than the question shares no words
    with it: there the reader decides by itself.
    """
    selected = select_for_reader(hits, min(most, reader.settings.top_k))
    threshold = max(THRESHOLD, reader.threshold)
    found = sorted(_sentences(reader, question, selected), key=lambda span: -span.confidence)
    found = found or _in_other_scripts(reader, question, selected, threshold)
    answers = [
        replace(answer, undecided=answer.answered)
        for span in found
        for answer in [answer_from_span(question, span, selected, hits, threshold)]
    ]
    if not answers or not answers[0].answered:
        return None
    first, *others = drop_repeats(answers)[: MAX_OTHERS + 1]
    return replace(first, alternatives=tuple(others))


def _sentences(reader: "Reader", question: str, selected: Sequence[Hit]) -> Iterator[Span]:
    """Yield the sentences of passages in the question's script that may settle it."""
    texts, _ = texts_and_scores(selected)
    script = scripts.of_text(question)
    first = reader.settings.first_passages
    for offset, part in ((0, texts[:first]), (first, texts[first:])):  # as a batch reads ahead
        for candidate in reader.candidates_by_sentence(question, part) if part else ():
            number = offset + candidate.passage
            hit = selected[number]
            if scripts.of_text(hit.passage.text) != script or not mentions(hit, question):
                continue
            span = Span(number, candidate.start, candidate.end, candidate.score, 0.0)
            start, end = sentence_bounds(hit.passage, span)
            held = share(question, hit.passage.text[start:end])
            confidence = _confidence(candidate.score, held)
            if confidence >= UNSURE and held >= MIN_SHARE:
                yield replace(span, start=start, end=end, confidence=confidence)


def _in_other_scripts(
    reader: "Reader", question: str, selected: Sequence[Hit], threshold: float
) -> list[Span]:
    """Return the sentences of the reader's answers that suffice, the surest first."""
    script = scripts.of_text(question)
    found = []
    for span in reader.read(question, *texts_and_scores(selected)):
        passage = selected[span.passage].passage
        if span.confidence >= threshold and scripts.of_text(passage.text) != script:
            start, end = sentence_bounds(passage, span)
            found.append(replace(span, start=start, end=end))
    return found


def _confidence(score: float, held: float) -> float:
    """Return the probability that a sentence settles the question, by WEIGHTS."""
    bias, of_score, of_share = WEIGHTS
    return 1 / (1 + math.exp(-(bias + of_score * score + of_share * held)))
