"""Our layers for training: the same numbers as transformers', by the same names."""

import pytest
import torch
from transformers import BertConfig, BertForQuestionAnswering

from qa.training.model import bert
from qa.training.model.bert import Reader, build_reader
from tests.support.training_pack import small_pack

ENCODER = {n: torch.from_numpy(t) for n, t in small_pack(contexts=3, layers=4).encoder.items()}
IDS = torch.tensor([[0, 7, 9, 2, 2, 11, 12, 2], [0, 8, 2, 2, 13, 2, 1, 1]])


def peer(model: Reader) -> BertForQuestionAnswering:
    words = ENCODER["embeddings.word_embeddings.weight"]
    theirs = BertForQuestionAnswering(
        BertConfig(
            vocab_size=len(words),
            hidden_size=64,
            num_hidden_layers=4,
            num_attention_heads=2,
            intermediate_size=128,
            max_position_embeddings=256,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
    )
    state = dict(model.state_dict()) | {"bert.embeddings.word_embeddings.weight": words}
    theirs.load_state_dict(state)
    return theirs


@pytest.fixture
def precise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bert, "activation_dtype", lambda device: torch.float32)


@pytest.mark.usefixtures("precise")
def test_logits_and_gradients_are_those_of_transformers() -> None:
    model = build_reader(ENCODER)
    theirs = peer(model)
    mask = IDS != 1
    output = theirs(input_ids=IDS, attention_mask=mask.long())
    expected = torch.stack([output.start_logits, output.end_logits], -1)
    found = model(IDS)
    torch.testing.assert_close(found[mask], expected[mask], atol=1e-4, rtol=1e-4)
    found[mask].square().mean().backward()
    expected[mask].square().mean().backward()  # type: ignore[no-untyped-call]
    others = dict(theirs.named_parameters())
    for name, parameter in model.named_parameters():
        torch.testing.assert_close(parameter.grad, others[name].grad, atol=1e-4, rtol=1e-3)


@pytest.mark.parametrize("native", [True, False])
def test_activations_are_bf16_where_the_processor_is_made_for_it(
    monkeypatch: pytest.MonkeyPatch, native: bool
) -> None:
    monkeypatch.setattr(bert, "native_bf16", lambda: native)
    expected = torch.bfloat16 if native else torch.float32
    activation_dtype = bert.activation_dtype.__wrapped__  # without what it remembers
    assert activation_dtype("cpu") == expected
    assert activation_dtype("cuda") == torch.bfloat16


def test_bf16_activations_give_nearly_the_same_scores_and_fp32_gradients(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = build_reader(ENCODER)
    scores = {}
    for dtype in (torch.float32, torch.bfloat16):
        monkeypatch.setattr(bert, "activation_dtype", lambda device, dtype=dtype: dtype)
        scores[dtype] = model(IDS)
    torch.testing.assert_close(*scores.values(), atol=0.02, rtol=0.05)
    assert not torch.equal(*scores.values())
    scores[torch.bfloat16].sum().backward()
    assert {p.grad.dtype for p in model.parameters() if p.grad is not None} == {torch.float32}


def test_frozen_layers_and_what_is_below_them_get_no_gradient() -> None:
    whole, frozen = build_reader(ENCODER), build_reader(ENCODER, frozen=2)
    frozen.load_state_dict(whole.state_dict())
    torch.testing.assert_close(whole(IDS), frozen(IDS))
    frozen(IDS).sum().backward()
    names = {name for name, p in frozen.named_parameters() if p.grad is None}
    assert {n for n, p in frozen.named_parameters() if not p.requires_grad} == names
    assert "bert.embeddings.LayerNorm.weight" in names
    assert {n.split(".layer.")[1][0] for n in names if ".layer." in n} == {"0", "1"}
    assert all(not p.requires_grad or p.grad is not None for p in frozen.parameters())


def test_a_student_takes_every_other_layer_of_a_reader() -> None:
    teacher = build_reader(ENCODER)
    start = dict(teacher.named_parameters())
    student = build_reader(ENCODER, start, layers=2)
    weights = dict(student.named_parameters())
    name = "bert.encoder.layer.{}.output.dense.weight"
    assert torch.equal(weights[name.format(1)], start[name.format(2)])
    assert torch.equal(weights["qa_outputs.weight"], start["qa_outputs.weight"])
    assert name.format(2) not in weights


def test_dropout_is_for_training_only() -> None:
    model = build_reader(ENCODER, dropout=0.5)
    assert not torch.equal(model(IDS), model(IDS))
    model.train(False)
    assert torch.equal(model(IDS), model(IDS))


def test_a_missing_weight_is_named() -> None:
    with pytest.raises(KeyError, match=r"layer\.3\.attention"):
        build_reader({n: t for n, t in ENCODER.items() if "layer.3.attention" not in n})
