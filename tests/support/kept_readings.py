"""Readings made by hand: a question, its passages, and the answers found in them."""

from qa.reader.candidates import Candidate
from qa.training.calibration.question_sets import Question
from qa.training.calibration.readings import TOP_K, Passage, Reading
from qa.training.calibration.replay import Kind, Sample

SENTENCE = "The harbour master of Newton counted {} ships before noon."


def question(
    text: str = "How many ships were counted?", answer: str | None = "nine", number: int = 0
) -> Question:
    answers = () if answer is None else (answer,)
    return Question(text, number, answers, "en", f"document {number}", "en-ships")


def passage(context: int, answer: str, score: float, retrieval_score: float = 0.0) -> Passage:
    text = SENTENCE.format(answer)
    start = text.index(answer)
    candidate = Candidate(0, start, start + len(answer), answer, score)
    return Passage(text, context, retrieval_score, (candidate,))


def reading(asked: Question, *passages: Passage) -> Reading:
    """Every passage is selected; those of other contexts than the question's if it is withheld."""
    others = [n for n, p in enumerate(passages) if p.context != asked.context]
    selected = {k: list(range(len(passages)))[:k] for k in TOP_K}
    withheld = {k: others[:k] for k in TOP_K} if asked.answers else {}
    given = tuple(c for p in passages if p.context == asked.context for c in p.candidates)
    return Reading(asked, passages, selected, withheld, given)


def sample(
    kind: Kind, values: tuple[float, ...] = (), *, confidence: float = 0.9, f1: float = 1.0
) -> Sample:
    """Make a sample that is answered from a confidence of a half on."""
    asked = question(answer=None if kind in ("near", "people") else "nine")
    text = SENTENCE.format("nine")
    return Sample(
        asked, kind, text, values, confidence, confidence >= 0.5, float(f1 == 1), f1, kind == "here"
    )
