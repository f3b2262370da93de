"""Fit the confidence and the default threshold: `python -m qa.training calibrate --data DIR`.

Each development question is asked twice: of an archive of all contexts of its set, and of the same
archive without its own context. One half of the articles fits a logistic regression per language
(Platt, 1999) and chooses the threshold; the printed figures are measured on the other half. The
parameters go to `weights/calibration.json`.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from qa.answers.selection import CITATION_POOL
from qa.archive import Archive
from qa.evaluation.dataset_archive import build_archive
from qa.evaluation.datasets import Case, read_cases, sample_evenly
from qa.evaluation.measure import reader_inputs
from qa.evaluation.metrics import auroc, calibration_error, exact_match, f1, reliability
from qa.reader.calibration import FEATURES, OTHER, Calibration, features
from qa.reader.candidates import Candidate
from qa.reader.reader import CALIBRATION, Reader

from .platt import Sample, answer_rates, calibrate


def collect_samples(archive: Archive, reader: Reader, cases: Sequence[Case]) -> Iterator[Sample]:
    """Yield two samples a case: with its own context in the archive, and without."""
    titles = {title: number for number, title in enumerate(dict.fromkeys(c.title for c in cases))}
    for case in tqdm(cases, desc="asking"):
        hits = archive.search(case.question, CITATION_POOL)
        for answerable in (True, False):
            inputs = reader_inputs(hits, withhold=None if answerable else case.article)
            candidates = reader.candidates(case.question, *inputs)
            if candidates:
                yield _sample(case, candidates[0], answerable, titles[case.title] % 2 == 0)


def _sample(case: Case, best: Candidate, answerable: bool, for_fitting: bool) -> Sample:
    return Sample(
        case.language or "en",
        features(best.score, best.lead, best.support),
        exact_match(best.text, case.answers, case.language),
        f1(best.text, case.answers, case.language),
        answerable,
        for_fitting,
    )


def report(samples: Sequence[Sample], calibration: Calibration) -> Iterator[str]:
    """Yield lines to print: one a language, then the reliability diagram of all samples."""
    yield "language  questions  EM  F1  AUROC  answered  refused  right when answered  ECE"
    for language in sorted({s.language for s in samples}):
        yield _language_row(language, [s for s in samples if s.language == language], calibration)
    scored = [(calibration.confidence(s.language, s.features), s.correct) for s in samples]
    yield f"threshold {calibration.threshold}; reliability: confidence, share right, answers"
    for _, confidence, accuracy, count in reliability(scored):
        yield f"  {confidence:.2f}  {accuracy:.2f}  {count:5d}  {'█' * round(20 * accuracy)}"


def _language_row(language: str, samples: Sequence[Sample], calibration: Calibration) -> str:
    scored = [(calibration.confidence(language, s.features), s.correct) for s in samples]
    answerable = [s for s in samples if s.answerable]
    answered, refused = answer_rates(samples, calibration, calibration.threshold, language)
    accuracy = _percent(correct for c, correct in scored if c >= calibration.threshold)
    area = auroc(
        [c for c, correct in scored if correct],
        [c for (c, _), s in zip(scored, samples, strict=True) if not s.answerable],
    )
    return (
        f"{language}  {len(answerable)}  {_percent(s.exact for s in answerable):.1f}"
        f"  {_percent(s.f1 for s in answerable):.1f}  {area:.3f}  {100 * answered:.1f}"
        f"  {100 * refused:.1f}  {accuracy:.1f}  {calibration_error(scored):.3f}"
    )


def _percent(values: Iterable[float]) -> float:
    numbers = list(values)
    return 100 * sum(numbers) / len(numbers) if numbers else 0.0


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write the JSON that `Calibration.load` reads."""
    weights = {
        language: dict(zip(FEATURES, (round(v, 4) for v in values), strict=True))
        for language, values in calibration.weights.items()
    }
    content = {"threshold": calibration.threshold, "weights": weights}
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the calibration command."""
    parser = argparse.ArgumentParser(prog="python -m qa.training calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/")
    parser.add_argument("--work", type=Path, help="keeps the archives of the dev sets")
    parser.add_argument("--limit", type=int, default=500, help="questions of a file (500)")
    parser.add_argument("--out", type=Path, default=CALIBRATION)
    options = parser.parse_args(arguments)
    uncalibrated = Calibration({OTHER: (0.0,) * len(FEATURES)}, 0.0)
    reader = Reader.load(calibration=uncalibrated)
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as temporary:
        work = options.work or Path(temporary)
        for path in sorted((options.data / "dev").glob("*")):
            archive = build_archive(path, work / path.name.split(".")[0])
            cases = sample_evenly(read_cases(path), options.limit)
            samples += collect_samples(archive, reader, cases)
    calibration = calibrate([s for s in samples if s.for_fitting])
    write_calibration(calibration, options.out)
    print("\n".join(report([s for s in samples if not s.for_fitting], calibration)))


if __name__ == "__main__":
    main()
