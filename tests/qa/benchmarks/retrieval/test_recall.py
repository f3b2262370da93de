"""The recall benchmark: what counts as found, and each way's figures."""

import json
import lzma
from pathlib import Path

import pytest

from index.encoder.sentence import Encoder
from qa.benchmarks.retrieval.crowd import measure as crowded
from qa.benchmarks.retrieval.recall import Ranked, asked_of, grouped, measure, table

TOWNS = ("Ulm", "Trier", "Bonn", "Jena", "Gera")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = [
        {
            "title": town,
            "context": f"The market of {town} has {number} stalls.",
            "questions": [
                {
                    "question": f"How many stalls has the market of {town}?",
                    "answers": [{"text": str(number), "start": len(f"The market of {town} has ")}],
                }
            ],
        }
        for number, town in enumerate(TOWNS, start=10)
    ]
    made = tmp_path / "towns.jsonl.xz"
    made.write_bytes(lzma.compress("\n".join(map(json.dumps, lines)).encode()))
    return made


def test_the_tables_show_each_way(
    file: Path, tmp_path: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text('{"kind": "en", "question": "Stalls of Ulm?", "evidence": "Ulm has 10"}\n')
    seeds = tmp_path / "work" / "alone" / "towns"
    measure([file], tmp_path / "work", encoder, own=own, seeds=seeds)
    rows = capsys.readouterr().out.splitlines()
    kinds = [row.partition("  ")[0] for row in rows if row.startswith("towns")]
    assert kinds == ["towns", "towns", "towns, name", "towns, rare word"]
    assert rows[1].split()[1] == "5"
    assert rows[1].split()[6:10] == ["100.0", "100.0", "100.0", "1.000"]  # keywords
    assert rows[-1].split()[:3] == ["own,", "en", "1"]


def test_a_limit_takes_questions_evenly(file: Path) -> None:
    assert [one.question.split()[-1] for one in asked_of(file, 2)] == ["Ulm?", "Bonn?"]
    assert len(asked_of(file)) == 5


def test_figures_are_percent_and_mean_reciprocal_rank() -> None:
    ranks = [1.0, 4.0, float("inf"), float("inf")]
    found = [Ranked("a", (), dict.fromkeys(("dense", "keywords", "fused"), r)) for r in ranks]
    row = table("x", grouped(found)).splitlines()[1]
    assert row.split()[:6] == ["a", "4", "25.0", "50.0", "50.0", "0.312"]


def test_the_same_questions_are_asked_before_and_after_others_are_added(
    file: Path, tmp_path: Path, encoder: Encoder
) -> None:
    added = {"context": "Im Hafen liegen drei Boote.", "title": "Hafen", "questions": []}
    other = tmp_path / "other.jsonl.xz"
    other.write_bytes(lzma.compress(json.dumps(added).encode()))
    rows = crowded(file, [other], tmp_path / "work", encoder)
    assert list(rows) == ["5 passages", "6 passages"]
    assert [len(found) for found in rows.values()] == [5, 5]
