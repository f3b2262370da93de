"""A step's batch depends on nothing but its number, seed and process."""

from itertools import islice

import torch
from torch.utils.data import DataLoader

from qa.training.data.batches import Batch, Rows
from qa.training.data.sampling import GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.data.steps import Steps
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=30)
TEXTS = PACK.splits["train"]


def steps(*, seed: int = 1, rank: int = 0, size: int = 1, first: int = 0) -> Steps:
    return Steps(
        GroupSampler(PACK, TEXTS),
        Rows(PACK, TEXTS),
        Schedule(PACK, TEXTS, 1),
        questions=2,
        chunk_tokens=512,
        seed=seed,
        rank=rank,
        size=size,
        first=first,
    )


def ids(batch: Batch) -> list[int]:
    return torch.cat([chunk.flatten() for chunk in batch.chunks]).tolist()


def test_reading_from_a_step_on_gives_the_same_batches() -> None:
    whole = [ids(batch) for batch in islice(steps(), 6)]
    assert [ids(batch) for batch in islice(steps(first=4), 2)] == whole[4:]
    assert [ids(batch) for batch in islice(steps(seed=2), 6)] != whole


def test_processes_read_different_questions() -> None:
    one, two = (next(iter(steps(rank=rank, size=2))) for rank in range(2))
    assert ids(one) != ids(two)
    assert ids(next(iter(steps(rank=1, size=2)))) == ids(two)


def test_a_loaders_workers_give_the_batches_in_order() -> None:
    loader = DataLoader(steps(), batch_size=None, num_workers=2)
    assert [ids(b) for b in islice(loader, 5)] == [ids(b) for b in islice(steps(), 5)]


def test_epochs_count_the_questions_of_all_processes() -> None:
    questions = len(TEXTS.question_context)
    assert steps(size=2).epochs(3) == 3 * 2 * 2 / questions
