"""The tables of an archive: made once, in a schema of their own, and what may read them."""

import datetime
from dataclasses import replace

import pytest

from index.errors import ArchiveError
from index.store.base.digest import of_text
from index.store.base.versions import version_of
from index.store.doors import begin_build, find_store, open_store
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.schema import MAX_DIMENSION, NAMES, exists, prepare_tables
from tests.index.store.postgres.conftest import as_user
from tests.support.written import WrittenIndex, article


def test_tables_are_made_once(address: str, session: Connection) -> None:
    archive = Address.parse(address).archive
    assert not exists(session, archive)
    prepare_tables(session, archive)
    assert exists(session, archive)
    prepare_tables(session, archive)
    rows = session.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", (archive,)
    )
    assert {name for (name,) in rows} == set(NAMES)


def test_archives_of_one_database_do_not_mix(index: WrittenIndex, session: Connection) -> None:
    parsed = Address.parse(index.where)
    index.publish(article("a", "Fog."))
    beside = WrittenIndex(f"{parsed.conninfo}?archive={parsed.archive}_b", index.encoder)
    beside.publish(article("b", "Rain."), article("c", "Snow."))
    try:
        with open_store(index.where).snapshot() as snapshot:
            assert [found.id for found in snapshot.articles()] == ["a"]
        with open_store(beside.where).snapshot() as snapshot:
            assert [found.id for found in snapshot.articles()] == ["b", "c"]
    finally:
        session.execute(f"DROP SCHEMA {parsed.archive}_b CASCADE")


def test_a_user_who_may_only_read_can_search_and_not_build(
    index: WrittenIndex, session: Connection
) -> None:
    """With the GRANTs that README.md beside the store documents."""
    index.publish(article("a", "Fog over Ulm."))
    archive = Address.parse(index.where).archive
    user = f"reader_of_{archive}"
    where = as_user(index.where, user)
    session.execute(f"CREATE ROLE {user} LOGIN")
    session.execute(f"GRANT USAGE ON SCHEMA {archive} TO {user}")
    session.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {archive} TO {user}")
    try:
        store = open_store(where)
        with store.snapshot() as snapshot:
            assert len(snapshot.nearest(index.vector("fog"), 9)) == 1
            assert len(snapshot.keywords(["ulm"], 9)) == 1
            assert snapshot.article("a")
            assert snapshot.choose(["ulm"]).used == ("ulm",)
        assert store.problems() == []
        assert sum(store.sizes().values()) > 0
        with pytest.raises(ArchiveError, match="lacks a right; the GRANTs are in"):
            WrittenIndex(where, index.encoder).publish(article("b", "Rain."))
        session.execute(f"REVOKE USAGE ON SCHEMA {archive} FROM {user}")
        with pytest.raises(ArchiveError, match="lacks a right"):
            open_store(where)
    finally:
        session.execute(f"DROP OWNED BY {user}; DROP ROLE {user}")
    assert find_store(index.where).problems() == []


def test_a_builder_needs_no_more_than_its_grants(index: WrittenIndex, session: Connection) -> None:
    """A role that may create a schema and temporary tables, as README.md says."""
    parsed = Address.parse(index.where)
    user = f"builder_of_{parsed.archive}"
    (database,) = session.execute("SELECT current_database()").fetchone() or ("",)
    built = WrittenIndex(as_user(index.where, user), index.encoder)
    session.execute(f"CREATE ROLE {user} LOGIN")
    session.execute(f'GRANT CREATE, TEMPORARY ON DATABASE "{database}" TO {user}')
    try:
        built.publish(article("a", "Fog over Ulm."))
        built.publish(article("b", "Rain."), remove=("a",))
        store = find_store(built.where)
        assert store.problems() == []
        session.execute(f"DELETE FROM {parsed.archive}.posting")
        assert store.repair(index.encoder).remaining == []
    finally:
        session.execute(f"DROP OWNED BY {user} CASCADE; DROP ROLE {user}")


