"""A row for each number of archives, which find the same passages."""

import pytest

from qa.benchmarks.speed import made_up, several


def test_several_archives_find_what_one_finds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(several, "QUESTIONS", 4)
    monkeypatch.setattr(made_up, "VOCABULARY", 1_000)
    assert several.main(["200"]) == 0
    rows = capsys.readouterr().out.splitlines()[-3:]
    assert [row.split(" | ")[1] for row in rows] == ["1", "2", "4"]
    assert {row.split(" | ")[-1] for row in rows} == {"1.000 |"}
