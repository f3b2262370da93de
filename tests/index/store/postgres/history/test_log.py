"""A build keeps the log of an article in a table of its session until it is published."""

import datetime

from index.store.base.versions import version_of
from index.store.doors import begin_build, open_store
from index.store.postgres.writer import PostgresWriter
from tests.support.written import WrittenIndex, article

NOON = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)


def test_a_log_that_no_build_touches_is_not_written_again(index: WrittenIndex) -> None:
    index.publish(article("a", "Rain."), article("b", "Hail."))
    with begin_build(index.where) as writer:
        for identity in "ab":
            writer.log(version_of(article(identity, "Fog."), None, NOON))
        writer.publish(index.settings)

    def rows() -> dict[str, list[int]]:
        with begin_build(index.where) as writer:
            assert isinstance(writer, PostgresWriter)
            found = writer._connection.execute("SELECT article, number FROM version").fetchall()
            return {name: [n for a, n in found if a == name] for name in "ab"}

    before = rows()
    with begin_build(index.where) as writer:
        writer.log(version_of(article("a", "Ice."), None, NOON))
        writer.publish(index.settings)
    after = rows()
    assert after["b"] == before["b"]
    assert len(after["a"]) == 2
    with open_store(index.where).snapshot() as snapshot:
        assert [version.text for version in snapshot.versions("a")] == ["Ice.", "Fog."]
