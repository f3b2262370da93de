"""The span model against transformers, on a tiny encoder made here."""

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertForQuestionAnswering

from index.encoder import bert
from index.encoder.bert import native_bf16
from index.errors import ArchiveError
from qa.reader.networks import PackedBert
from qa.reader.quantised import dequantise, quantise, read_reader
from qa.reader.span_model import PAIR_TOKENS, QUESTION_TOKENS, SpanModel
from tests.support.tiny_models import shipped, tiny_encoder, tiny_tokenizer

TREATY = "anna smith signed the treaty in berlin , in 1999 ."
CUP = "who won the cup ? smith ."


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BertForQuestionAnswering]:
    folder = tmp_path_factory.mktemp("tiny")
    model = tiny_encoder(folder)
    shipped(model, folder / "reader.safetensors")
    model.load_state_dict(read_reader(folder / "reader.safetensors"), strict=False)
    model.save_pretrained(folder)  # with the rounding, so that both hold the same weights
    return folder, model


def test_quantised_weights_are_within_half_a_step() -> None:
    weight = torch.randn(16, 40, generator=torch.Generator().manual_seed(1))
    stored = quantise({"w": weight, "b": torch.ones(16)})
    assert stored["w"].dtype == torch.int8
    step = weight.abs().amax(1, keepdim=True) / 127
    found = dequantise(stored)
    assert set(found) == {"w", "b"}
    assert ((found["w"] - weight).abs() <= step / 2 + 1e-6).all()


def test_quantised_rows_of_zeros_stay_zero() -> None:
    assert not dequantise(quantise({"w": torch.zeros(8, 8)}))["w"].any()


def test_packed_gives_what_transformers_gives(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, model = tiny
    tokenizer = tiny_tokenizer()
    pairs = tokenizer.encode_batch([("who won ?", TREATY), ("when", CUP), ("where ?", "berlin")])
    packed = PackedBert.load(
        folder / "reader.safetensors", folder / "encoder", matrix=torch.float32
    )
    with torch.inference_mode():
        found = packed(pairs)
        for pair, logits in zip(pairs, found, strict=True):
            expected = model(torch.tensor([pair.ids]))
            both = torch.stack([expected.start_logits[0], expected.end_logits[0]], dim=-1)
            np.testing.assert_allclose(logits, both.numpy(), atol=2e-4)


def test_rows_come_in_few_numbers(
    tiny: tuple[Path, BertForQuestionAnswering], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each other number of rows is a new kernel for torch to make and to keep."""
    folder, _ = tiny
    rows = set()
    model = SpanModel.load(folder / "reader.safetensors", folder / "encoder")
    run = bert.Layer.__call__
    monkeypatch.setattr(
        bert.Layer,
        "__call__",
        lambda layer, hidden, packing: rows.add(len(hidden)) or run(layer, hidden, packing),
    )
    for count in range(1, 30):
        for texts in (1, 12):
            found, *_ = model.read("who signed ?", [" ".join(["berlin"] * count)] * texts)
            assert len(found.start) == count
    assert rows == {16, 32, 48, 256, 384, 640}


def test_a_pair_scores_the_same_whatever_is_read_with_it(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, _ = tiny
    model = SpanModel.load(folder / "reader.safetensors", folder / "encoder")
    alone = model.read("who signed ?", [TREATY])[0]
    among = model.read("who signed ?", [CUP, TREATY, "berlin"])[1]
    tolerance = 0.05 if native_bf16() else 1e-4
    np.testing.assert_allclose(alone.start, among.start, atol=tolerance)


def test_hugging_face_model_gives_the_same_scores(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, _ = tiny
    foreign = SpanModel.from_hugging_face(str(folder))
    ours = SpanModel.load(folder / "reader.safetensors", folder / "encoder")
    for one, other in zip(
        foreign.read("who won ?", [TREATY, CUP]), ours.read("who won ?", [TREATY, CUP]), strict=True
    ):
        np.testing.assert_array_equal(one.offsets, other.offsets)
        np.testing.assert_allclose(one.start, other.start, atol=0.2 if native_bf16() else 1e-3)


def test_offsets_are_code_points_of_the_passage(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, _ = tiny
    text = "🙂🙂 anna won"
    (window,) = SpanModel.load(folder / "reader.safetensors", folder / "encoder").read(
        "who", [text]
    )
    assert [text[a:b] for a, b in window.offsets] == ["🙂🙂", "anna", "won"]


def test_long_passages_are_read_whole_in_overlapping_windows(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, _ = tiny
    text = " ".join(["treaty"] * 600)
    windows = SpanModel.load(folder / "reader.safetensors", folder / "encoder").read("who", [text])
    read = {int(start) for window in windows for start in window.offsets[:, 0]}
    assert len(windows) > 1
    assert read == set(range(0, len(text), 7))
    assert all(len(window.start) < PAIR_TOKENS for window in windows)


def test_a_question_that_is_too_long_leaves_room_for_the_passage(
    tiny: tuple[Path, BertForQuestionAnswering],
) -> None:
    folder, _ = tiny
    model = SpanModel.load(folder / "reader.safetensors", folder / "encoder")
    (window,) = model.read("who " * 4 * QUESTION_TOKENS, [TREATY])
    assert len(window.start) == len(TREATY.split())


@pytest.mark.parametrize("passages", [[], ["", " "]])
def test_nothing_to_read_gives_no_windows(
    tiny: tuple[Path, BertForQuestionAnswering], passages: list[str]
) -> None:
    folder, _ = tiny
    model = SpanModel.load(folder / "reader.safetensors", folder / "encoder")
    assert model.read("who", passages) == []


def test_missing_models_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot load the reader from"):
        SpanModel.load(tmp_path / "none.safetensors", tmp_path)
    with pytest.raises(ArchiveError, match="none-such"):
        SpanModel.from_hugging_face(str(tmp_path / "none-such"))


def test_a_model_without_a_span_head_is_refused(
    tiny: tuple[Path, BertForQuestionAnswering], tmp_path: Path
) -> None:
    folder, model = tiny
    model.bert.save_pretrained(tmp_path)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    with pytest.raises(ArchiveError, match="no span head"):
        SpanModel.from_hugging_face(str(tmp_path))
