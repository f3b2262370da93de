"""The span model: windows of scores, on a tiny random reader."""

from pathlib import Path

import numpy as np
import pytest
from torch import Tensor

from index.encoder import bert
from index.encoder.bert import PackedBatch, native_bf16
from index.errors import ArchiveError
from qa.reader.span_model import MAX_QUESTION_TOKENS, PAIR_TOKENS, SpanModel
from tests.support.tiny_models import TinyReader

TREATY = "anna smith signed the treaty in berlin , in 1999 ."
CUP = "who won the cup ? smith ."


def test_batches_have_few_different_sizes(
    tiny: TinyReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """torch compiles and caches a kernel for each number of rows."""
    sizes = set()
    model = tiny.span_model()

    class Counting(PackedBatch):
        def unpack(self, rows: Tensor) -> list[Tensor]:
            sizes.add(len(rows))
            return super().unpack(rows)

    monkeypatch.setattr(bert, "PackedBatch", Counting)
    for count in range(1, 30):
        for texts in (1, 12):
            first, *_ = model.read("who signed ?", [" ".join(["berlin"] * count)] * texts)
            assert len(first.start) == count
    assert sizes == {16, 32, 48, 256, 384, 640}


def test_a_passage_scores_the_same_whatever_else_is_read(tiny: TinyReader) -> None:
    model = tiny.span_model()
    alone = model.read("who signed ?", [TREATY])[0]
    among = model.read("who signed ?", [CUP, TREATY, "berlin"])[1]
    tolerance = 0.05 if native_bf16() else 1e-4
    np.testing.assert_allclose(alone.start, among.start, atol=tolerance)


def test_the_same_model_through_transformers_gives_the_same_scores(tiny: TinyReader) -> None:
    theirs = SpanModel.from_hugging_face(str(tiny.folder)).read("who won ?", [TREATY, CUP])
    ours = tiny.span_model().read("who won ?", [TREATY, CUP])
    for window, other in zip(theirs, ours, strict=True):
        np.testing.assert_array_equal(window.offsets, other.offsets)
        np.testing.assert_allclose(window.start, other.start, atol=0.2 if native_bf16() else 1e-3)


def test_offsets_are_code_points_of_the_passage(tiny: TinyReader) -> None:
    text = "🙂🙂 anna won"
    (window,) = tiny.span_model().read("who", [text])
    assert [text[a:b] for a, b in window.offsets] == ["🙂🙂", "anna", "won"]


def test_long_passages_are_read_whole_in_overlapping_windows(tiny: TinyReader) -> None:
    text = " ".join(["treaty"] * 600)
    windows = tiny.span_model().read("who", [text])
    starts = {int(start) for window in windows for start in window.offsets[:, 0]}
    assert len(windows) > 1
    assert starts == set(range(0, len(text), len("treaty ")))
    assert all(len(window.start) < PAIR_TOKENS for window in windows)
    assert {window.passage for window in windows} == {0}


def test_a_question_that_is_too_long_leaves_room_for_the_passage(tiny: TinyReader) -> None:
    (window,) = tiny.span_model().read("who " * 4 * MAX_QUESTION_TOKENS, [TREATY])
    assert len(window.start) == len(TREATY.split())


@pytest.mark.parametrize("passages", [[], ["", " "]])
def test_passages_without_text_give_no_windows(tiny: TinyReader, passages: list[str]) -> None:
    assert tiny.span_model().read("who", passages) == []


def test_an_empty_passage_does_not_shift_the_numbers_of_the_others(tiny: TinyReader) -> None:
    windows = tiny.span_model().read("who", ["anna", "", "berlin"])
    assert [window.passage for window in windows] == [0, 2]


def test_missing_weights_are_an_error_that_names_them(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot load the reader from .*none"):
        SpanModel.load(tmp_path / "none.safetensors", tmp_path)


def test_weights_of_another_encoder_are_an_error(tiny: TinyReader, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes((tiny.encoder / "tokenizer.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(tiny.weights.read_bytes())
    with pytest.raises(ArchiveError, match="over the encoder in"):
        SpanModel.load(tiny.weights, tmp_path)
