"""Whatever is wrong in the tables is told; a sound archive has no problems."""

import pytest

from index.store.doors import find_store
from index.store.postgres.address import Address
from index.store.postgres.connection import Connection
from index.store.postgres.integrity.check import problems
from tests.support.written import WrittenIndex, article

DAMAGE = {
    "UPDATE article SET text = 'Fog over Ulm?' WHERE id = 'a'": "article passage",
    "UPDATE article SET parts = '[' WHERE id = 'a'": "article",
    "UPDATE article SET text_digest = 'x' WHERE id = 'a'": "article",
    'UPDATE passage SET "end" = 5 WHERE id = 1': "passage keywords",
    "DELETE FROM article WHERE id = 'b'": "passage",
    "DELETE FROM passage WHERE id = 2": "passage vector",
    "DELETE FROM embedding WHERE passage = 1": "vector",
    "UPDATE embedding SET value = '[1,2,3]' WHERE passage = 1": "vector",
    "UPDATE embedding SET value = value * value WHERE passage = 1": "vector",
    "UPDATE embedding SET language = 'zh' WHERE passage = 1": "vector",
    "UPDATE embedding SET day = '2020-01-01' WHERE passage = 1": "vector",
    "UPDATE embedding SET content = 'x' WHERE passage = 1": "vector",
    "DELETE FROM posting WHERE term = 'fog'": "keywords",
    "UPDATE posting SET frequency = 9 WHERE term = 'fog'": "keywords",
    "UPDATE posting SET length = 9 WHERE term = 'fog'": "keywords",
    "INSERT INTO posting VALUES ('more', 1, 1, 1, 3)": "keywords",
    "UPDATE keyword SET terms = 'other words' WHERE passage = 1": "keywords",
    "DELETE FROM keyword WHERE passage = 1": "keywords",
    "UPDATE setting SET value = '9' WHERE name = 'postgres_tokens'": "keywords",
    "UPDATE setting SET value = '9' WHERE name = 'passages'": "file",
    "UPDATE language SET sum = decode(repeat('00', 512), 'hex')": "file",
    "UPDATE language SET passages = 9": "file",
    "UPDATE language SET mean = decode(repeat('00', 256), 'hex')": "file",
    "DELETE FROM language": "file",
    "DELETE FROM setting WHERE name = 'encoder'": "settings",
}


@pytest.fixture
def written(index: WrittenIndex) -> WrittenIndex:
    index.publish(article("a", "Fog over Ulm."), article("b", "Naïve rain."))
    return index


def test_damage_is_found(written: WrittenIndex, session: Connection) -> None:
    store = find_store(written.where)
    assert store.problems() == []
    missed = {}
    for statement, kinds in DAMAGE.items():
        with session.transaction(force_rollback=True):
            session.execute(statement)
            found = {problem.what for problem in problems(session, Address.parse(written.where))}
        if not set(kinds.split()) <= found:
            missed[statement] = found
    assert missed == {}
    assert store.problems() == []


def test_keywords_of_rules_that_are_read_are_sound(
    written: WrittenIndex, session: Connection
) -> None:
    session.execute("UPDATE setting SET value = '3' WHERE name = 'terms'")
    session.execute("UPDATE keyword SET terms = 'made by older rules'")
    assert find_store(written.where).problems() == []
