"""A row for each store and size, with the recall that both reach."""

import pytest

from qa.benchmarks.speed import stores


def test_a_row_for_each_store_and_size(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "_archive", lambda database, count: database)
    monkeypatch.setattr(stores, "QUESTIONS", 4)
    monkeypatch.setattr(stores, "VOCABULARY", 1_000)
    assert stores.main(["200", "--postgres", address]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("|") for line in lines[-3:]] == [lines[-4].count("|")] * 3
    folder, database = (line.split(" | ") for line in lines[-2:])
    assert (folder[0], database[0]) == ("| folder", "| PostgreSQL")
    assert folder[1] == database[1] == "200"
    assert folder[4:7] == database[4:7] == ["exact", "1.000", "1.000"]
