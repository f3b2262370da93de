"""The tuning run: the loss falls, and the mean of old and new weights is written."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from index.errors import ArchiveError
from qa.training.model.bert import WORDS, build_reader
from qa.training.pack.pack_file import Pack, write_pack
from qa.training.tuning.command import PEAK_RATE, main, mean, rate, tune
from qa.training.tuning.contrastive import Vectors, contrastive_loss
from qa.training.tuning.pairs import Pairs


@pytest.fixture
def file(pack: Pack, tmp_path: Path) -> Path:
    write_pack(pack, tmp_path / "pack.npz")
    return tmp_path / "pack.npz"


def model_of(pack: Pack) -> Vectors:
    return Vectors(build_reader({n: torch.from_numpy(t) for n, t in pack.encoder.items()}))


def test_tuning_lowers_the_loss(pack: Pack) -> None:
    model, drawn = model_of(pack), Pairs(pack, pack.splits["train"])
    batch = drawn.draw(32, random.Random(9))

    def loss() -> float:
        with torch.no_grad():
            asked, read = model(batch.questions), model(batch.passages)
            return float(contrastive_loss(asked, read, batch.contexts))

    before = loss()
    tune(model, drawn, minutes=0.1, questions=8, seed=1)
    assert loss() < before


def test_the_mean_with_the_starting_weights_is_written(
    file: Path, pack: Pack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--minutes", "0.03", "--questions", "4", "--device", "cpu"]
    main([str(file), "--out", str(tmp_path / "out"), *options])
    assert "step 1 " in capsys.readouterr().out
    found = load_file(tmp_path / "out" / "encoder.safetensors")
    assert set(found) == set(pack.encoder) - {WORDS}
    assert {tensor.dtype for tensor in found.values()} == {np.dtype(np.float16)}
    moved = max(float(np.abs(found[n] - pack.encoder[n]).max()) for n in found)
    assert 1e-5 < moved < 0.1
    start = str(tmp_path / "out" / "encoder.safetensors")
    main([str(file), "--out", str(tmp_path / "next"), "--start", start, *options])
    assert set(load_file(tmp_path / "next" / "encoder.safetensors")) == set(found)


def test_the_mean_is_halfway(pack: Pack) -> None:
    model = model_of(pack)
    name = "encoder.layer.0.output.dense.bias"
    start = {name: torch.from_numpy(pack.encoder[name]) + 1}
    assert torch.allclose(mean(model, start)[name].float(), start[name] - 0.5, atol=1e-3)


def test_unreadable_weights_are_an_error(file: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot read the weights .*nothing"):
        main([str(file), "--out", str(tmp_path), "--start", str(tmp_path / "nothing")])


def test_the_rate_rises_and_falls() -> None:
    assert rate(0.0) < rate(0.03) < rate(0.06) <= PEAK_RATE
    assert rate(0.06) > rate(0.5) > rate(1.0) == pytest.approx(0.02 * PEAK_RATE)
