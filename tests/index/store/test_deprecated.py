"""`index.Store(folder)` of version 0.1 still opens an index, with a warning."""

from pathlib import Path

import pytest

import index
from index.errors import ArchiveError
from tests.support.builds import Make


def test_it_warns_and_works(make: Make, tmp_path: Path) -> None:
    make({"a.txt": "Rain over Ulm."})
    with pytest.warns(DeprecationWarning, match="use index.store.doors.open_store"):
        store = index.Store(tmp_path / "index")
    assert store.folder == tmp_path / "index"
    assert store.settings.encoder == "fake"
    with store.snapshot() as snapshot:
        assert snapshot.count_articles() == 1


def test_no_index_is_an_error_at_once(tmp_path: Path) -> None:
    with (
        pytest.warns(DeprecationWarning, match="index.store.doors"),
        pytest.raises(ArchiveError, match="there is no index"),
    ):
        index.Store(str(tmp_path))
