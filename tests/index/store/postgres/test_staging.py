"""A build's changes are its session's own until they are published."""

import pytest

from index.store.doors import begin_build, open_store
from index.store.postgres import staging
from index.store.postgres.connection import Connection
from tests.support.written import WrittenIndex, article


def test_nothing_is_written_before_it_is_published(
    index: WrittenIndex, session: Connection
) -> None:
    index.publish(article("a", "Fog."))
    (before,) = session.execute("SELECT pg_current_wal_insert_lsn()").fetchone() or (None,)
    with begin_build(index.where) as writer:
        for number in range(50):
            index.put(writer, article(str(number), "Rain fell on the harbour. " * 20))
        writer.remove("a")
        index.embed(writer)
        assert writer.count_articles() == 50
        open_transactions = session.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL"
            " AND application_name = 'archive-qa' AND pid <> pg_backend_pid()"
        ).fetchone()
        assert open_transactions == (0,)  # a long one would keep dead rows
        (written,) = session.execute(
            "SELECT pg_current_wal_insert_lsn() - %s", (before,)
        ).fetchone() or (None,)
        assert written is not None
        assert written < 1_000_000  # the catalogue's rows of temporary tables
        writer.close()
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.count_articles() == 1


@pytest.mark.parametrize("characters", [0, 4_000_000])
def test_buffered_rows_are_as_good_as_sent_ones(
    index: WrittenIndex, monkeypatch: pytest.MonkeyPatch, characters: int
) -> None:
    monkeypatch.setattr(staging, "CHARACTERS", characters)
    with begin_build(index.where) as writer:
        index.put(writer, article("a", "Fog."))
        index.put(writer, article("b", "Rain."))
        index.put(writer, article("a", "Snow."))  # replaces the first
        writer.remove("b")
        found = writer.find("a")
        assert found is not None
        assert found.seen
        assert writer.find("b") is None
        assert (writer.count_articles(), writer.count_passages()) == (1, 1)
        index.embed(writer)
        writer.publish(index.settings)
    store = open_store(index.where)
    with store.snapshot() as snapshot:
        assert [found.text for found in snapshot.articles()] == ["Snow."]
        assert snapshot.keywords(["rain", "fog"], 9) == []
    assert store.problems() == []


def test_an_article_added_and_removed_after_keywords_were_remade(index: WrittenIndex) -> None:
    index.publish(article("a", "Fog."), article("b", "Rain."))
    with begin_build(index.where) as writer:
        writer.remake_keywords()
        writer.remove("a")
        index.put(writer, article("c", "Hail."))
        index.put(writer, article("b", "Snow."))
        index.embed(writer)
        writer.publish(index.settings)
    store = open_store(index.where)
    assert store.problems() == []
    with store.snapshot() as snapshot:
        terms = ["fog", "rain", "hail", "snow"]
        assert [len(snapshot.keywords([term], 9)) for term in terms] == [0, 0, 1, 1]
