"""The records that cross the seam."""

from dataclasses import astuple
from typing import Any

from index.store.base.records import Problem, Repaired, Skip


def test_a_skip_survives_being_stored_as_a_list() -> None:
    skip = Skip("a.zip#b", "is empty", identity="b", partly=True)
    assert Skip(*list(astuple(skip))) == skip


def test_a_skip_of_an_earlier_version_has_only_three_values() -> None:
    stored: list[Any] = ["a.jsonl#2", "its id is taken", "b"]
    assert Skip(*stored) == Skip("a.jsonl#2", "its id is taken", "b", partly=False)


def test_a_repair_unpacks_as_what_was_wrong_and_what_still_is() -> None:
    found, remaining = Repaired([Problem("file", "cut")], [])
    assert (found, remaining) == ([Problem("file", "cut")], [])
