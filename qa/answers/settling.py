"""Answer a yes/no question by the sentence that settles it, or refuse.

The sentence is chosen by the reader's score and by how much of the question it holds. Whether it is
a yes or a no is said only where `qa/yes_no/stance.py` finds it plain and no other sentence says the
opposite.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.text import scripts
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit
from qa.yes_no.coverage import cover
from qa.yes_no.stance import Stance, stance

from .answering import Answer, answer_from_span, drop_repeats, refusal
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
UNSURE = 0.2  # confidence from which a refusal shows it as not sure enough
MAX_OTHERS = 4


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may settle the question; `span.passage` is a position among those read."""

    span: Span
    stance: Stance


def settle(reader: "Reader", question: str, hits: Sequence[Hit], most: int) -> Answer:
    """Return the sentence in these hits that settles a yes/no question, or a refusal.

    At most `most` passages are read. A passage in another script than the question shares no words
    with it: there the reader decides by itself, and the stance is "undecided".
    """
    selected = select_for_reader(hits, min(most, reader.settings.top_k))
    threshold = max(THRESHOLD, reader.threshold)
    found = sorted(_sentences(reader, question, selected), key=lambda s: -s.span.confidence)
    found = found or _in_other_scripts(reader, question, selected, threshold)
    candidates = [
        replace(
            answer_from_span(question, s.span, selected, hits, threshold),
            stance=s.stance,
        )
        for s in found
    ]
    first, *others = drop_repeats(candidates)[: MAX_OTHERS + 1] or [refusal(question, hits, 0.0)]
    if not first.answered:
        unsure = tuple(candidate for candidate in (first, *others) if candidate.text)
        refused = refusal(question, hits, first.confidence)
        return replace(refused, stance="undecided", alternatives=unsure)
    said = {other.stance for other in others if other.answered} - {"undecided", first.stance}
    stance = "undecided" if said else first.stance
    return replace(first, stance=stance, alternatives=tuple(others))


def _sentences(reader: "Reader", question: str, selected: Sequence[Hit]) -> Iterator[_Sentence]:
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
            sentence = hit.passage.text[start:end]
            share = cover(question, sentence).share
            confidence = _confidence(candidate.score, share)
            if confidence >= UNSURE and share >= MIN_SHARE:
                around = f"{hit.article.title or ''}\n{hit.passage.text}"
                whole = replace(span, start=start, end=end, confidence=confidence)
                yield _Sentence(whole, stance(question, sentence, around))


def _in_other_scripts(
    reader: "Reader", question: str, selected: Sequence[Hit], threshold: float
) -> list[_Sentence]:
    """Return the sentences of the reader's answers that suffice, the surest first."""
    script = scripts.of_text(question)
    found = []
    for span in reader.read(question, *texts_and_scores(selected)):
        passage = selected[span.passage].passage
        if span.confidence >= threshold and scripts.of_text(passage.text) != script:
            start, end = sentence_bounds(passage, span)
            found.append(_Sentence(replace(span, start=start, end=end), "undecided"))
    return found


def _confidence(score: float, share: float) -> float:
    """Return the probability that a sentence settles the question, by WEIGHTS."""
    bias, of_score, of_share = WEIGHTS
    return 1 / (1 + math.exp(-(bias + of_score * score + of_share * share)))