def test_a_dimension_that_fits_into_no_row_is_refused_before_embedding(
    index: WrittenIndex,
) -> None:
    index.encoder.dimension = MAX_DIMENSION
    index.settings = replace(index.settings, dimension=MAX_DIMENSION)
    day, language = datetime.date(2025, 10, 28), "zh-hant-tw"
    index.publish(article("a", "Fog.", date=day, language=language))
    index.encoder.dimension = MAX_DIMENSION + 1
    with (
        begin_build(index.where) as writer,
        pytest.raises(ArchiveError, match="have 2,001 dimensions, more than the 2,000"),
    ):
        writer.embedding_cache(index.encoder)


def test_an_archive_of_schema_1_is_read_as_it_is_and_gains_its_log_with_the_next_build(
    index: WrittenIndex, session: Connection
) -> None:
    url = "https://x.example"
    index.publish(article("a", "Fog over Ulm.", url=url), article("b", "Hail.", url=url))
    archive = Address.parse(index.where).archive
    user = f"reader_of_{archive}"
    session.execute(f"""DROP TABLE {archive}.version; DROP INDEX {archive}.article_url;
        ALTER TABLE {archive}.article DROP COLUMN source_digest CASCADE;
        UPDATE {archive}.setting SET value = '1' WHERE name = 'schema';
        CREATE ROLE {user} LOGIN; GRANT USAGE ON SCHEMA {archive} TO {user};
        GRANT SELECT ON ALL TABLES IN SCHEMA {archive} TO {user}""")
    reader = open_store(as_user(index.where, user))
    try:
        with reader.snapshot() as snapshot:
            assert snapshot.versions("a") == list(snapshot.all_versions()) == []
            assert (snapshot.count_versions(), snapshot.last_versions(["a"])) == ((0, 0), {})
            assert snapshot.same_url(["a"], 9) == {}
            assert snapshot.version_with_text(of_text("Fog over Ulm.")) is None
        assert reader.problems() == []
        assert sum(reader.sizes().values()) > 0
        index.publish(article("c", "Rain."))
        with reader.snapshot() as snapshot:
            assert snapshot.count_versions() == (0, 0)
            assert snapshot.same_url(["a"], 9) == {"a": ["b"]}
        assert reader.problems() == []
        assert "version" in reader.sizes()
    finally:
        session.execute(f"DROP OWNED BY {user}; DROP ROLE {user}")


def test_a_log_of_schema_2_is_read_as_it_is_and_gains_its_days_with_the_next_build(
    index: WrittenIndex, session: Connection
) -> None:
    index.publish(article("a", "Fog over Ulm."))
    now = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    dated = version_of(article("a", "Hail.", date=datetime.date(2026, 11, 1)), None, now)
    with begin_build(index.where) as writer:
        for version in (dated, version_of(article("a", "Snow."), None, now)):
            writer.log(version)
        writer.publish(index.settings)
    archive = Address.parse(index.where).archive
    session.execute(f"""ALTER TABLE {archive}.version DROP COLUMN stated, DROP COLUMN line,
        DROP COLUMN against;
        DROP INDEX {archive}.version_article;
        CREATE INDEX version_article ON {archive}.version (article);
        UPDATE {archive}.setting SET value = '2' WHERE name = 'schema'""")

    def log() -> list[tuple[str | None, datetime.date, bool]]:
        store = open_store(index.where)
        assert store.problems() == []
        with store.snapshot() as snapshot:
            return [(v.text, v.stated, v.line) for v in snapshot.versions("a")]

    expected = [
        ("Snow.", now.date(), False), ("Hail.", datetime.date(2026, 11, 1), False),
    ]  # fmt: skip
    assert log() == expected
    index.publish(article("c", "Rain."))
    assert log() == expected
    with begin_build(index.where) as writer:
        writer.log(version_of(article("a", "Ice."), None, now))
        writer.publish(index.settings)
    assert log() == [("Ice.", now.date(), False), *expected]
