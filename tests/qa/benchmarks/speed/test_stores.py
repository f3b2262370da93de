"""A row for each store and size, with the recall that both reach."""

from pathlib import Path

import pytest

from qa.benchmarks.speed import made_up, stores


def test_a_row_for_each_store_and_size(
    address: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stores, "_archive", lambda database, count: database)
    monkeypatch.setattr(stores, "QUESTIONS", 4)
    monkeypatch.setattr(made_up, "VOCABULARY", 1_000)
    command = ["200", "--postgres", address, "--folder", str(tmp_path)]
    assert stores.main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("|") for line in lines[-3:]] == [lines[-4].count("|")] * 3
    folder, database = (line.split(" | ") for line in lines[-2:])
    assert (folder[0], database[0]) == ("| folder", "| PostgreSQL")
    assert folder[1] == database[1] == "200"
    assert folder[4:7] == database[4:7] == ["exact", "1.000", "1.000"]
    assert lines[2].startswith("PostgreSQL ")
    assert stores.main(command) == 0  # what is there is asked again
    folder, database = (line.split(" | ") for line in capsys.readouterr().out.splitlines()[-2:])
    assert folder[2:7] == database[2:7] == ["", "", "exact", "1.000", "1.000"]
