"""The order of a run and the windows drawn for it."""

from pathlib import Path

import pytest

from qa.training.data import groups as module
from qa.training.data.contexts import Context, Question, Window, load
from qa.training.data.groups import draw_groups, schedule, with_simplified
from tests.support.question_sets import record, write_records
from tests.support.tiny_models import tiny_tokenizer

Loaded = tuple[list[Context], list[Question]]


class NoEntries:
    """An empty dictionary; the real one takes seconds to read."""

    def get_entries(self) -> list[dict[str, object]]:
        return []


@pytest.fixture(autouse=True)
def no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CcCedict", NoEntries)


def test_traditional_chinese_is_also_read_simplified(tmp_path: Path) -> None:
    path = write_records(tmp_path / "zh-tiny.jsonl", [record("漢語學習很難。", "誰學習？", "學習")])
    contexts, questions = with_simplified(*load([path], tiny_tokenizer()))
    assert [c.text for c in contexts] == ["漢語學習很難。", "汉语学习很难。"]
    assert [q.text for q in questions] == ["誰學習？", "谁学习？"]
    assert questions[1].context == 1


def test_each_question_is_read_once_by_default(loaded: Loaded) -> None:
    order = schedule(*loaded, seed=3)
    assert sorted(order) == list(range(8))
    assert order == schedule(*loaded, seed=3)
    assert order != schedule(*loaded, seed=4)


def test_passes_over_a_source_are_as_many_as_configured(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PASSES", {"en-tiny": 3.0})
    order = schedule(*loaded, seed=3)
    assert sorted(order) == sorted(list(range(8)) * 3)


def test_a_share_keeps_a_part_of_the_questions(loaded: Loaded) -> None:
    contexts, questions = loaded
    assert 500 < len(schedule(contexts, questions * 250, seed=3, share=0.4)) < 1100


def test_the_same_seed_draws_the_same_groups(loaded: Loaded) -> None:
    order = list(range(8)) * 3
    groups = draw_groups(order, *loaded, {}, seed=3)
    assert groups == draw_groups(order, *loaded, {}, seed=3)
    assert len(groups) == 24
    assert all(g.windows[0].answers for g in groups)
    negatives = [g.windows[1] for g in groups if len(g.windows) == 2]
    assert 4 < len(negatives) < 20
    assert not any(w.answers for w in negatives)


def test_mined_negatives_are_used(loaded: Loaded) -> None:
    mined = {0: [Window(3, 1, 2)]}
    groups = draw_groups([0] * 40, *loaded, mined, seed=3)
    assert any(Window(3, 1, 2) in g.windows for g in groups)
