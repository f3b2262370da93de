"""Compare how to get answers of the right length: by the mark in the question, or by rules."""

from collections.abc import Iterator, Sequence

from qa.evaluation.metrics import exact_match, f1
from qa.reader.calibration import Calibration
from qa.reader.reader import Reader
from qa.reader.remembering import TokenScorer
from qa.reader.settings import Settings
from qa.reader.span_model import Window

from .choose import UNFITTED
from .question_sets import Question, QuestionSet

WAYS = {
    "rules grow answers": Settings(mark="none", grow="all"),
    "always phrases": Settings(mark="none", grow="none"),
    "mark by question": Settings(mark="question", grow="none"),
    "mark, and sentences for why and how": Settings(mark="question", grow="sentence"),
    "always clauses": Settings(mark="clause", grow="none"),
}


def compare_extents(model: TokenScorer, sets: Sequence[QuestionSet]) -> Iterator[str]:
    """Yield a line for each of WAYS and set: exact match and F1, the context given."""
    width, remembering = max(map(len, WAYS)), _Remembering(model)
    for questions in sets:
        answered = [q for q in questions.questions if q.answers]
        yield f"{questions.name}, {len(answered)} questions, EM and F1 in percent"
        for name, settings in WAYS.items():
            reader = Reader(remembering, Calibration(UNFITTED.weights, 0.0, settings=settings))
            scores = [_score(reader, q, questions.contexts[q.context]) for q in answered]
            exact, overlap = (sum(column) / len(scores) for column in zip(*scores, strict=True))
            yield f"  {name:<{width}}  {100 * exact:5.1f}  {100 * overlap:5.1f}"


class _Remembering:
    """A model that reads each pair of question and passage once, as the ways share most of them."""

    def __init__(self, model: TokenScorer) -> None:
        self._model = model
        self._known: dict[tuple[str, ...], list[Window]] = {}

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        key = (question, *passages)
        if key not in self._known:
            self._known[key] = self._model.read(question, passages)
        return self._known[key]


def _score(reader: Reader, question: Question, context: str) -> tuple[float, float]:
    best = reader.candidates(question.text, [context])[:1]
    text = best[0].text if best else ""
    return (
        exact_match(text, question.answers, question.language),
        f1(text, question.answers, question.language),
    )
