"""Choose the reader's settings by trying them on kept readings.

The weight of retrieval and the number of passages are chosen before the confidence is fitted, when
to stop reading after it. A setting replaces today's only if it is better by MIN_GAIN.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qa.evaluation.metrics import auroc
from qa.reader.calibration import FEATURES, OTHER, Calibration
from qa.reader.settings import Settings

from .readings import TOP_K, Reading
from .replay import Sample, answered_samples, best_samples

PENALTIES = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0)
FIRST_PASSAGES = (2, 3, 4, 5)
STOP_CONFIDENCES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
MIN_GAIN = 0.002  # in the mean of F1 and AUROC
MAX_LOSS = 0.002  # in the share of questions dealt with rightly, for reading fewer passages
UNFITTED = Calibration({OTHER: (0.0,) * len(FEATURES)}, 0.0)


def choose_settings(readings: Sequence[Reading], today: Settings) -> Settings:
    """Choose the retrieval penalty, then the number of passages, by the best answers' quality."""
    settings = _best(readings, [replace(today, retrieval_penalty=p) for p in PENALTIES], today)
    return _best(readings, [replace(settings, top_k=k) for k in TOP_K], settings)


def _best(readings: Sequence[Reading], tried: Sequence[Settings], today: Settings) -> Settings:
    scores = {
        settings: quality(list(best_samples(readings, replace(UNFITTED, settings=settings))))
        for settings in {today, *tried}
    }
    best = max(scores, key=lambda settings: scores[settings])
    return best if scores[best] >= scores[today] + MIN_GAIN else today


def quality(samples: Sequence[Sample]) -> float:
    """Return the mean, over the sets, of F1 and of the AUROC of right answers by score.

    The AUROC is against the answers to questions whose answer is not there.
    """
    return _mean_by_source(samples, _f1_and_auroc)


def _f1_and_auroc(samples: Sequence[Sample]) -> float:
    here = [s for s in samples if s.kind == "here"]
    right = [s.features[1] for s in here if s.correct]
    absent = [s.features[1] for s in samples if s.kind != "here"]
    return (_mean(s.f1 for s in here) + auroc(right, absent)) / 2


def choose_stopping(readings: Sequence[Reading], calibration: Calibration) -> Settings:
    """Choose when to stop: the fewest passages for which hardly any question fares worse."""
    settings = calibration.settings
    whole = _answers(readings, calibration, settings.top_k, 0.0)
    target = _mean_by_source(whole, _dealt_with) - MAX_LOSS
    best, fewest = replace(settings, first_passages=settings.top_k), float(settings.top_k)
    for first in (n for n in FIRST_PASSAGES if n < settings.top_k):
        early = _answers(readings, calibration, first, 0.0)
        for stop in STOP_CONFIDENCES:
            stopped = [e.confidence >= stop for e in early]
            mixed = [e if s else w for e, w, s in zip(early, whole, stopped, strict=True)]
            read = first + (settings.top_k - first) * (1 - _mean(stopped))
            if read < fewest and _mean_by_source(mixed, _dealt_with) >= target:
                best = replace(settings, first_passages=first, stop_confidence=stop)
                fewest = read
    return best


def _answers(
    readings: Sequence[Reading], calibration: Calibration, first: int, stop: float
) -> list[Sample]:
    settings = replace(calibration.settings, first_passages=first, stop_confidence=stop)
    return list(answered_samples(readings, replace(calibration, settings=settings)))


def _dealt_with(samples: Sequence[Sample]) -> float:
    """Return the mean of two: F1 of what is there (0 if refused), share refused of what is not."""
    here = [s.f1 * s.answered for s in samples if s.kind == "here"]
    absent = [not s.answered for s in samples if s.kind != "here"]
    return (_mean(here) + _mean(absent)) / 2


def _mean_by_source(
    samples: Sequence[Sample], measure: Callable[[Sequence[Sample]], float]
) -> float:
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(sample.question.source, []).append(sample)
    return _mean(measure(group) for group in groups.values())


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
