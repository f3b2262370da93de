"""What follows from the articles is made again; readers see the old archive until then."""

import pytest

from index.errors import ArchiveError
from index.store.doors import begin_build, find_store, open_store
from index.store.postgres.connection import Connection
from tests.support.written import WrittenIndex, article

MENDED = (
    "DELETE FROM embedding WHERE passage = 1",
    "UPDATE embedding SET value = '[1,2,3]' WHERE passage = 2",
    "UPDATE embedding SET language = 'zh', day = '2020-01-01' WHERE passage = 1",
    "DELETE FROM posting; INSERT INTO posting VALUES ('more', 9, 9, 1, 3)",
    "DELETE FROM keyword",
    "UPDATE language SET passages = 9",
    "DELETE FROM language",
    "DELETE FROM passage WHERE id = 2",
    'UPDATE passage SET "end" = 5 WHERE id = 1',
    "UPDATE setting SET value = '9' WHERE name = 'passages'",
)


@pytest.fixture
def written(index: WrittenIndex) -> WrittenIndex:
    index.publish(article("a", "Fog over Ulm."), article("b", "Naïve rain."))
    return index


@pytest.mark.parametrize("damage", MENDED)
def test_what_is_derived_is_made_again(
    written: WrittenIndex, session: Connection, damage: str
) -> None:
    session.execute(damage)
    store = find_store(written.where)
    found, remaining = store.repair(written.encoder)
    assert found
    assert remaining == []
    with store.snapshot() as snapshot:
        assert [passage.text for passage in snapshot.all_passages()] == [
            "Fog over Ulm.", "Naïve rain.",
        ]  # fmt: skip
        assert len(snapshot.keywords(["fog", "naive"], 9)) == 2
        assert len(snapshot.nearest(written.vector("fog"), 9)) == 2


def test_an_altered_article_is_read_again_by_the_next_build(
    written: WrittenIndex, session: Connection
) -> None:
    with begin_build(written.where) as writer:
        writer.set_read("a", "1", [], "reader")
        writer.keep()
    session.execute("UPDATE article SET text = 'Fog over Ulm?' WHERE id = 'a'")
    _, remaining = find_store(written.where).repair(written.encoder)
    assert [problem.what for problem in remaining] == ["article"]
    with begin_build(written.where) as writer:
        assert writer.skips("a", "1", "reader") is None
        stored = writer.find("a")
        assert stored is not None
        assert stored.digest == b""


def test_an_unreadable_article_is_taken_out(written: WrittenIndex, session: Connection) -> None:
    session.execute("UPDATE article SET parts = '[' WHERE id = 'a'")
    _, remaining = find_store(written.where).repair(written.encoder)
    (problem,) = remaining
    assert problem.sentence.endswith("could not be read any more and was taken out")
    with open_store(written.where).snapshot() as snapshot:
        assert [found.id for found in snapshot.articles()] == ["b"]


def test_another_encoder_repairs_nothing(written: WrittenIndex, session: Connection) -> None:
    session.execute("DELETE FROM posting")
    written.encoder.name = "other"
    with pytest.raises(ArchiveError, match="built with the encoder 'fake'"):
        find_store(written.where).repair(written.encoder)
