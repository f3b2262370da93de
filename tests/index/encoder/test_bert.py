"""The layers against transformers' own, on a tiny random model; and torch without oneDNN."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
from torch import Tensor
from torch.nn.functional import gelu, linear
from transformers import BertConfig, BertModel

from index.encoder import bert
from index.encoder.bert import BLOCK, ROWS, Bert, PackedBatch, best_dtype, native_bf16

TEXTS = [[5, 6, 7], [8] * 40, [9]]


@pytest.fixture(scope="module")
def model() -> BertModel:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=128,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        initializer_range=0.3,
    )
    network = BertModel(config)
    network.train(False)
    return network


@pytest.fixture(autouse=True)
def no_gradients() -> Iterator[None]:
    with torch.inference_mode():
        yield


@pytest.fixture
def without_onednn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A torch that has none of the private operators."""
    monkeypatch.setattr(torch.ops, "mkldnn", SimpleNamespace())


def ours(model: BertModel, dtype: torch.dtype) -> Bert:
    tensors = dict(model.named_parameters())
    return Bert(tensors, "", tensors["embeddings.word_embeddings.weight"], dtype)


def weight_bias_rows() -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    shapes = ((96, 64), (96,), (ROWS, 64))
    weight, bias, rows = (torch.randn(shape, generator=generator) for shape in shapes)
    return weight / 8, bias, rows


def test_hidden_states_are_those_of_transformers(model: BertModel) -> None:
    for text, hidden in zip(TEXTS, ours(model, torch.float32)(TEXTS), strict=True):
        expected = model(torch.tensor([text])).last_hidden_state[0]
        torch.testing.assert_close(hidden, expected, atol=2e-4, rtol=0)


def test_a_prefix_before_the_names_of_the_tensors(model: BertModel) -> None:
    tensors = {f"bert.{name}": tensor for name, tensor in model.named_parameters()}
    words = tensors["bert.embeddings.word_embeddings.weight"]
    (hidden,) = Bert(tensors, "bert.", words, torch.float32)(TEXTS[:1])
    (expected,) = ours(model, torch.float32)(TEXTS[:1])
    assert torch.equal(hidden, expected)


def test_a_missing_tensor_is_a_key_error(model: BertModel) -> None:
    tensors = {n: p for n, p in model.named_parameters() if n != "embeddings.LayerNorm.bias"}
    with pytest.raises(KeyError, match=r"embeddings\.LayerNorm\.bias"):
        Bert(tensors, "", tensors["embeddings.word_embeddings.weight"], torch.float32)


def test_texts_are_padded_to_whole_blocks_and_long_batches_to_few_sizes() -> None:
    short = PackedBatch(TEXTS, torch.float32)
    assert short.blocks == [BLOCK, 48, BLOCK]
    assert short.ids[:4].tolist() == [5, 6, 7, 0]
    assert short.positions[BLOCK : BLOCK + 3].tolist() == [0, 1, 2]
    long = PackedBatch([[1] * 100, [2] * 50], torch.float32)
    assert (sum(long.blocks), long.blocks) == (2 * ROWS, [112, 64, 80])


def test_unpacking_drops_the_padding() -> None:
    batch = PackedBatch([[1] * 100, [2] * 50], torch.float32)
    first, second = batch.unpack(batch.ids)
    assert first.tolist() == [1] * 100
    assert second.tolist() == [2] * 50


def test_a_text_attends_to_its_own_tokens_only() -> None:
    (mask, *_) = PackedBatch(TEXTS, torch.float32).masks
    assert mask.flatten().tolist() == [0.0] * 3 + [float("-inf")] * (BLOCK - 3)


@pytest.mark.usefixtures("without_onednn")
def test_without_the_private_operators_products_are_those_of_linear() -> None:
    weight, bias, rows = weight_bias_rows()
    for dtype, tolerance in ((torch.float32, 1e-5), (torch.bfloat16, 0.05)):
        product = bert._Linear(weight, bias, dtype)
        expected = linear(rows, weight, bias)
        torch.testing.assert_close(product(rows).float(), expected, atol=tolerance, rtol=0.02)
        torch.testing.assert_close(
            product.gelu(rows).float(), gelu(expected), atol=tolerance, rtol=0.02
        )


@pytest.mark.skipif(
    not hasattr(torch.ops.mkldnn, "_linear_pointwise")
    or not torch.ops.mkldnn._is_mkldnn_bf16_supported(),
    reason="the operators need a processor on which oneDNN has bf16",
)
@pytest.mark.parametrize("missing", ["_linear_pointwise", "_reorder_linear_weight"])
def test_products_are_the_same_with_and_without_either_operator(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weight, bias, rows = weight_bias_rows()
    fused = bert._Linear(weight, bias, torch.bfloat16)
    assert fused._fused is not None
    names = {"_linear_pointwise", "_reorder_linear_weight"} - {missing}
    left = {name: getattr(torch.ops.mkldnn, name) for name in names}
    monkeypatch.setattr(torch.ops, "mkldnn", SimpleNamespace(**left))
    plain = bert._Linear(weight, bias, torch.bfloat16)
    assert plain._fused is None
    torch.testing.assert_close(plain(rows), fused(rows), atol=0.02, rtol=0.01)
    torch.testing.assert_close(plain.gelu(rows), fused.gelu(rows), atol=0.02, rtol=0.01)


@pytest.mark.usefixtures("without_onednn")
def test_without_the_private_operators_bf16_layers_stay_close_to_fp32(model: BertModel) -> None:
    whole = ours(model, torch.float32)(TEXTS)
    for hidden, expected in zip(ours(model, torch.bfloat16)(TEXTS), whole, strict=True):
        cosine = torch.nn.functional.cosine_similarity(hidden, expected, dim=-1)
        assert cosine.min() > 0.995


@pytest.mark.usefixtures("without_onednn")
def test_a_torch_that_cannot_tell_about_bf16_computes_in_fp32() -> None:
    assert not native_bf16()
    assert best_dtype() is torch.float32


@pytest.mark.parametrize(
    ("capability", "supported", "instructions", "native"),
    [
        ("AVX512", True, {"avx512_bf16": True}, True),
        ("AVX512", True, {"amx_bf16": True, "avx512_bf16": False}, True),
        ("AVX512", True, {"avx512_bf16": False, "amx_bf16": False}, False),  # would be emulated
        ("AVX512", True, {}, False),
        ("AVX512", False, {"avx512_bf16": True}, False),
        ("AVX2", True, {"avx512_bf16": True}, False),
    ],
)
def test_bf16_is_native_if_processor_and_onednn_both_say_so(
    capability: str,
    supported: bool,
    instructions: dict[str, bool],
    native: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    operators = SimpleNamespace(_is_mkldnn_bf16_supported=lambda: supported)
    monkeypatch.setattr(torch.ops, "mkldnn", operators)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: instructions)
    assert native_bf16() is native
