"""The calibration command: samples, report and the file that it writes."""

from pathlib import Path
from typing import Any

import pytest

from index.encoder.sentence import Encoder
from qa.evaluation.dataset_archive import build_archive
from qa.evaluation.datasets import read_cases
from qa.reader.calibration import Calibration, features
from qa.reader.candidates import Candidate
from qa.training.run import calibrate as module
from qa.training.run.calibrate import collect_samples, main, report, write_calibration
from qa.training.run.platt import Sample
from tests.support.question_sets import COLOURS, ColourReader, write_records


class CandidateReader(ColourReader):
    """The colour reader, which also returns its spans as candidates."""

    def candidates(
        self, question: str, passages: list[str], scores: object = ()
    ) -> list[Candidate]:
        return [
            Candidate(
                span.passage, span.start, span.end, passages[span.passage][span.start : span.end],
                20 * span.confidence - 10, 0.0, 0,
            )
            for span in self.read(question, passages)
        ]  # fmt: skip


@pytest.fixture
def reader() -> Any:
    return CandidateReader()


def test_each_case_is_asked_with_and_without_its_context(
    tmp_path: Path, encoder: Encoder, reader: Any
) -> None:
    path = write_records(tmp_path / "colours.jsonl", COLOURS)
    archive = build_archive(path, tmp_path / "work", reader, encoder)
    samples = list(collect_samples(archive, reader, read_cases(path)))
    assert [s.answerable for s in samples] == [True, False] * 3
    assert [s.correct for s in samples] == [True, False] * 3
    assert [s.for_fitting for s in samples] == [True, True, False, False, True, True]


def test_the_report_has_a_row_a_language_and_the_reliability_diagram() -> None:
    samples = [
        Sample("en", features(s, s, 0), float(s > 0), float(s > 0), s > -5, False)
        for s in (9, 5, -3, -8, -9)
    ]
    lines = list(report(samples, Calibration({"en": (0.0, 2.0, 1.0, 0.3)}, 0.3)))
    assert lines[1].split() == [
        "en", "3", "66.7", "66.7", "1.000", "66.7", "100.0", "100.0", lines[1].split()[-1],
    ]  # fmt: skip
    assert sum(int(line.split()[2]) for line in lines[3:]) == 5


def test_a_written_calibration_reads_back_equal(tmp_path: Path) -> None:
    calibration = Calibration({"en": (0.25, 2.0, 1.0, 0.3), "zh": (-1.0, 2.5, 1.0, 0.3)}, 0.3)
    write_calibration(calibration, tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == calibration


def test_the_command_fits_writes_and_reports(
    tmp_path: Path, encoder: Encoder, reader: Any,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    write_records(tmp_path / "dev" / "en-colours.jsonl", COLOURS)
    monkeypatch.setattr("qa.reader.reader.Reader.load", lambda **_: reader)
    monkeypatch.setattr(
        module, "build_archive", lambda path, work: build_archive(path, work, reader, encoder)
    )
    out = tmp_path / "calibration.json"
    main(["--data", str(tmp_path), "--out", str(out)])
    assert Calibration.load(out).threshold == 0.3
    assert capsys.readouterr().out.splitlines()[1].startswith("en  1  100.0  100.0")
