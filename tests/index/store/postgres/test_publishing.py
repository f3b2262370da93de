"""One transaction moves a build's changes: all of them, and what is derived fits."""

import numpy as np
import pytest

from index.errors import StorageError
from index.store.doors import begin_build, open_store
from index.store.postgres.connection import Connection
from index.store.postgres.schema import NAMES
from tests.support.written import WrittenIndex, article


def test_removing_everything_leaves_nothing(index: WrittenIndex, session: Connection) -> None:
    index.publish(article("a", "Fog over Ulm."), article("b", "Fog."))
    index.publish(remove=("a", "b"))
    counts = {name: session.execute(f"SELECT count(*) FROM {name}").fetchone() for name in NAMES}
    assert {name for name, count in counts.items() if count != (0,)} == {"setting"}


def test_sums_stay_those_of_the_passages(index: WrittenIndex) -> None:
    chance = np.random.default_rng(3)
    words = ["fog", "rain", "snow", "hail", "wind", "frost"]
    for _ in range(4):
        changed = [
            article(str(chance.integers(8)), " ".join(chance.choice(words, 5))) for _ in range(3)
        ]
        unique = {each.id: each for each in changed}
        index.publish(*unique.values(), remove=(str(chance.integers(8)),))
        assert open_store(index.where).problems() == []


def test_a_text_that_moves_keeps_its_vector(index: WrittenIndex) -> None:
    index.publish(article("a", "Fog."))
    index.encoder.embedded.clear()
    with begin_build(index.where) as writer:
        writer.remove("a")
        index.put(writer, article("b", "Fog."))
        assert writer.count_not_embedded() == 0
        writer.publish(index.settings)
    assert index.encoder.embedded == []
    assert open_store(index.where).problems() == []


def test_a_failure_in_the_middle_publishes_nothing(
    index: WrittenIndex, session: Connection
) -> None:
    index.publish(article("a", "Fog."))
    check = "CHECK (name || value <> 'generation2')"
    session.execute(f"ALTER TABLE setting ADD CONSTRAINT never {check}")
    with pytest.raises(StorageError, match="the last good archive is untouched"):
        index.publish(article("b", "Rain."), remove=("a",))
    store = open_store(index.where)
    assert store.problems() == []
    with store.snapshot() as snapshot:
        assert [found.id for found in snapshot.articles()] == ["a"]


def test_only_the_first_build_makes_the_index_of_the_postings_and_vacuums(
    index: WrittenIndex, session: Connection
) -> None:
    """Until then questions would read the postings themselves, not their index alone."""

    def done() -> tuple[object, ...] | None:
        return session.execute(
            "SELECT 'posting_term'::regclass, sum(vacuum_count) FROM pg_stat_user_tables"
            " WHERE schemaname = current_schema()"
        ).fetchone()

    index.publish(article("a", "Fog over Ulm."), article("b", "Fog."))
    first = done()
    assert first == ("posting_term", 5)
    index.publish(article("c", "Rain."))
    assert done() == first
