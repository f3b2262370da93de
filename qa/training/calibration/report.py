"""What a calibration achieves, by set of questions: a table to print, and the same as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qa.evaluation.metrics import auroc, calibration_error, exact_match, f1, reliability

from .platt import MIN_ANSWERED, MIN_REFUSED
from .readings import Reading
from .replay import Sample

MAX_CALIBRATION_ERROR = 0.05
COLUMNS = (
    "questions", "given EM", "given F1", "best EM", "best F1", "EM", "F1", "AUROC", "AUROC near",
    "AUROC people", "answered", "refused", "near refused", "people refused", "right",
    "cited right", "ECE",
)  # fmt: skip
CELL = 5  # characters
Figures = dict[str, float]


def figures(samples: Sequence[Sample], readings: Sequence[Reading]) -> Figures:
    """Return COLUMNS for the answers to some questions; all but the first are from 0 to 1.

    "given" is the reader alone with the context, "best" its best answer even if it is refused.
    "near" are near misses made by rules, "people" those that people wrote; their columns are
    absent if there are none.
    """
    here, out = ([s for s in samples if s.kind == kind] for kind in ("here", "out"))
    right = [s.confidence for s in here if s.correct]
    answered = [s for s in here if s.answered]
    given = [_given(reading) for reading in readings if reading.question.answers]
    values = {
        "questions": float(len(here)),
        "given EM": _mean(exact for exact, _ in given),
        "given F1": _mean(overlap for _, overlap in given),
        "best EM": _mean(s.exact for s in here),
        "best F1": _mean(s.f1 for s in here),
        "EM": _mean(s.exact * s.answered for s in here),
        "F1": _mean(s.f1 * s.answered for s in here),
        "AUROC": auroc(right, [s.confidence for s in out]),
        "answered": _mean(s.answered for s in here),
        "refused": _mean(not s.answered for s in out),
        "right": _mean(s.correct for s in answered),
        "cited right": _mean(s.cited_right for s in answered),
        "ECE": calibration_error([(s.confidence, s.correct) for s in samples]),
    }
    for kind in ("near", "people"):
        if near := [s for s in samples if s.kind == kind]:
            values[f"AUROC {kind}"] = auroc(right, [s.confidence for s in near])
            values[f"{kind} refused"] = _mean(not s.answered for s in near)
    return values


def _given(reading: Reading) -> tuple[float, float]:
    """Return exact match and F1 of the best answer in the context alone."""
    best = max(reading.given, key=lambda c: c.score, default=None)
    text, question = best.text if best else "", reading.question
    return (
        exact_match(text, question.answers, question.language),
        f1(text, question.answers, question.language),
    )


def by_source(samples: Sequence[Sample], readings: Sequence[Reading]) -> dict[str, Figures]:
    """Return the figures of each set."""
    return {
        source: figures(
            [s for s in samples if s.question.source == source],
            [r for r in readings if r.question.source == source],
        )
        for source in dict.fromkeys(s.question.source for s in samples)
    }


def diagram(samples: Iterable[Sample]) -> list[tuple[float, float, int]]:
    """Return the reliability diagram: mean confidence, share right and number of answers."""
    scored = [(s.confidence, s.correct) for s in samples]
    return [(confidence, right, count) for _, confidence, right, count in reliability(scored)]


def misses(table: dict[str, Figures]) -> Iterator[str]:
    """Yield a line for each figure that is short of what is asked of a calibration."""
    for source, values in table.items():
        for name, least in (("answered", MIN_ANSWERED), ("refused", MIN_REFUSED)):
            if values[name] < least:
                yield f"{source}: {name} {100 * values[name]:.1f}%, less than {100 * least:.0f}%"
        if values["ECE"] > MAX_CALIBRATION_ERROR:
            yield f"{source}: ECE {values['ECE']:.3f}, more than {MAX_CALIBRATION_ERROR}"


def as_json(samples: Sequence[Sample], readings: Sequence[Reading]) -> dict[str, Any]:
    """Return all figures, those of each set and of all together."""
    return {
        "sets": by_source(samples, readings),
        "all": figures(samples, readings),
        "reliability": diagram(samples),
    }


def lines(samples: Sequence[Sample], readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the lines to print: the table, what is missed, and the reliability diagram."""
    table = by_source(samples, readings)
    width = max(map(len, table))
    yield " " * width + "  " + "  ".join(name.rjust(CELL) for name in COLUMNS)
    for source, values in table.items():
        cells = (_cell(name, values.get(name)).rjust(max(CELL, len(name))) for name in COLUMNS)
        yield f"{source:<{width}}  " + "  ".join(cells)
    yield from misses(table)
    yield "reliability: confidence, share right, answers"
    for confidence, right, count in diagram(samples):
        yield f"  {confidence:.2f}  {right:.2f}  {count:5d}  {'█' * round(20 * right)}"


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name == "questions":
        return f"{value:.0f}"
    return f"{value:.3f}" if name.startswith(("AUROC", "ECE")) else f"{100 * value:.1f}"


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
