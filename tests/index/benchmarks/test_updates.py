"""The benchmark of updates, at a size that takes a moment: what is embedded is what was changed."""

from pathlib import Path

import pytest

from index.benchmarks.updates import main


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the stamps of files however young they are, and wait for none to grow old."""
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -(10**18))
    monkeypatch.setattr("index.benchmarks.updates.SETTLED", 0)


def table(printed: str) -> list[list[str]]:
    rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("| ")]
    return [[cell.replace(",", "") for cell in row] for row in rows[1:]]


@pytest.mark.parametrize("options", [[], ["--lines"]])
def test_what_a_change_costs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    assert main(["150", "--times", "1", "--folder", str(tmp_path), *options]) == 0
    whole, nothing, added, changed, removed, renamed = table(capsys.readouterr().out)
    assert int(whole[4]) == int(whole[0]) > 100  # texts embedded: all of them
    assert int(added[4]) == int(added[0]) - int(nothing[0]) > 10
    assert int(changed[4]) > 10
    assert [nothing[4], removed[4], renamed[4]] == ["0", "0", "0"]
    assert list(tmp_path.iterdir()) == []
