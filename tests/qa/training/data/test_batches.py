"""Tokenised pairs and padded batches."""

import random

import pytest
import torch

from qa.training.data.batches import (
    BATCH_TOKENS,
    LENGTH_STEP,
    PAD,
    PAIR_TOKENS,
    Row,
    batches,
    collate,
    encode,
)
from qa.training.data.contexts import Context, Group, Question, Window
from tests.support.tiny_models import tiny_tokenizer

Loaded = tuple[list[Context], list[Question]]


@pytest.fixture
def groups(loaded: Loaded) -> list[Group]:
    """Each question with its first sentences, and with the answer marked if it is there."""
    contexts, questions = loaded
    end = contexts[0].text.index(" It was")
    return [
        Group(q.text, (Window(q.context, 0, end, tuple(a for a in q.answers if a[1] <= end)),))
        for q in questions
    ]


def test_marked_tokens_are_the_answers_tokens(loaded: Loaded, groups: list[Group]) -> None:
    words = {number: word for word, number in tiny_tokenizer().get_vocab().items()}
    (row,) = encode(groups[:1], loaded[0], tiny_tokenizer())[0]
    first, last = row.spans[0]
    assert last - first == 1  # Anna Smith: capitals are not in the tiny vocabulary
    assert [words[i] for i in row.ids[first : last + 2]] == ["<unk>", "<unk>", "signed"]
    assert first == row.first


def test_groups_without_a_marked_answer_are_dropped(loaded: Loaded, groups: list[Group]) -> None:
    assert len(encode(groups, loaded[0], tiny_tokenizer())) == 4


def test_groups_with_too_long_a_pair_are_dropped(loaded: Loaded) -> None:
    long = Context("who " * PAIR_TOKENS, "en-x", "", False, ())
    group = Group("who", (Window(0, 0, len(long.text), ((0, 3),)),))
    assert encode([group], [long], tiny_tokenizer()) == []


def test_batches_are_the_same_each_time_and_within_the_limit(
    loaded: Loaded, groups: list[Group]
) -> None:
    encoded = encode(groups * 60, loaded[0], tiny_tokenizer())
    first, second = (list(batches(encoded, random.Random(1))) for _ in range(2))
    assert len(first) > 1
    assert sum(len(b.ids) for b in first) == len(encoded)
    for one, other in zip(first, second, strict=True):
        assert torch.equal(one.ids, other.ids)
        assert one.ids.numel() <= BATCH_TOKENS
        assert one.valid.any(1).all()


def test_collated_rows_are_padded_and_numbered() -> None:
    short, long = Row([0, 5, 2, 2, 6, 2], 4, [(4, 4)]), Row([0, 5, 2, 2, 6, 7, 8, 9, 2], 4, [])
    batch = collate([[short, long], [short]])
    assert batch.ids.shape == (3, 2 * LENGTH_STEP)
    assert (batch.ids[0, 6:] == PAD).all()
    assert batch.mask.sum(1).tolist() == [6, 9, 6]
    assert batch.valid.sum(1).tolist() == [1, 4, 1]
    assert batch.spans.tolist() == [[[4, 4]], [[-1, -1]], [[4, 4]]]
    assert batch.group.tolist() == [0, 0, 1]
