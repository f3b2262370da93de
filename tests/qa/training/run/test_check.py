"""Windows with and without the answer cannot be told apart by sight; the check itself can fail."""

import random
from pathlib import Path

import pytest

from qa.training.data import sampling
from qa.training.data.windows import Shape, draw_shape
from qa.training.pack.pack_file import write_pack
from qa.training.run import check
from tests.support.training_pack import small_pack

PACK = small_pack(contexts=400, layers=1)


def figures() -> dict[str, float | None]:
    return {name: check.auroc(cases) for name, cases in check.drawn_windows(PACK, 1500, seed=1)}


def test_windows_are_alike_whether_they_hold_the_answer_or_not() -> None:
    found = figures()
    assert {"all", "answerable", "near miss", "unanswerable", "en", "ja", "zh"} == set(found)
    assert all(value is not None and value <= 0.56 for value in found.values()), found


def test_the_check_fails_if_windows_with_the_answer_are_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = draw_shape
    with_answer = sampling.GroupSampler.window_with

    def longer(self: sampling.GroupSampler, question: int, rng: random.Random) -> object:
        monkeypatch.setattr(
            sampling, "draw_shape", lambda r: Shape(False, 0.4 + 0.6 * r.random(), (0.0, 0.0))
        )
        try:
            return with_answer(self, question, rng)
        finally:
            monkeypatch.setattr(sampling, "draw_shape", draw)

    monkeypatch.setattr(sampling.GroupSampler, "window_with", longer)
    found = figures()
    assert found["answerable"] is not None
    assert found["answerable"] > 0.6


def test_the_command_prints_each_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pack.npz"
    write_pack(small_pack(contexts=30, layers=1), path)
    assert check.main([str(path), "--questions", "40"]) == 0
    printed = capsys.readouterr().out
    assert "all: fewer than 200 windows" in printed
