"""What goes from a log, and what is compared anew."""

from dataclasses import replace

import pytest

from index.errors import StorageError
from index.store.base.history import order
from index.store.base.history.order import Comparison, Entry, compared, settle
from index.store.base.versions import Version
from tests.support.written import article


def entry(number: int, text: str, line: bool = True, size: int = 1, fresh: bool = True) -> Entry:
    return Entry(number, text.encode(), line, None, size, fresh)


def test_each_version_is_compared_with_the_next_newer_one() -> None:
    settled = settle([entry(3, "c"), entry(1, "b"), entry(2, "a")], b"now")
    assert settled.drop == []
    assert settled.compare == [
        Comparison(3, None, b"now", True),
        Comparison(1, 3, b"c", True),
        Comparison(2, 1, b"b", True),
    ]
    assert settled.changed


def test_what_was_compared_with_its_neighbour_is_not_compared_again() -> None:
    known = replace(entry(1, "b"), against=b"now", fresh=False)
    assert settle([known], b"now") == order.Settled()
    assert settle([known], None).compare == [Comparison(1, None, None, False)]


def test_repeated_lines_go_and_what_builds_replaced_does_not() -> None:
    lines = [entry(4, "b"), entry(3, "b", fresh=False), entry(2, "a"), entry(1, "b")]
    assert settle(lines, b"b").drop == [4, 3]
    builds = [replace(line, line=False) for line in lines]
    assert settle(builds, b"b").drop == [4, 1]  # what this build ended up with after all
    assert settle(builds, b"c").drop == []


def test_nothing_has_changed_where_only_what_is_new_goes() -> None:
    kept = replace(entry(1, "a"), against=b"now", fresh=False)
    assert not settle([entry(2, "now"), kept, entry(3, "a")], b"now").changed
    assert settle([kept, replace(kept, number=2)], b"now").changed


def test_texts_that_are_not_kept_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "MAX_TEXTS", 1)
    settled = settle([entry(2, "b"), entry(1, "a", size=0), entry(3, "c")], b"now")
    assert [pair.possible for pair in settled.compare] == [True, False, False]
    assert settled.drop_texts == [3]


def test_while_a_file_is_read_nothing_goes_and_the_last_text_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(order, "MAX_TEXTS", 1)
    entries = [entry(2, "b"), entry(1, "b"), entry(4, "d"), entry(3, "c")]
    settled = settle(entries, b"now", last=3)
    assert (settled.drop, settled.drop_texts) == ([], [1, 4])
    monkeypatch.setattr(order, "ROWS_AFTER", 3)
    assert settle(entries, b"now", last=3).drop == [1]


def test_a_damaged_text_is_as_one_that_is_not_kept() -> None:
    def damaged(_: int) -> Version:
        raise StorageError

    pair = Comparison(1, None, b"now", True)
    assert compared(pair, lambda: article("a", "Fog."), damaged) == 0
    assert compared(replace(pair, possible=False), lambda: None, damaged) == 0
