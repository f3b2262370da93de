"""Fit the confidence and the default threshold: `python -m qa.training.run.calibrate --data DIR`.

Each development question is asked twice: of an archive of all contexts of its set, and of the same
archive without its own context. One half of the articles fits a logistic regression per language
(Platt, 1999) and chooses the threshold; the other half is what the printed figures are measured
on. The parameters go to `weights/calibration.json`.
"""

import argparse
import json
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from qa.archive import CITATION_POOL, Archive
from qa.evaluation.datasets import Case, read_cases
from qa.evaluation.evaluate import RIGHT, build_archive, spread, what_to_read
from qa.evaluation.metrics import auroc, calibration_error, exact_match, f1, reliability
from qa.reader.calibration import FEATURES, OTHER, Calibration, features
from qa.reader.candidates import Candidate
from qa.reader.reader import CALIBRATION, Reader

SUPPORT_WEIGHT = 0.3
ANSWERED = 0.8  # of the questions whose answer the archive holds, at least
THRESHOLD = 0.3  # the confidence below which the archive is said not to hold the answer
PENALTY = 1e-2  # of the squared weights, so that few questions cannot run away with them


@dataclass(frozen=True, slots=True)
class Sample:
    """The reader's best answer to a question: its features, and how right it is."""

    language: str
    values: tuple[float, ...]
    exact: float
    f1: float
    held: bool  # whether the archive held the answer
    fit: bool  # whether its article is in the half that fits

    @property
    def right(self) -> bool:
        return self.held and self.f1 >= RIGHT


def samples(archive: Archive, reader: Reader, cases: Sequence[Case]) -> Iterator[Sample]:
    """Two a case: with its own context in the archive, and without."""
    titles = {title: number for number, title in enumerate(dict.fromkeys(c.title for c in cases))}
    for case in tqdm(cases, desc="asking"):
        hits = archive.search(case.question, CITATION_POOL)
        for held in (True, False):
            read = what_to_read(hits, without=None if held else case.article)
            found = reader.candidates(case.question, *read)
            if found:
                yield _sample(case, found[0], held, titles[case.title] % 2 == 0)


def _sample(case: Case, best: Candidate, held: bool, fit: bool) -> Sample:
    return Sample(
        case.language or "en",
        features(best.score, best.lead, best.support),
        exact_match(best.text, case.answers, case.language),
        f1(best.text, case.answers, case.language),
        held,
        fit,
    )


def fitted(chosen: Sequence[Sample]) -> tuple[float, ...]:
    """Weights of a logistic regression of being right on the features, by Newton's method.

    The last feature's weight is given: in the development sets an answer stands in one paragraph,
    so that they cannot teach what support is worth.
    """
    everything = np.array([s.values for s in chosen])
    x, given = everything[:, :-1], everything[:, -1] * SUPPORT_WEIGHT
    y = np.array([s.right for s in chosen], float)
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights - given))
        gradient = x.T @ (p - y) + PENALTY * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + PENALTY * np.eye(x.shape[1])
        weights -= np.linalg.solve(curvature, gradient)
    return (*(float(w) for w in weights), SUPPORT_WEIGHT)


def calibrated(chosen: Sequence[Sample]) -> Calibration:
    """The weights of each language, shifted where THRESHOLD would refuse too much.

    The shift is the least by which ANSWERED of the questions that can be answered are. It costs
    some calibration, which the report shows: CMRC marks whole clauses, so that a right short
    answer in Chinese often counts as wrong, and would be refused.
    """
    weights: dict[str, tuple[float, ...]] = {}
    for language in sorted({s.language for s in chosen}):
        own = [s for s in chosen if s.language == language]
        first, *rest = fitted(own)
        plain = Calibration({OTHER: (first, *rest)}, 0.0)
        held = [plain.confidence(language, s.values) for s in own if s.held]
        enough = float(np.quantile(held, 1 - ANSWERED)) if held else THRESHOLD
        shift = max(0.0, _logit(THRESHOLD) - _logit(enough))
        weights[language] = (first + shift, *rest)
    weights.setdefault(OTHER, fitted(chosen))
    return Calibration(weights, THRESHOLD)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def shares(
    chosen: Sequence[Sample], calibration: Calibration, threshold: float, language: str
) -> tuple[float, float]:
    """(answered of what the archive holds, refused of what it does not hold)."""
    rates = []
    for held in (True, False):
        inside = [s for s in chosen if s.language == language and s.held == held]
        above = [calibration.confidence(language, s.values) >= threshold for s in inside]
        rates.append(sum(above) / max(1, len(above)))
    return rates[0], 1 - rates[1]


def report(chosen: Sequence[Sample], calibration: Calibration) -> Iterator[str]:
    """Lines for people: a row a language, then the reliability diagram of all."""
    yield "language  questions  EM  F1  AUROC  answered  refused  right when answered  ECE"
    for language in sorted({s.language for s in chosen}):
        own = [s for s in chosen if s.language == language]
        scored = [(calibration.confidence(language, s.values), s.right) for s in own]
        held = [s for s in own if s.held]
        answered, refused = shares(own, calibration, calibration.threshold, language)
        above = [right for c, right in scored if c >= calibration.threshold]
        area = auroc(
            [c for (c, right), s in zip(scored, own, strict=True) if right and s.held],
            [c for (c, _), s in zip(scored, own, strict=True) if not s.held],
        )
        yield (
            f"{language}  {len(held)}  {_mean(s.exact for s in held):.1f}"
            f"  {_mean(s.f1 for s in held):.1f}  {area:.3f}  {100 * answered:.1f}"
            f"  {100 * refused:.1f}  {_mean(above):.1f}  {calibration_error(scored):.3f}"
        )
    everything = [(calibration.confidence(s.language, s.values), s.right) for s in chosen]
    yield f"threshold {calibration.threshold}; reliability: confidence, share right, answers"
    for _, mean, right, count in reliability(everything):
        yield f"  {mean:.2f}  {right:.2f}  {count:5d}  {'█' * round(20 * right)}"


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return 100 * sum(found) / len(found) if found else 0.0


def write_calibration(calibration: Calibration, path: Path) -> None:
    weights = {
        language: dict(zip(FEATURES, (round(v, 4) for v in values), strict=True))
        for language, values in calibration.weights.items()
    }
    found = {"threshold": calibration.threshold, "weights": weights}
    path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m qa.training.run.calibrate", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/")
    parser.add_argument("--work", type=Path, help="keeps the archives of the dev sets")
    parser.add_argument("--limit", type=int, default=500, help="questions of a file (500)")
    parser.add_argument("--out", type=Path, default=CALIBRATION)
    given = parser.parse_args()
    reader = Reader.load(calibration=Calibration({OTHER: (0.0,) * len(FEATURES)}, 0.0))
    found: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as fresh:
        for path in sorted((given.data / "dev").glob("*")):
            archive = build_archive(path, (given.work or Path(fresh)) / path.name.split(".")[0])
            cases = read_cases(path)
            found += samples(archive, reader, spread(cases, given.limit))
    calibration = calibrated([s for s in found if s.fit])
    write_calibration(calibration, given.out)
    print("\n".join(report([s for s in found if not s.fit], calibration)))


if __name__ == "__main__":
    main()
