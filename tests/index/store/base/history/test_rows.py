"""A version is the same after it was written and read."""

import datetime

import pytest

from index.errors import StorageError
from index.store.base.history.rows import (
    COLUMNS,
    OLDER_COLUMNS,
    is_lost,
    to_version,
    version_values,
    without_text,
    wrong_version,
)
from index.store.base.versions import version_of
from tests.support.written import article

NOW = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


def test_a_version_is_read_back() -> None:
    old = article("a", "Fog.", title="T", date=datetime.date(2026, 11, 1))
    for version in (version_of(old, article("a", "Rain."), NOW), version_of(old, None, NOW, True)):
        row = version_values(version)
        assert len(row) == len(COLUMNS.split(", "))
        assert to_version(row) == version
        assert (wrong_version(row), is_lost(row)) == ("", False)


def test_a_damaged_row_is_told_from_a_damaged_text() -> None:
    row = list(version_values(version_of(article("a", "Fog."), None, NOW)))
    assert wrong_version([*row[:-1], b"no"])
    assert not is_lost([*row[:-1], b"no"])
    row[5] = "2026-13-01"
    assert is_lost(row)
    with pytest.raises(StorageError, match="an earlier version of 'a' is damaged"):
        to_version(row)


def test_columns_without_texts_have_the_same_names() -> None:
    for columns in (COLUMNS, OLDER_COLUMNS):
        assert without_text(columns).endswith(", NULL")
