"""The growth benchmark: archives of the size asked for, that are sound, and figures of them."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from index.admin.check import check
from index.store.base.settings import Settings
from index.store.doors import open_store
from index.store.sqlite.vector_table import all_vectors
from index.text.terms import VERSION
from qa.benchmarks.speed import asking, growth
from qa.benchmarks.speed.grown import grow, read_real

SETTINGS = Settings("fake", "1", 64, 128, 1, VERSION)
TEXT = {
    "en": "The keeper counted {} ships. He wrote the number {} into a book.",
    "zh": "他说{}。他又走了{}。",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "dev"
    folder.mkdir(parents=True)
    for language in ("en", "zh"):
        rows = [
            {
                "context": TEXT[language].format(f"{language}{i}", i),
                "questions": [{"question": f"Who counted {language}{i}?"}],
            }
            for i in range(20)
        ]
        with lzma.open(folder / f"{language}-x.jsonl.xz", "wt", encoding="utf-8") as file:
            file.write("\n".join(map(json.dumps, rows)))
    return folder.parent


def test_real_passages_come_first_and_the_index_is_sound(
    data: Path, tmp_path: Path, encoder
) -> None:
    real = read_real(data, 30, 10, encoder, tmp_path)
    assert (len(real.texts), len(real.questions)) == (30, 10)
    assert set(real.languages) == {"en", "zh"}
    again = read_real(data, 30, 10, encoder, tmp_path)
    assert len(encoder.embedded) == 30, "they are kept"
    assert again.texts == real.texts
    assert min(grow(tmp_path / "index", 103, real, SETTINGS)) > 0
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = snapshot.passages(range(1, 200))
        assert len(passages) == 103
        assert [passages[i].text for i in range(1, 31)] == real.texts
        _, values, _ = all_vectors(snapshot._connection, 64)
    assert np.allclose(values[:30], encoder.queries(real.texts), atol=1e-6)
    wrong = [p.sentence for p in check(tmp_path / "index") if p.what != "article"]
    assert wrong == []


def test_it_is_opened_and_asked_in_a_process_of_its_own(
    data: Path, tmp_path: Path, encoder, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(asking, "WARMING", 1)
    real = read_real(data, 30, 10, encoder, tmp_path)
    grow(tmp_path / "index", 60, real, SETTINGS)
    assert asking.main([str(tmp_path / "index"), str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {len(found["seconds"][name]) for name in ("dense", "keyword", "fused")} == {9}
    assert found["recall"] > 0.98
    assert found["memory"]["most"] >= found["memory"]["held"] > found["memory"]["own"] > 0


def test_the_table(
    data: Path, encoder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "SentenceEncoder", lambda: encoder)
    asked = {"open": 0.1, "recall": 1.0, "memory": {"held": 2e6, "mapped": 1e6},
             "seconds": dict.fromkeys(("dense", "keyword", "fused"), [0.001] * 20)}  # fmt: skip
    monkeypatch.setattr(growth, "_asked", lambda index, folder: asked)
    assert growth.main(["40", "50", "--data", str(data), "--real", "10"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("|") for line in lines[-4:]] == [lines[-4].count("|")] * 4
    assert lines[-1].startswith("| 50 | ")
    assert " | exact | 1.000 | 0.10 | 1.0 / 1.0 | " in lines[-1]


def test_noisy_copies_are_unit_vectors_near_real_ones(data: Path, tmp_path: Path, encoder) -> None:
    real = read_real(data, 30, 1, encoder, tmp_path)
    grow(tmp_path / "index", 90, real, SETTINGS)
    with open_store(tmp_path / "index").snapshot() as snapshot:
        _, values, _ = all_vectors(snapshot._connection, 64)
    assert np.linalg.norm(values, axis=1) == pytest.approx(np.ones(90), abs=1e-5)
    nearest = (values[30:] @ real.vectors.T).max(axis=1)
    assert 0.5 < nearest.mean() < 0.9999
