"""int8 weights: the rounding error, and what stays as it is."""

from pathlib import Path

import pytest
import torch

from qa.reader.quantised import MIN_ROWS, dequantise, quantise, read_weights, write_weights


def test_quantised_weights_are_within_half_a_step() -> None:
    weight = torch.randn(16, 40, generator=torch.Generator().manual_seed(1))
    stored = quantise({"w": weight, "b": torch.ones(16)})
    assert stored["w"].dtype == torch.int8
    step = weight.abs().amax(1, keepdim=True) / 127
    weights = dequantise(stored)
    assert set(weights) == {"w", "b"}
    assert ((weights["w"] - weight).abs() <= step / 2 + 1e-6).all()


def test_quantised_rows_of_zeros_stay_zero() -> None:
    assert not dequantise(quantise({"w": torch.zeros(8, 8)}))["w"].any()


def test_vectors_and_small_matrices_are_exact() -> None:
    weights = {"head": torch.rand(MIN_ROWS - 1, 40), "norm": torch.rand(40)}
    stored = quantise(weights)
    assert stored.keys() == weights.keys()
    assert all(torch.equal(stored[name], weights[name]) for name in weights)


def test_weights_survive_writing_and_reading(tmp_path: Path) -> None:
    weights = {"w": torch.rand(16, 4, generator=torch.Generator().manual_seed(1))}
    write_weights(weights, tmp_path / "w.safetensors")
    read = read_weights(tmp_path / "w.safetensors")
    assert torch.equal(read["w"], dequantise(quantise(weights))["w"])


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        read_weights(tmp_path / "none.safetensors")
