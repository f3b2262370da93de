"""Read for several questions at once: the model scores their passages in one pass.

Answers are those of `Reader`: the scores are only computed earlier. What was not foreseen is scored
when it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .reader import Reader
from .remembering import Remembering
from .span_model import SpanModel

MAX_PAIRS = 32  # in one pass; more do not gain, and take memory


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """What `Reader.read` takes."""

    question: str
    passages: Sequence[str]
    scores: Sequence[float]


def read_ahead(reader: Any, tasks: Sequence[ReadingTask]) -> Any:
    """Return a reader that has read for these tasks already; others it reads when asked.

    Any other reader than a `Reader` with a `SpanModel` is returned as it is.
    """
    if not isinstance(reader, Reader) or not isinstance(reader.model, SpanModel):
        return reader
    scores = _ScoredAhead(reader.model)
    ahead = Reader(scores, reader.calibration)
    first, most = reader.settings.first_passages, reader.settings.top_k
    scores.prepare([(ahead.marked(task.question), task.passages[:first]) for task in tasks])
    in_doubt = [
        task for task in tasks if task.passages[first:most] and not _is_settled(ahead, task, first)
    ]
    scores.prepare([(ahead.marked(t.question), t.passages[first:most]) for t in in_doubt])
    return ahead


def _is_settled(reader: Reader, task: ReadingTask, first: int) -> bool:
    """Whether the first passages leave no doubt, so that the others will not be read."""
    spans = reader.read(task.question, task.passages[:first], task.scores[:first])
    return bool(spans) and spans[0].confidence >= reader.settings.stop_confidence


class _ScoredAhead(Remembering):
    """A span model that keeps the windows of what it was told to prepare."""

    _model: SpanModel

    def prepare(self, requests: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Score passages for their questions, MAX_PAIRS at a time."""
        keys = [(question, tuple(passages)) for question, passages in requests]
        pairs = [(key, number) for key in dict.fromkeys(keys) for number in range(len(key[1]))]
        self._windows |= {key: [] for key in keys}
        for start in range(0, len(pairs), MAX_PAIRS):
            part = pairs[start : start + MAX_PAIRS]
            texts = [(question, passages[number]) for (question, passages), number in part]
            for window in self._model.read_pairs(texts):
                key, number = part[window.passage]
                self._windows[key].append(replace(window, passage=number))
