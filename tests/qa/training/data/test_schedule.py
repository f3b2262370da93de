"""The reading order of questions."""

from dataclasses import replace

import pytest

from qa.training.data.schedule import Schedule, source_weight
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=9)
TEXTS = PACK.splits["train"]
COUNT = len(TEXTS.question_context)


def test_an_epoch_reads_each_question_once_and_the_next_in_another_order() -> None:
    schedule = Schedule(PACK, TEXTS, seed=1)
    first, second = schedule.questions(0, COUNT), schedule.questions(COUNT, COUNT)
    assert sorted(first) == sorted(second) == list(range(COUNT))
    assert first != second
    assert schedule.epochs(COUNT) == 1


def test_any_part_of_the_order_is_the_same_however_it_is_read() -> None:
    whole = Schedule(PACK, TEXTS, seed=1).questions(0, 3 * COUNT)
    again = Schedule(PACK, TEXTS, seed=1)
    for start in (2 * COUNT - 3, 5, COUNT):
        assert again.questions(start, 7) == whole[start : start + 7]
    assert Schedule(PACK, TEXTS, seed=2).questions(0, 3 * COUNT) != whole


@pytest.mark.parametrize(
    ("source", "weight"), [("zh-cmrc-train", 1.5), ("zh-drcd", 1.0), ("en-wiki-train", 1.5)]
)
def test_weights_go_by_the_prefix(source: str, weight: float) -> None:
    assert source_weight(source) == weight


def test_a_source_of_weight_one_and_a_half_is_read_so_often() -> None:
    pack = replace(PACK, sources=["zh-cmrc-train", "zh-made-up", "ja-made-up"])
    order = Schedule(pack, TEXTS, seed=1).questions(0, COUNT)
    schedule = Schedule(pack, TEXTS, seed=1)
    epoch = round(COUNT / schedule.epochs(COUNT))
    order = schedule.questions(0, epoch)
    sources = TEXTS.context_source[TEXTS.question_context]
    counts = [sum(int(sources[q]) == s for q in order) for s in range(3)]
    assert counts[1] == (sources == 1).sum()
    assert (sources == 0).sum() < counts[0] < 2 * (sources == 0).sum()
