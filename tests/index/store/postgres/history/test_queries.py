"""Looking up a version, or the articles of a URL, reads an index and not the whole table."""

import pytest

from index.store.base.digest import of_text
from index.store.doors import open_store
from index.store.postgres.snapshot import PostgresSnapshot
from tests.support.written import WrittenIndex, article


@pytest.mark.parametrize(
    ("query", "value", "used"),
    [
        ("SELECT id FROM article WHERE url = %s", "https://x.example/1", "article_url"),
        ("SELECT number FROM version WHERE article = %s", "a", "version_article"),
        ("SELECT number FROM version WHERE digest = %s", of_text("Fog."), "version_text"),
    ],
)
def test_indexes_are_used(index: WrittenIndex, query: str, value: object, used: str) -> None:
    index.publish(article("a", "Fog.", url="https://x.example/1"))
    with open_store(index.where).snapshot() as snapshot:
        assert isinstance(snapshot, PostgresSnapshot)
        connection = snapshot._connection
        connection.execute("SET LOCAL enable_seqscan = off")
        plan = connection.execute(f"EXPLAIN {query}", (value,)).fetchall()
        assert used in str(plan)
