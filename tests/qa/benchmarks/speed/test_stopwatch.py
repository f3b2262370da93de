"""Timing of wrapped functions."""

import time

import pytest

from qa.benchmarks.speed.stopwatch import Stopwatch


class Slow:
    def outer(self) -> str:
        time.sleep(0.02)
        return self.inner()

    def inner(self) -> str:
        time.sleep(0.05)
        return "done"


def test_each_stage_counts_only_its_own_time() -> None:
    watch, slow = Stopwatch(), Slow()
    with watch.wrap([("a", slow, "outer"), ("b", slow, "inner")]), watch.stage("rest"):
        assert slow.outer() == "done"
    assert watch.seconds["b"] > watch.seconds["a"] >= 0.02 > watch.seconds["rest"]


def test_functions_are_restored_after_the_block() -> None:
    watch, slow = Stopwatch(), Slow()
    with watch.wrap([("b", slow, "inner")]):
        pass
    slow.inner()
    assert "b" not in watch.seconds
    assert "inner" not in vars(slow)


def test_a_stage_that_raises_is_counted_too() -> None:
    watch = Stopwatch()
    with pytest.raises(ValueError, match="no"), watch.stage("a"):
        raise ValueError("no")
    assert watch.seconds["a"] > 0
