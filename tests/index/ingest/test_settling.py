"""A file rests when neither its size nor its times change from look to look."""

import os
from pathlib import Path

import pytest

from index.ingest import settling
from index.ingest.settling import Settling


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(settling.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(settling.time, "time", lambda: now[0])
    return now


def write(file: Path, text: str, clock: list[float]) -> None:
    file.write_text(text)
    os.utime(file, (clock[0], clock[0]))


def test_a_young_file_rests_after_a_while_without_a_change(
    tmp_path: Path, clock: list[float]
) -> None:
    file, looks = tmp_path / "a", Settling()
    write(file, "half", clock)
    assert not looks.check(file)
    clock[0] += 0.4
    write(file, "whole", clock)
    assert not looks.check(file)
    clock[0] += 0.4
    assert not looks.check_all()
    clock[0] += 0.2
    assert looks.check_all()
    assert looks.ready(file)
    looks.forget_settled()
    assert not looks.pending


def test_an_old_file_rests_at_once_and_a_missing_one_after_a_while(
    tmp_path: Path, clock: list[float]
) -> None:
    file, looks = tmp_path / "a", Settling()
    write(file, "", [clock[0] - 9])
    assert looks.check(file)
    assert not looks.pending
    file.unlink()
    assert not looks.check(file)
    clock[0] += 1
    assert looks.check(file)


def test_what_it_rested_before_the_first_look_counts_but_is_not_all(
    tmp_path: Path, clock: list[float]
) -> None:
    file, looks = tmp_path / "a", Settling()
    write(file, "whole", [clock[0] - 1.5])
    assert not looks.check(file)
    clock[0] += 0.15
    assert not looks.check(file)
    clock[0] += 0.1
    assert looks.check(file)


def test_a_clock_that_is_ahead_keeps_no_file_waiting_for_ever(
    tmp_path: Path, clock: list[float]
) -> None:
    file, looks = tmp_path / "a", Settling()
    write(file, "", [clock[0] + 9999])
    assert not looks.check(file)
    clock[0] += 1
    assert looks.check(file)


def test_what_a_build_may_not_read_waits_for_the_next(tmp_path: Path, clock: list[float]) -> None:
    file, looks = tmp_path / "a", Settling()
    write(file, "half", clock)
    assert not looks.ready(file)
    clock[0] += 60  # the build took long, and the file rests by now
    looks.forget_settled()
    assert looks.pending
    assert looks.ready(file)
    write(file, "changed after it was read", clock)
    looks.forget_settled()
    assert looks.pending
