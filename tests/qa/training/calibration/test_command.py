"""The calibration command: what it fits on, writes and prints."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.encoder.sentence import Encoder
from qa.evaluation.dataset_archive import archive_of
from qa.reader.calibration import Calibration
from qa.reader.settings import Settings
from qa.reader.span_model import SpanModel
from qa.training.calibration import command
from tests.support.kept_readings import passage, question, reading
from tests.support.question_sets import COLOURS, write_records
from tests.support.tiny_models import ScriptedModel

SCORES = dict.fromkeys(("red", "green", "white"), (5.0, 5.0))
HEADER = "en-colours, 3 questions"


@pytest.fixture
def data(tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one set, and no real models."""
    write_records(tmp_path / "data" / "dev" / "en-colours.jsonl", COLOURS)
    monkeypatch.setattr(SpanModel, "load", lambda *_: ScriptedModel(SCORES))
    monkeypatch.setattr(command, "CcCedict", lambda: Dictionary())

    def build(articles: Any, folder: Path, reader: Any) -> Any:
        return archive_of(articles, folder, reader, encoder)

    monkeypatch.setattr(command, "archive_of", build)
    return tmp_path / "data"


class Dictionary:
    def get_entries(self) -> list[dict[str, object]]:
        return []


def test_half_of_the_documents_is_fitted_on_and_the_other_measured() -> None:
    readings = [
        reading(question(number=n), passage(n, "nine", 6.0), passage(99, "ten", -6.0))
        for n in (0, 1, 2, 2, 3)
    ]
    calibration, measured = command.fit(readings, Settings())
    assert [r.question.context for r in measured] == [1, 3]
    assert calibration.confidence("other", (1.0, 0.6, 1.0, 0.0)) > 0.5


def test_a_written_calibration_reads_back_equal(tmp_path: Path) -> None:
    calibration = Calibration(
        {"other": (0.25, 2.0, 1.0, 0.3), "en>zh": (-1.0, 2.5, 1.0, 0.3)},
        0.3,
        {"en>zh": 0.22},
        Settings(top_k=8, grow="none"),
    )
    command.write_calibration(calibration, tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == calibration


def test_the_command_fits_writes_and_reports(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights, out, report = (tmp_path / name for name in ("weights", "calibration.json", "r.json"))
    weights.write_bytes(b"")
    work = str(tmp_path / "work")
    paths = ["--weights", str(weights), "--out", str(out), "--report", str(report), "--work", work]
    command.main(["--data", str(data), *paths, "--grow", "none"])
    assert Calibration.load(out).settings.grow == "none"
    assert json.loads(report.read_text("utf-8"))["sets"].keys() == {"en-colours"}
    assert "en-colours" in capsys.readouterr().out
    assert len(list((tmp_path / "work" / "en-colours").glob("readings-*"))) == 1


def test_the_ways_to_get_answers_of_the_right_length_can_be_compared(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--data", str(data), "--compare-extents"])
    assert capsys.readouterr().out.startswith(HEADER)
