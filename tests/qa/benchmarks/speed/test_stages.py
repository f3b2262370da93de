"""Where the time of a question goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.encoder.sentence import Encoder
from index.store.doors import open_store
from qa import Archive
from qa.benchmarks.speed import stages as module
from qa.benchmarks.speed.stages import (
    STAGES,
    format_table,
    main,
    measure,
    open_filled,
    percentiles,
)
from qa.evaluation.dataset_archive import build_archive
from qa.reader.reader import Reader
from tests.support.question_sets import COLOURS, ColourReader, write_records


def test_every_stage_of_a_real_question_is_timed(
    make: Callable[..., object], tmp_path: Path, encoder: Encoder
) -> None:
    make({"a.txt": "The ferry sails at nine.", "b.txt": "Rain fell on Trier."})
    reader = Reader.load()
    archive = Archive.open(tmp_path / "index", reader=reader, encoder=encoder)
    (timing,) = measure(archive, reader, ["When does the ferry sail?"])
    assert all(timing[stage] > 0 for stage in STAGES)
    assert timing["all"] == pytest.approx(sum(v for k, v in timing.items() if k != "all"))
    assert percentiles([timing])["all"][0] == pytest.approx(1000 * timing["all"])


def test_percentiles_are_in_milliseconds() -> None:
    timings = [{"read": n / 1000, "all": 0.5} for n in range(1, 101)]
    rows = percentiles(timings)
    assert rows["read"] == (50.5, 96.0)
    assert rows["dense"] == (0.0, 0.0)
    lines = format_table(rows).splitlines()
    assert lines[0].split() == ["ms", "p50", "p95"]
    assert "read           50.5     96.0" in lines


def test_a_filled_archive_is_built_once(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_records(tmp_path / "colours.jsonl", COLOURS)
    built = []

    def build(file: Path, work: Path, reader: Any) -> Archive:
        built.append(file)
        return build_archive(file, work, reader, encoder)

    monkeypatch.setattr(module, "build_archive", build)
    monkeypatch.setattr(
        "qa.archive.Archive.open", lambda folder, **_: sorted(p.name for p in folder.iterdir())
    )
    reader: Any = ColourReader()
    first = open_filled(path, tmp_path / "work", 12, reader)
    assert open_filled(path, tmp_path / "work", 12, reader) == first
    assert built == [path]


def test_an_archive_is_filled_with_other_texts(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_records(tmp_path / "colours.jsonl", COLOURS)
    (tmp_path / "filler").mkdir()
    write_records(tmp_path / "filler" / "de-x.jsonl.xz", [{"context": "Der Turm ist hoch."}])
    monkeypatch.setattr(
        module,
        "build_archive",
        lambda path, folder, reader: build_archive(path, folder, reader, encoder),
    )
    monkeypatch.setattr("qa.archive.Archive.open", lambda folder, **_: open_store(folder))
    reader: Any = ColourReader()
    store: Any = open_filled(path, tmp_path / "work", 12, reader, tmp_path / "filler")
    with store.snapshot() as snapshot:
        assert "Der Turm ist hoch." in [p.text for p in snapshot.all_passages()]


def test_the_command_prints_and_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_records(tmp_path / "colours.jsonl", COLOURS)
    timing = {**dict.fromkeys(STAGES, 0.01), "rest": 0.0, "all": 0.07}
    monkeypatch.setattr("qa.reader.reader.Reader.load", ColourReader)
    monkeypatch.setattr(module, "open_filled", lambda *_: None)
    monkeypatch.setattr(module, "measure", lambda *_: [timing])
    picture = tmp_path / "stages.svg"
    assert main([str(path), "--picture", str(picture), "--limit", "2"]) == 0
    assert "2 questions of colours.jsonl, 100,000 passages" in capsys.readouterr().out
    assert "<svg" in picture.read_text()
