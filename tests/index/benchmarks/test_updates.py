"""The update benchmark at a small size: only what changed is embedded."""

from pathlib import Path

import pytest

from index.benchmarks.updates import main


@pytest.fixture(autouse=True)
def trust_recent_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust time stamps however recent, and do not wait for them to age."""
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -(10**18))
    monkeypatch.setattr("index.benchmarks.updates.SETTLED", 0)


def table(printed: str) -> list[list[str]]:
    rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("| ")]
    return [[cell.replace(",", "") for cell in row] for row in rows[1:]]


@pytest.mark.parametrize("options", [[], ["--lines"]])
def test_only_new_and_changed_texts_are_embedded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    assert main(["150", "--times", "1", "--folder", str(tmp_path), *options]) == 0
    whole, nothing, added, changed, removed, renamed = table(capsys.readouterr().out)
    assert int(whole[4]) == int(whole[0]) > 100  # the last column: texts embedded
    assert int(added[4]) == int(added[0]) - int(nothing[0]) > 10
    assert int(changed[4]) > 10
    assert [nothing[4], removed[4], renamed[4]] == ["0", "0", "0"]
    assert list(tmp_path.iterdir()) == []
