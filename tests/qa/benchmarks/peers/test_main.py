"""The comparison without the other programs: our own side in its process, and the table."""

from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.benchmarks.peers import __main__ as peers
from qa.benchmarks.peers.plan import Plan


def test_our_side_gives_every_figure_from_a_process_of_its_own(plan: Plan, tmp_path: Path) -> None:
    figures = peers.measure("ours", tmp_path / "work", 1)
    assert (figures["R@1"], figures["R@5"]) == (1.0, 1.0)
    assert 0 <= figures["EM"] <= figures["F1"] <= figures["F1 of the best, refused or not"] <= 1
    assert figures["search p50"] < figures["answer p95"]
    assert min(figures["disk"], figures["memory"], figures["documents a second"]) > 0


def test_other_systems_are_shown_with_their_ratio_to_the_first() -> None:
    table = peers.format_table({"ours": {"F1": 0.5, "EM": 0.0}, "other": {"F1": 0.25, "EM": 0.1}})
    assert table.splitlines()[1].split() == ["F1", "50.0", "%", "25.0", "%", "(0.50x)"]
    assert table.splitlines()[2].split() == ["EM", "0.0", "%", "10.0", "%"]


def test_a_missing_question_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"there is no 'xx\.jsonl\.xz'"):
        peers.main(["--data", str(tmp_path), "--sets", "xx"])


def test_a_program_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx.jsonl").touch()
    monkeypatch.setattr(peers, "PACKAGES", ("no-such-package",))
    with pytest.raises(ArchiveError, match="'no-such-package' is not installed: pip install"):
        peers.main(["--data", str(tmp_path), "--sets", "xx"])


@pytest.mark.parametrize(
    ("row", "unit"),
    [("search p50", "seconds"), ("disk", "bytes"), ("documents a second", "rate"), ("F1", "share")],
)
def test_rows_are_shown_in_their_units(row: str, unit: str) -> None:
    assert peers.unit(row) == unit
