"""BM25 in PostgreSQL: the scores of FTS5, from the index alone."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.store.base.keywords import TermChoice
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from index.store.postgres.connection import Connection
from tests.index.store.postgres.conftest import plan
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article, whole

WORDS = [
    "fog", "rain", "snow", "hail", "wind", "frost", "müller", "ulm", "naïve", "ёлка", "日本首相",
    "u.s.", "8.6%", "sakhalin-2",
]  # fmt: skip
ASKED = [
    ["fog"],
    ["ulm", "müller"],
    ["muller", "naive", "елка"],
    ["rain snow", "hail"],
    ["fog fog", "wind frost", "u.s."],
    ["日本", "本首 首相"],
    ["8.6%", "8.6", "sakhalin", "2"],
    ["nothing", "rain nothing"],
]


@pytest.fixture
def both(index: WrittenIndex, tmp_path: Path, encoder: FakeEncoder) -> list[WrittenIndex]:
    """The same 60 articles in a database and in a folder."""
    chance = np.random.default_rng(7)
    indexes = [index, WrittenIndex(str(tmp_path / "index"), encoder)]
    articles = [
        whole(article(f"{i:03}", " ".join(chance.choice(WORDS, chance.integers(3, 40))),
                      title=f"On {chance.choice(WORDS)}"), "en" if i % 3 else "zh")
        for i in range(60)
    ]  # fmt: skip
    for each in indexes:
        each.publish_passages(*articles)
        each.publish_passages(*articles[5:9], remove=("010", "011"))  # statistics are kept up
    return indexes


def test_scores_and_choices_are_those_of_fts5(
    both: list[WrittenIndex], session: Connection
) -> None:
    ours, theirs = (list(answers(index)) for index in both)
    for (scores, choice), (expected, expected_choice) in zip(ours, theirs, strict=True):
        assert scores == pytest.approx(expected, rel=1e-4)
        assert choice == expected_choice
    session.execute("VACUUM ANALYZE posting")
    session.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
    query = "SELECT passage, frequency, length FROM posting WHERE term = 'fog'"
    assert "Index Only Scan" in plan(session, query)


def answers(index: WrittenIndex) -> Iterator[tuple[dict[str, float], TermChoice]]:
    """Scores by article, as passages have different ids, and how terms were chosen."""
    with open_store(index.where).snapshot() as snapshot:
        for terms in ASKED:
            for only in (NO_FILTER, SearchFilter(language="zh")):
                found = dict(snapshot.keywords(terms, 99, only))
                passages = snapshot.passages(list(found))
                scores = {passages[i].article_id: score for i, score in found.items()}
                yield scores, snapshot.choose(terms)


def test_the_vocabulary_is_whole_however_many_postings_a_term_has(
    index: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.postgres.search.keywords.POSTINGS_AT_ONCE", 2)
    monkeypatch.setattr("index.store.postgres.search.keywords.COUNTED_AT_ONCE", 2)
    index.publish(*(article(str(n), f"fog fogbank{'abc'[n % 3]} foggy mist") for n in range(7)))
    words = ["fog", "fogbanka", "fogbankb", "fogbankc", "foggy"]
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.vocabulary("fog") == words
        assert snapshot.vocabulary("fogh") == []
        assert snapshot.choose([*words, "none"]).unknown == ("none",)


def test_no_term_reaches_the_statement(index: WrittenIndex) -> None:
    index.publish(article("a", "Fog over Ulm."))
    with open_store(index.where).snapshot() as snapshot:
        for term in ("%s", "%(k)s", "'; DROP TABLE posting; --", "fog %(k)s", "% %%", "{0} {name}"):
            assert snapshot.keywords([term], 9) == []
            assert snapshot.choose([term]).unknown == (term,)
        assert len(snapshot.keywords(["fog over"], 9)) == 1
