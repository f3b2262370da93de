"""Batches: rows sorted by length, little padding, spans on the answer's tokens."""

import random

import torch

from qa.training.data.batches import Row, Rows, collate, pad_rows
from qa.training.data.sampling import Group, GroupSampler
from qa.training.data.windows import Window
from qa.training.pack.pack_file import END, PAD, QUESTION_TOKENS, START
from tests.support.training_pack import PIECES, small_pack

PACK = small_pack(contexts=30)
TEXTS = PACK.splits["train"]
ROWS = Rows(PACK, TEXTS)
SAMPLER = GroupSampler(PACK, TEXTS)


def groups() -> list[Group]:
    rng = random.Random(0)
    return [group for question in range(20) for group in SAMPLER.draw(question, rng)]


def test_a_row_is_question_and_window_between_special_tokens() -> None:
    row = ROWS.row([7, 8], Window(0, 10, 15))
    space = [] if PIECES[TEXTS.tokens[10]].startswith("▁") else [PIECES.index("▁")]
    window = TEXTS.tokens[10:15].tolist()
    assert row.ids == [START, 7, 8, END, END, *space, *window, END]
    assert row.first == 5
    assert row.ids[10 + row.offset] == window[0]


def test_a_text_begins_with_a_space() -> None:
    place = TEXTS.tokens.tolist().index(PIECES.index("字"))
    row = ROWS.row([], Window(0, place, place + 1))
    assert PIECES[row.ids[row.first]] == "▁"
    assert PIECES[row.ids[place + row.offset]] == "字"


def test_long_questions_are_cut() -> None:
    assert ROWS.row([5] * 200, Window(0, 0, 1)).first == QUESTION_TOKENS + 3


def test_a_batch_holds_every_window_with_its_answers_in_chunks() -> None:
    drawn = groups()
    batch = collate(drawn, ROWS, 1024)
    rows = [row for chunk in batch.chunks for row in chunk]
    assert len(rows) == sum(len(group.windows) for group in drawn) == len(batch.group)
    assert all(chunk.numel() <= 1024 and chunk.shape[1] % 8 == 0 for chunk in batch.chunks)
    lengths = [int((row != PAD).sum()) for row in rows]
    assert lengths == sorted(lengths)
    found = dict.fromkeys(range(len(drawn)), 0)
    for ids, valid, spans, group in zip(rows, batch.valid, batch.spans, batch.group, strict=True):
        inside = ids[: len(valid)][valid[: len(ids)]]
        assert ids[: int(valid.nonzero()[0])].tolist()[-2:] == [END, END]
        assert START not in inside
        for first, last in spans.tolist():
            if first >= 0:
                found[int(group)] += 1
                assert ids[first : last + 1].tolist() == [int(drawn[int(group)].question[-1])] or (
                    ids[first] in TEXTS.tokens[TEXTS.answer_first]
                )
    wanted = {n: sum(map(len, group.spans)) for n, group in enumerate(drawn)}
    assert found == wanted


def test_sorting_leaves_little_padding() -> None:
    batch = collate(groups(), ROWS, 1024)
    padding = sum(int((chunk == PAD).sum()) for chunk in batch.chunks)
    assert padding / sum(chunk.numel() for chunk in batch.chunks) < 0.15


def test_rows_longer_than_a_chunk_stand_alone() -> None:
    rows = [Row([4] * length, 1, 0) for length in (3, 4, 40)]
    assert [tuple(chunk.shape) for chunk in pad_rows(rows, 16)] == [(2, 8), (1, 40)]


def test_a_batch_moves_as_a_whole() -> None:
    batch = collate(groups(), ROWS, 1024).to(torch.device("meta"))
    tensors = [*batch.chunks, batch.valid, batch.spans, batch.group]
    assert {tensor.device.type for tensor in tensors} == {"meta"}
