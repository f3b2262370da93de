"""What readers cost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa import Archive
from qa.benchmarks.speed import readers as module
from qa.benchmarks.speed.readers import TEN, WHOLE, lines, main, times_of
from qa.reader.calibration import Calibration
from qa.reader.reader import Reader
from tests.support.fakes import FakeEncoder
from tests.support.tiny_models import ScriptedModel

QUESTIONS = ["When does the ferry sail?"] * 3
PLAIN = Calibration({"other": (0.0, 5.0, 0.0, 1.0)}, 0.5)


def scripted(name: str | None = None) -> Reader:
    return Reader(ScriptedModel({"nine": (5, 5)}), PLAIN)


@pytest.fixture
def index(make: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of two passages; no question is left out as a warm-up."""
    make({"a.txt": "The ferry sails at nine.", "b.txt": "Rain fell on Trier."})
    monkeypatch.setattr(module, "WARM_UP", 0)
    return tmp_path / "index"


def test_each_question_is_asked_of_every_reader(index: Path, encoder: FakeEncoder) -> None:
    readers = {name: scripted() for name in ("default", "fast")}
    archives = {n: Archive.open(index, reader=r, encoder=encoder) for n, r in readers.items()}
    found = times_of(archives, readers, QUESTIONS)
    assert [(name, *times) for name, times in found.items()] == [
        ("default", TEN, WHOLE),
        ("fast", TEN, WHOLE),
    ]
    assert {len(seconds) for times in found.values() for seconds in times.values()} == {3}


def test_ratios_are_those_of_the_same_question() -> None:
    found = {"default": {TEN: [1.0, 4.0, 2.0]}, "fast": {TEN: [0.5, 1.0, 1.8]}}
    assert lines(found) == [
        f"default: {TEN} 2000.0 / 2000.0, ratio 1.00",
        f"fast: {TEN} 1000.0 / 1000.0, ratio 0.50",
    ]


def test_the_command_prints_a_line_for_each_reader(
    index: Path,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    loaded: list[str | None] = []

    def load(name: str | None = None) -> Reader:
        loaded.append(name)
        return scripted()

    open_archive = Archive.open

    def opened(where: Path, *, reader: Reader) -> Archive:
        return open_archive(where, reader=reader, encoder=encoder)

    monkeypatch.setattr("qa.reader.reader.Reader.load", load)
    monkeypatch.setattr("qa.archive.Archive.open", opened)
    file = index.parent / "questions.tsv"
    file.write_text("".join(f"{question}\tnine\n" for question in QUESTIONS))
    assert main([str(index), str(file)]) == 0
    assert loaded == [None, "fast"]
    out = capsys.readouterr().out
    assert f"fast: {WHOLE} " in out
    assert "held" in out
