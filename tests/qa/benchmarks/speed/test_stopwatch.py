"""Timing of wrapped functions."""

from types import SimpleNamespace

import pytest

from qa.benchmarks.speed import stopwatch
from qa.benchmarks.speed.stopwatch import Stopwatch


class Slow:
    """Takes 2 seconds and 5, by a clock of its own."""

    now = 0.0

    def outer(self) -> str:
        self.now += 2
        return self.inner()

    def inner(self) -> str:
        self.now += 5
        return "done"


def test_each_stage_counts_only_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    watch, slow = Stopwatch(), Slow()
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(perf_counter=lambda: slow.now))
    with watch.wrap([("a", slow, "outer"), ("b", slow, "inner")]), watch.stage("rest"):
        assert slow.outer() == "done"
    assert watch.seconds == {"a": 2, "b": 5, "rest": 0}


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
