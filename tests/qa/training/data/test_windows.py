"""Windows with and without the answer are cut alike: nothing on the surface tells them apart."""

import random

import pytest

from qa.training.data.sampling import GroupSampler
from qa.training.data.windows import LENGTHS, Anchor, Shape, Window, cut_window, draw_shape
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=60)
TEXTS = PACK.splits["train"]
ANCHORS = GroupSampler(PACK, TEXTS).anchors.all


def cut(anchor: Anchor, shape: Shape, seed: int = 0) -> Window | None:
    return cut_window(TEXTS, anchor, shape, random.Random(seed))


@pytest.mark.parametrize("passage", [True, False])
def test_a_window_holds_its_anchor_and_stays_in_its_context(passage: bool) -> None:
    rng = random.Random(1)
    for anchor in ANCHORS:
        shape = Shape(passage, rng.random(), (rng.random(), rng.random()))
        window = cut(anchor, shape)
        assert window is not None
        assert window.start <= anchor.first <= anchor.last < window.end
        low, high = TEXTS.context_sentence[anchor.context : anchor.context + 2]
        assert TEXTS.sentence_start[low] <= window.start < window.end <= TEXTS.sentence_start[high]


def test_grown_windows_fill_their_budget_with_whole_sentences() -> None:
    for anchor in ANCHORS:
        low, high = LENGTHS[bool(TEXTS.context_unspaced[anchor.context])]
        window = cut(anchor, Shape(False, 1.0, (0.0, 0.0)))
        assert window is not None
        assert {window.start, window.end} <= set(TEXTS.sentence_start.tolist())
        assert window.end - window.start <= high
        begin, end = TEXTS.context_sentence[anchor.context : anchor.context + 2]
        context = TEXTS.sentence_start[end] - TEXTS.sentence_start[begin]
        assert window.end - window.start >= min(context, high - 2 * 40)  # 40 tokens a sentence
        short = cut(anchor, Shape(False, 0.0, (0.0, 0.0)))
        assert short is not None
        assert short.end - short.start <= low


def test_a_passage_is_cut_as_the_index_cuts_it() -> None:
    starts = TEXTS.sentence_start[TEXTS.passage_start]
    passages = set(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))
    for anchor in ANCHORS:
        window = cut(anchor, Shape(True, 0.5, (0.5, 0.5)))
        assert window is not None
        assert (window.start, window.end) in passages or window.end - window.start >= 95


def test_trimming_never_reaches_the_anchor() -> None:
    for anchor in ANCHORS:
        whole = cut(anchor, Shape(False, 0.5, (0.0, 0.0)))
        trimmed = cut(anchor, Shape(False, 0.5, (1.0, 1.0)))
        assert whole is not None
        assert trimmed is not None
        assert whole.start <= trimmed.start <= anchor.first
        assert anchor.last < trimmed.end <= whole.end


def test_an_anchor_across_two_passages_is_in_neither() -> None:
    first = int(TEXTS.passage_start[1])
    middle = int(TEXTS.sentence_start[first])
    anchor = Anchor(0, first - 1, first + 1, middle - 1, middle)
    assert cut(anchor, Shape(True, 0.5, (0.0, 0.0))) is None
    assert cut(anchor, Shape(False, 0.5, (0.0, 0.0))) is not None


def test_an_answer_longer_than_the_budget_has_no_window() -> None:
    last = int(TEXTS.context_sentence[1])
    end = int(TEXTS.sentence_start[last])
    assert cut(Anchor(0, 0, last, 0, end - 1), Shape(False, 0.0, (0.0, 0.0))) is None


def test_half_of_the_shapes_are_passages_and_lengths_are_uniform() -> None:
    rng = random.Random(0)
    shapes = [draw_shape(rng) for _ in range(2000)]
    assert sum(s.passage for s in shapes) / 2000 == pytest.approx(0.5, abs=0.04)
    assert sum(s.length for s in shapes) / 2000 == pytest.approx(0.5, abs=0.03)
    assert 0.1 < sum(s.trim[0] > 0 for s in shapes) / 2000 < 0.2
