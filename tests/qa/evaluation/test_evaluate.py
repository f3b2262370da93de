"""An evaluation whose correct figures are known."""

from pathlib import Path
from typing import Any

import pytest

from index import build
from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.store.doors import open_store
from qa.archive import Archive
from qa.evaluation import evaluate as command
from qa.evaluation.evaluate import evaluate, main
from tests.support.fakes import FakeEncoder
from tests.support.question_sets import COLOURS, ColourReader, write_records

READER: Any = ColourReader()


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    return write_records(tmp_path / "colours.jsonl", COLOURS)


def test_an_annotated_file_is_asked_of_its_own_contexts(colours: Path, encoder: Encoder) -> None:
    outcomes = evaluate(colours, reader=READER, encoder=encoder)
    assert [o.prediction for o in outcomes] == ["red", "green", "white"]
    assert all(o.answered and o.correct and o.cites_gold and o.gold_rank == 1 for o in outcomes)


def test_a_limit_asks_fewer_questions(colours: Path, encoder: Encoder) -> None:
    assert len(evaluate(colours, reader=READER, encoder=encoder, limit=1)) == 1


def test_a_tab_separated_file_is_asked_of_an_existing_index(
    tmp_path: Path, seeds: Path, encoder: Encoder
) -> None:
    (seeds / "a.txt").write_text("Colours\n\nThe door in the house is red.\n")
    build(seeds, tmp_path / "index", encoder=encoder)
    own = tmp_path / "own.txt"
    own.write_text("door colour\tred\ndoor number\t7\nlamp colour\t\n", "utf-8")
    outcomes = evaluate(own, index=tmp_path / "index", reader=READER, encoder=encoder)
    assert [(o.answered, o.correct) for o in outcomes] == [
        (True, True), (True, False), (False, True),
    ]  # fmt: skip


def test_the_command_prints_the_table(
    colours: Path, encoder: Encoder,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("qa.reader.reader.Reader.load", lambda name: READER)
    measured = evaluate(colours, reader=READER, encoder=encoder)
    monkeypatch.setattr(command, "evaluate", lambda *_, **__: measured)
    assert main([str(colours)]) == 0
    assert "exact match / F1" in capsys.readouterr().out


def test_an_error_rate_is_kept_in_the_index_and_dropped(
    tmp_path: Path, seeds: Path, encoder: Encoder,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (seeds / "a.txt").write_text("Colours\n\nThe door in the house is red.\n")
    index = tmp_path / "index"
    build(seeds, index, encoder=encoder)
    own = tmp_path / "own.txt"
    own.write_text("door colour\tred\n" * 40 + "lamp colour\t\nroof colour\t?\n", "utf-8")
    monkeypatch.setattr(ColourReader, "digest", "abc", raising=False)
    monkeypatch.setattr("qa.reader.reader.Reader.load", lambda name: READER)
    opened = Archive.open
    monkeypatch.setattr(
        "qa.evaluation.evaluate.Archive.open",
        lambda index, reader, encoder: opened(index, reader=READER, encoder=FakeEncoder()),
    )
    with pytest.raises(ArchiveError, match="nothing was changed"):
        main([str(own), "--index", str(index), "--apply", "5%"])
    assert main([str(own), "--index", str(index), "--apply", "20%"]) == 0
    out = capsys.readouterr().out
    assert "right answer not known" in out
    assert "--apply none undoes it" in out
    chosen, _ = opened(index, reader=READER, encoder=FakeEncoder()).error_rate()
    assert chosen is not None
    assert (chosen.rate, chosen.questions) == (0.2, 42)
    assert main(["--index", str(index), "--apply", "none"]) == 0
    assert open_store(index).note("error rate") is None


def test_an_error_rate_is_for_questions_to_an_archive(colours: Path) -> None:
    with pytest.raises(ArchiveError, match="brings texts of its own"):
        main([str(colours), "--apply", "5%"])
    with pytest.raises(ArchiveError, match="name a file"):
        main(["--apply", "5%"])


def test_a_limit_below_one_is_an_error(colours: Path) -> None:
    with pytest.raises(ArchiveError, match="--limit is 0"):
        main([str(colours), "--limit", "0"])
