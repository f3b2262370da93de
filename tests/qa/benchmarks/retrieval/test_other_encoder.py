"""The bundled encoder unpacked with other weights."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.errors import ArchiveError
from qa.benchmarks.retrieval import other_encoder
from qa.benchmarks.retrieval.other_encoder import main, unpack

ONE, HALF = np.ones(2, np.float32), np.full(2, 0.5, np.float16)


@pytest.fixture(autouse=True)
def small_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder of two tensors instead of the bundled one."""
    folder = tmp_path / "bundled" / "small-1"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    save_file({"words": ONE, "layer": 3 * ONE}, folder / "model.safetensors")
    base = SimpleNamespace(tensors={"words": ONE, "layer": 2 * ONE})
    monkeypatch.setattr(other_encoder, "model_folder", lambda: folder)
    monkeypatch.setattr(other_encoder, "read_wheel_model", lambda: base)


def test_tuned_weights_replace_those_before_tuning(tmp_path: Path) -> None:
    save_file({"layer": HALF}, tmp_path / "tuned.safetensors")
    folder = unpack(tmp_path / "tuned.safetensors", tmp_path / "cache")
    tensors = load_file(folder / "model.safetensors")
    assert tensors["layer"].tolist() == [0.5, 0.5]
    assert tensors["words"].tolist() == [1, 1]
    assert (folder / "config.json").is_file()
    assert folder == tmp_path / "cache" / "small-1"


def test_without_weights_it_is_the_encoder_before_tuning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--cache", str(tmp_path / "cache")]) == 0
    folder = Path(capsys.readouterr().out.strip())
    assert load_file(folder / "model.safetensors")["layer"].tolist() == [2, 2]


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    unpack(None, tmp_path / "cache")
    with pytest.raises(ArchiveError, match="is there already: give --cache a new folder"):
        unpack(None, tmp_path / "cache")
