"""Scores on held-out questions while a model is trained."""

from pathlib import Path

import pytest
import torch

from qa.training.data.contexts import Context
from qa.training.run import dev_scores as module
from qa.training.run.dev_scores import answer_texts, best_text, dev_scores, load_dev_set
from qa.training.run.training import build_model
from tests.support.tiny_models import tiny_encoder, tiny_tokenizer


def test_a_dev_set_is_a_fixed_sample_named_after_its_language(data: Path) -> None:
    path = data / "dev" / "en-tiny.jsonl.xz"
    dev = load_dev_set(path, 3, tiny_tokenizer())
    assert (dev.name, dev.language, len(dev.questions)) == ("en-tiny", "en", 3)
    assert dev == load_dev_set(path, 3, tiny_tokenizer())
    assert all(answer_texts(q, dev) for q in dev.questions)


def test_the_best_text_is_a_span_of_the_context(data: Path, tmp_path: Path) -> None:
    tiny_encoder(tmp_path)
    model = build_model(tmp_path / "encoder")
    dev = load_dev_set(data / "dev" / "en-tiny.jsonl.xz", 4, tiny_tokenizer())
    for question in dev.questions:
        context: Context = dev.contexts[question.context]
        text = best_text(model, question, context, tiny_tokenizer())
        assert text
        assert text in context.text


def test_scores_are_percentages_by_set(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_encoder(tmp_path)
    model = build_model(tmp_path / "encoder")
    dev = load_dev_set(data / "dev" / "en-tiny.jsonl.xz", 8, tiny_tokenizer())
    monkeypatch.setattr(module, "best_text", lambda *_: "Anna Smith")
    assert dev_scores(model, [dev], tiny_tokenizer()) == {"en-tiny": (50.0, 50.0)}
    assert model.training
    assert torch.is_grad_enabled()
