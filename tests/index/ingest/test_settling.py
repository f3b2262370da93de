"""A file has settled when neither its size nor its times change between checks."""

import os
from pathlib import Path

import pytest

from index.ingest.settling import Settling


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("index.ingest.settling.time.monotonic", lambda: now[0])
    monkeypatch.setattr("index.ingest.settling.time.time", lambda: now[0])
    return now


def write(file: Path, text: str, clock: list[float]) -> None:
    file.write_text(text)
    os.utime(file, (clock[0], clock[0]))


def test_a_young_file_settles_after_a_while_without_a_change(
    tmp_path: Path, clock: list[float]
) -> None:
    file, settling = tmp_path / "a", Settling()
    write(file, "half", clock)
    assert not settling.check(file)
    clock[0] += 0.4
    write(file, "whole", clock)
    assert not settling.check(file)
    clock[0] += 0.4
    assert not settling.check_all()
    clock[0] += 0.2
    assert settling.check_all()
    assert settling.ready(file)
    settling.forget_settled()
    assert not settling.pending


def test_an_old_file_has_settled_and_a_missing_one_settles_after_a_while(
    tmp_path: Path, clock: list[float]
) -> None:
    file, settling = tmp_path / "a", Settling()
    write(file, "", [clock[0] - 9])
    assert settling.check(file)
    assert not settling.pending
    file.unlink()
    assert not settling.check(file)
    clock[0] += 1
    assert settling.check(file)


def test_the_age_at_the_first_check_counts_but_is_not_enough(
    tmp_path: Path, clock: list[float]
) -> None:
    file, settling = tmp_path / "a", Settling()
    write(file, "whole", [clock[0] - 1.5])
    assert not settling.check(file)
    clock[0] += 0.15
    assert not settling.check(file)
    clock[0] += 0.1
    assert settling.check(file)


def test_a_file_from_the_future_does_not_wait_for_ever(tmp_path: Path, clock: list[float]) -> None:
    file, settling = tmp_path / "a", Settling()
    write(file, "", [clock[0] + 9999])
    assert not settling.check(file)
    clock[0] += 1
    assert settling.check(file)


def test_a_file_refused_to_a_build_waits_for_the_next(tmp_path: Path, clock: list[float]) -> None:
    file, settling = tmp_path / "a", Settling()
    write(file, "half", clock)
    assert not settling.ready(file)
    clock[0] += 60  # the build took long, and the file has settled by now
    settling.forget_settled()
    assert settling.pending
    assert settling.ready(file)
    write(file, "changed after it was read", clock)
    settling.forget_settled()
    assert settling.pending
