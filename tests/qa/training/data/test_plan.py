"""The plan on disk."""

from pathlib import Path

import pytest

from qa.training.data.contexts import Context, Group, Window
from qa.training.data.plan import Plan, load_or_create_plan

PLAN: Plan = (
    [Context("汉语 text", "zh-x", "title", True, ((0, 2, 1), (3, 7, 1)))],
    [Group("谁?", (Window(0, 0, 2, ((0, 1),)), Window(0, 3, 7)))],
)


def test_a_plan_is_created_once_and_read_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    assert load_or_create_plan(path, lambda: PLAN) == PLAN
    assert load_or_create_plan(path, lambda: pytest.fail("created twice")) == PLAN
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]
