"""The recall benchmark from files to tables."""

from pathlib import Path

import pytest

from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from qa.benchmarks.retrieval.questions import load_questions
from qa.benchmarks.retrieval.recall import main, measure, measure_own


def test_a_table_for_each_archive_and_one_by_kind(
    towns: Path, tmp_path: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    measure([towns], tmp_path / "work", encoder, {"towns": load_questions(towns)})
    rows = capsys.readouterr().out.splitlines()
    groups = [row.partition("  ")[0] for row in rows if row.startswith("towns")]
    assert groups == ["towns", "towns", "towns, name", "towns, rare word"]
    assert rows[1].split()[1] == "5"
    assert rows[1].split()[6:10] == ["100.0", "100.0", "100.0", "1.000"]  # keywords


def test_own_questions_are_asked_of_own_seeds(
    seeds: Path, tmp_path: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    (seeds / "ulm.txt").write_text("The market of Ulm has 10 stalls.")
    own = tmp_path / "own.jsonl"
    own.write_text('{"kind": "en", "question": "Stalls of Ulm?", "evidence": "Ulm has 10"}\n')
    measure_own(own, seeds, tmp_path / "work", encoder)
    assert capsys.readouterr().out.splitlines()[-1].split()[:4] == ["own,", "en", "1", "100.0"]


def test_a_folder_without_question_sets_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"holds no \.jsonl\.xz file"):
        main(["--data", str(tmp_path)])
