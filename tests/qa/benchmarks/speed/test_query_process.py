"""Querying one index, with vectors that were embedded before."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.store.base.settings import Settings
from qa.benchmarks.speed import query_process
from qa.benchmarks.speed.query_process import PrecomputedEncoder
from qa.benchmarks.speed.synthetic import load_real_data, write_index
from tests.support.fakes import FakeEncoder


def test_the_figures_of_an_index(
    data: Path, tmp_path: Path, encoder: FakeEncoder, settings: Settings,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(query_process, "WARM_UP", 1)
    real = load_real_data(data, 30, 10, encoder, tmp_path)
    write_index(tmp_path / "index", 60, real, settings)
    assert query_process.main([str(tmp_path / "index"), str(tmp_path)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {len(figures["seconds"][name]) for name in ("dense", "keyword", "fused")} == {9}
    assert figures["recall"] > 0.98
    memory = figures["memory"]
    assert memory["most"] >= memory["held"] > memory["own"] > 0


def test_precomputed_vectors_are_looked_up_by_question() -> None:
    vectors = np.eye(3, dtype=np.float32)
    encoder = PrecomputedEncoder(["a", "b", "c"], vectors)
    assert encoder.dimension == 3
    assert np.array_equal(encoder.queries(["c", "a"]), vectors[[2, 0]])
    with pytest.raises(KeyError):
        encoder.queries(["d"])
