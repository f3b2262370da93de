"""The memory benchmark with a file of one megabyte."""

from pathlib import Path

import pytest

from index.benchmarks.memory import main


@pytest.mark.parametrize("options", [[], ["--packed"], ["--page", "0"]])
def test_each_size_is_a_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    assert main(["1", "--folder", str(tmp_path), *options]) == 0
    row = capsys.readouterr().out.splitlines()[-1].replace(",", "")
    megabytes, passages, _, most, _ = row.strip("| ").split(" | ")
    assert megabytes == "1"
    assert int(passages) > 5
    assert int(most) > 50
    assert list(tmp_path.iterdir()) == []
