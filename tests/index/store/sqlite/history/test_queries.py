"""An index of an older schema has no log; its URLs are not looked up."""

import sqlite3
from pathlib import Path

from index.store.base.digest import of_text
from index.store.doors import open_store
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article


def test_an_older_index_is_read_without_a_log(tmp_path: Path, encoder: FakeEncoder) -> None:
    index = WrittenIndex(str(tmp_path), encoder)
    index.publish(article("a", "Fog.", url="https://x.example"), article("b", "Rain."))
    with sqlite3.connect(tmp_path / "archive.sqlite") as connection:
        connection.execute("DROP TABLE version")
        connection.execute("DROP INDEX article_url")
        connection.execute("ALTER TABLE article DROP COLUMN source_digest")
        connection.execute("PRAGMA user_version = 6")
    connection.close()
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.versions("a") == list(snapshot.all_versions()) == []
        assert snapshot.version_with_text(of_text("Fog.")) is None
        assert snapshot.last_versions(["a"]) == {}
        assert snapshot.same_url(["a"], 9) == {}
        assert snapshot.count_versions() == (0, 0)
        assert snapshot.article("a") is not None
    assert open_store(index.where).problems() == []
    index.publish(article("a", "Snow."))
    assert open_store(index.where).problems() == []
