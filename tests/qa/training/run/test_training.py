"""The learning rate, the model to start from, and the optimizer."""

from pathlib import Path

import pytest
import torch

from qa.training.run.training import (
    FINAL_RATE,
    PEAK_RATE,
    WEIGHT_DECAY,
    build_model,
    learning_rate,
    make_optimizer,
)
from tests.support.tiny_models import save_tiny_reader, tiny_encoder


def test_the_rate_rises_then_falls() -> None:
    rates = [learning_rate(done / 100) for done in range(101)]
    assert rates[0] == 0
    assert max(rates) == pytest.approx(PEAK_RATE, rel=0.05)
    assert rates[100] == pytest.approx(PEAK_RATE * FINAL_RATE)
    halved = [learning_rate(done / 100, PEAK_RATE / 2) for done in range(101)]
    assert halved == pytest.approx([rate / 2 for rate in rates])
    assert rates[4:] == sorted(rates[4:], reverse=True)


def test_training_starts_from_given_weights(tmp_path: Path) -> None:
    model = tiny_encoder(tmp_path)
    with torch.no_grad():
        model.qa_outputs.weight.fill_(0.5)
    start = save_tiny_reader(model, tmp_path / "start.safetensors")
    fresh = build_model(tmp_path / "encoder")
    resumed = build_model(tmp_path / "encoder", start)
    assert torch.equal(resumed.qa_outputs.weight, model.qa_outputs.weight)
    assert not torch.equal(fresh.qa_outputs.weight, model.qa_outputs.weight)


def test_word_embeddings_are_frozen_and_biases_do_not_decay(tmp_path: Path) -> None:
    tiny_encoder(tmp_path)
    model = build_model(tmp_path / "encoder")
    matrices, vectors = make_optimizer(model).param_groups
    assert (matrices["weight_decay"], vectors["weight_decay"]) == (WEIGHT_DECAY, 0)
    assert all(p.ndim == 1 for p in vectors["params"])
    assert not model.bert.embeddings.word_embeddings.weight.requires_grad
