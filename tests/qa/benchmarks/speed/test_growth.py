"""The table of the growth benchmark."""

from pathlib import Path

import pytest

from qa.benchmarks.speed import growth
from tests.support.fakes import FakeEncoder


def test_a_row_for_each_size(
    data: Path, encoder: FakeEncoder,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(growth, "SentenceEncoder", lambda: encoder)
    figures = {"open": 0.1, "recall": 1.0, "memory": {"held": 2e6, "mapped": 1e6},
               "seconds": dict.fromkeys(("dense", "keyword", "fused"), [0.001] * 20)}  # fmt: skip
    monkeypatch.setattr(growth, "_query", lambda index, folder: figures)
    assert growth.main(["40", "50", "--data", str(data), "--real", "10"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("|") for line in lines[-4:]] == [lines[-4].count("|")] * 4
    assert lines[-1].startswith("| 50 | ")
    assert " | exact | 1.000 | 0.10 | 1.0 / 1.0 | " in lines[-1]
