"""Tuned layers are stored as small differences, and read back only over the right base."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import tuned_layers
from index.encoder.bundled import TUNED_LAYERS
from index.encoder.tuned_layers import add_tuned_layers, dequantise, quantise, write_tuned_layers
from index.errors import ArchiveError

MATRIX, BIAS = "encoder.layer.0.output.dense.weight", "encoder.layer.0.output.dense.bias"
POSITIONS, WORDS = "embeddings.position_embeddings.weight", "embeddings.word_embeddings.weight"
Floats = dict[str, NDArray[np.float32]]


@pytest.fixture
def base() -> Floats:
    random = np.random.default_rng(5)
    shapes = {MATRIX: (64, 256), BIAS: (64,), POSITIONS: (16, 64), WORDS: (100, 64)}
    return {n: random.normal(0, 0.1, shape).astype(np.float32) for n, shape in shapes.items()}


@pytest.fixture
def tuned(base: Floats) -> Floats:
    """All but the words, with changes whose size differs from row to row."""
    random = np.random.default_rng(6)
    sizes = {
        MATRIX: np.linspace(1e-4, 2e-3, 64)[:, None],
        **dict.fromkeys((BIAS, POSITIONS), np.array(1e-3)),
    }
    return {
        name: (base[name] + size * random.normal(size=base[name].shape)).astype(np.float32)
        for name, size in sizes.items()
    }


def test_two_bits_keep_a_matrix_within_a_third_of_what_tuning_changed(
    base: Floats, tuned: Floats
) -> None:
    stored = quantise(tuned, base)
    assert stored[MATRIX].dtype == np.uint8
    assert stored[MATRIX].shape == (64, 64)
    change = tuned[MATRIX] - base[MATRIX]
    error = dequantise(stored, base)[MATRIX] - tuned[MATRIX]
    relative = np.linalg.norm(error, axis=1) / np.linalg.norm(change, axis=1)
    assert (relative < 0.45).all()
    least = 0.1175  # Max (1960), two bits
    assert relative.mean() == pytest.approx((least / (1 - least)) ** 0.5, abs=0.02)


def test_two_bits_keep_the_length_of_what_tuning_changed(base: Floats, tuned: Floats) -> None:
    change = tuned[MATRIX] - base[MATRIX]
    kept = dequantise(quantise(tuned, base), base)[MATRIX] - base[MATRIX]
    along = (kept * change).sum(1) / np.square(change).sum(1)
    assert np.allclose(along, 1, atol=0.01)


def test_vectors_and_embeddings_are_stored_whole(base: Floats, tuned: Floats) -> None:
    found = dequantise(quantise(tuned, base), base)
    assert set(found) == set(tuned)
    for name in (BIAS, POSITIONS):
        assert np.array_equal(found[name], tuned[name].astype(np.float16).astype(np.float32))


def test_a_matrix_that_did_not_change_stays_as_it_is(base: Floats) -> None:
    stored = quantise({MATRIX: base[MATRIX]}, base)
    assert np.array_equal(dequantise(stored, base)[MATRIX], base[MATRIX])


def test_what_is_written_is_read_and_the_words_are_those_of_the_base(
    base: Floats, tuned: Floats, tmp_path: Path
) -> None:
    file = tmp_path / "encoder.safetensors"
    write_tuned_layers(tuned, base, file)
    found = add_tuned_layers(base, file)
    expected = dequantise(quantise(tuned, base), base)
    assert set(found) == set(base)
    assert found[WORDS] is base[WORDS]
    for name, tensor in expected.items():
        assert np.array_equal(found[name], tensor), name


def test_another_base_is_an_error_that_names_both_digests(
    base: Floats, tuned: Floats, tmp_path: Path
) -> None:
    file = tmp_path / "encoder.safetensors"
    write_tuned_layers(tuned, base, file)
    other = {**base, WORDS: base[WORDS] + 1}
    with pytest.raises(ArchiveError, match=r"digest \w{32}, not \w{32}: reinstall"):
        add_tuned_layers(other, file)


def test_a_damaged_file_is_an_error_that_names_it(base: Floats, tmp_path: Path) -> None:
    (tmp_path / "encoder.safetensors").write_bytes(TUNED_LAYERS.read_bytes()[:5000])
    with pytest.raises(ArchiveError, match=r"encoder\.safetensors is damaged"):
        add_tuned_layers(base, tmp_path / "encoder.safetensors")


def test_digests_depend_on_names_shapes_and_values(base: Floats) -> None:
    digests = {
        tuned_layers.digest(tensors)
        for tensors in (
            {"a": base[BIAS]},
            {"b": base[BIAS]},
            {"a": base[BIAS][None]},
            {"a": base[BIAS] + 1},
        )
    }
    assert len(digests) == 4
