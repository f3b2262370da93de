"""Our layers and transformers' give the same logits for a tiny model."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import numpy as np
import pytest
import torch

from index.errors import ArchiveError
from qa.reader.networks import MAX_PAIR_TOKENS, PackedBert, PaddedModel
from tests.support.tiny_models import TinyReader

PAIRS = [
    ("who won ?", "anna smith signed the treaty in berlin , in 1999 ."),
    ("when", "who won the cup ? smith ."),
    ("where ?", "berlin"),
]


def expected(tiny: TinyReader) -> list[np.ndarray]:
    outputs = [tiny.model(torch.tensor([pair.ids])) for pair in tiny.encode(*PAIRS)]
    return [torch.stack([o.start_logits[0], o.end_logits[0]], dim=-1).numpy() for o in outputs]


@torch.inference_mode()
def test_packed_logits_are_those_of_transformers(tiny: TinyReader) -> None:
    packed = PackedBert.load(tiny.weights, tiny.encoder, dtype=torch.float32)
    for logits, theirs in zip(packed(tiny.encode(*PAIRS)), expected(tiny), strict=True):
        np.testing.assert_allclose(logits, theirs, atol=2e-4)


@torch.inference_mode()
def test_packed_logits_are_close_without_the_private_operators_of_torch(
    tiny: TinyReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.ops, "mkldnn", SimpleNamespace())
    packed = PackedBert.load(tiny.weights, tiny.encoder, dtype=torch.bfloat16)
    for logits, theirs in zip(packed(tiny.encode(*PAIRS)), expected(tiny), strict=True):
        np.testing.assert_allclose(logits, theirs, atol=0.2)


@torch.inference_mode()
def test_padding_does_not_change_logits(tiny: TinyReader) -> None:
    padded, _, pair_tokens = PaddedModel.load(str(tiny.folder))
    assert pair_tokens == MAX_PAIR_TOKENS
    for logits, theirs in zip(padded(tiny.encode(*PAIRS)), expected(tiny), strict=True):
        np.testing.assert_allclose(logits, theirs, atol=2e-4)


@pytest.mark.parametrize("name", ["nobody/none-such", "./none-such", "models/of/none-such"])
def test_a_missing_model_is_an_error_that_says_how_to_bring_it(name: str) -> None:
    with pytest.raises(ArchiveError, match=rf"cannot load the reader '{name}'") as raised:
        PaddedModel.load(name)
    said = str(raised.value)
    assert "no such folder, nor a model of this name" in said
    assert "give 'fast', or the folder of" in said
    assert "hf download MODEL --local-dir FOLDER" in said
    assert "huggingface.co" not in said


def test_a_folder_without_a_model_is_an_error_that_says_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(ArchiveError, match=r"no file named model\.safetensors.*give 'fast'"):
        PaddedModel.load(str(tmp_path))


def test_a_model_by_name_is_not_looked_for_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_local(name: str, *, local_files_only: bool) -> NoReturn:
        assert local_files_only
        assert os.environ["HF_HUB_OFFLINE"] == "1"
        raise OSError(f"no {name} here")

    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr("transformers.AutoTokenizer.from_pretrained", nothing_local)
    with pytest.raises(ArchiveError, match="cannot load the reader 'nobody/none-such'"):
        PaddedModel.load("nobody/none-such")


def test_a_model_without_a_span_head_is_an_error(tiny: TinyReader, tmp_path: Path) -> None:
    tiny.model.bert.save_pretrained(tmp_path)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((tiny.folder / name).read_bytes())
    with pytest.raises(ArchiveError, match="no span head"):
        PaddedModel.load(str(tmp_path))
