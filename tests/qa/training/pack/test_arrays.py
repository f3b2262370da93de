"""Integers and matrices, stored and read back."""

import numpy as np
import pytest

from qa.training.pack.arrays import BLOCK, join_integers, join_matrix, split_integers, split_matrix


@pytest.mark.parametrize(
    "values", [[], [0], [5], [3, 1, 2], [0, 0, 7, 70_000, 2**31], [2**32 - 1, 0], [9, 9, 9]]
)
def test_integers_come_back(values: list[int]) -> None:
    stored = split_integers("x", np.array(values, np.int64))
    assert all(array.dtype == np.uint16 for array in stored.values())
    joined = join_integers(stored, "x")
    assert joined.dtype == np.int64
    assert joined.tolist() == values


def test_ascending_integers_are_stored_as_differences() -> None:
    stored = split_integers("x", np.arange(100_000, 100_500))
    assert stored["x#low#differences"][1:].max() == 1


@pytest.mark.parametrize("value", [-1, 2**32])
def test_integers_that_do_not_fit_are_an_error(value: int) -> None:
    with pytest.raises(ValueError, match="x holds numbers outside"):
        split_integers("x", np.array([value, 0]))


def test_weights_of_4_bits_lose_nothing() -> None:
    rng = np.random.default_rng(0)
    scales = rng.uniform(0.001, 0.1, (6, 3, 1)).astype(np.float16).astype(np.float32)
    blocks = rng.integers(-8, 8, (6, 3, BLOCK))
    blocks[..., 0] = -8  # the largest magnitude, which tells the scale
    blocks[2, 1] = 0
    matrix = (blocks * scales).reshape(6, -1).astype(np.float32)
    stored = split_matrix("m", matrix)
    assert set(stored) == {"m#nibbles", "m#scale"}
    assert stored["m#nibbles"].size == matrix.size / 2
    assert np.array_equal(join_matrix(stored, "m"), matrix)


@pytest.mark.parametrize("shape", [(4, BLOCK), (4, 10)])
def test_other_matrices_are_stored_in_fp16(shape: tuple[int, int]) -> None:
    matrix = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    stored = split_matrix("m", matrix)
    assert stored["m"].dtype == np.float16
    assert np.allclose(join_matrix(stored, "m"), matrix, rtol=1e-3)


def test_vectors_stay_exact() -> None:
    vector = np.random.default_rng(0).normal(size=BLOCK).astype(np.float32)
    assert np.array_equal(join_matrix(split_matrix("v", vector), "v"), vector)
