"""Several archives together are as one archive of all their articles."""

import random
from pathlib import Path

import numpy as np
import pytest

from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store
from index.store.several.snapshot import missing_archives
from qa.retrieval.retriever import Hit, query_terms, retrieve
from tests.support.fakes import FakeEncoder
from tests.support.several import QUESTIONS, divided, made_up, opened, shown, write, write_whole

FILTERS = [
    SearchFilter(),
    SearchFilter.of(after="2025-03-01", before="2025-07-01"),
    SearchFilter.of(language="zh"),
]


def near(one: list[tuple[str, int, float]], other: list[tuple[str, int, float]]) -> None:
    assert [row[:2] for row in one] == [row[:2] for row in other]
    assert [row[2] for row in one] == pytest.approx([row[2] for row in other], abs=1e-6)


def above_the_last(hits: list[Hit]) -> set[str]:
    """Which of equal scores are among the ten depends on how an index was built."""
    return {hit.passage.text for hit in hits if hit.score > hits[-1].score + 1e-5}


@pytest.mark.parametrize("seed", range(2))
def test_scores_are_those_of_one_archive_of_all(
    places: dict[str, str], seed: int, tmp_path: Path, encoder: FakeEncoder
) -> None:
    chance = random.Random(seed)
    articles = made_up(chance, 50)
    write(places, divided(chance, articles, places), encoder)
    whole = open_store(write_whole(tmp_path / "whole", articles, encoder))
    with opened(places).store.snapshot() as together, whole.snapshot() as one:
        assert missing_archives(together) == missing_archives(one) == ()
        assert together.count_passages() == one.count_passages()
        assert together.spread() == pytest.approx(one.spread(), abs=1e-6)
        assert together.vocabulary("h") == one.vocabulary("h")
        for question in QUESTIONS[seed::2]:
            terms = query_terms(question)
            vector = encoder.queries([question])[0]
            used = one.choose(terms).used
            assert together.choose(terms) == one.choose(terms)
            groups = [[term] for term in terms]
            for only in FILTERS:
                near(
                    shown(together, together.keywords(used, 999, only)),
                    shown(one, one.keywords(used, 999, only)),
                )
                near(
                    shown(together, together.nearest(vector, 999, only, 0.7)),
                    shown(one, one.nearest(vector, 999, only, 0.7)),
                )
                (mine, weight), (theirs, all_weight) = (
                    s.grouped(groups, 999, only) for s in (together, one)
                )
                near(shown(together, mine), shown(one, theirs))
                assert weight == pytest.approx(all_weight)
                hits, expected = (
                    retrieve(s, vector, question, 10, only).hits for s in (together, one)
                )
                assert [h.score for h in hits] == pytest.approx(
                    [h.score for h in expected], abs=1e-6
                )
                assert above_the_last(hits) == above_the_last(expected)


def test_later_passages_are_scored_as_those_of_one_archive(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    chance = random.Random(7)
    articles = made_up(chance, 20)
    places = {name: str(tmp_path / name) for name in ("a", "b", "c")}
    write(places, divided(chance, articles, places), encoder)
    whole = open_store(write_whole(tmp_path / "whole", articles, encoder))
    questions = encoder.queries(QUESTIONS[:2])
    shares = np.array([0.5, 1.0], np.float32)
    with opened(places).store.snapshot() as together, whole.snapshot() as one:
        tables = []
        for snapshot in (together, one):
            rows = [
                (snapshot.passages([int(i)])[int(i)].text, column)
                for ids, table in snapshot.scored_after(0, questions, shares)
                for i, column in zip(ids, table.T, strict=True)
            ]
            tables.append(sorted(rows, key=lambda row: row[0]))
        for (text, mine), (same, theirs) in zip(*tables, strict=True):
            assert text == same
            assert mine == pytest.approx(theirs, abs=1e-5)
        last = together.last_passage()
        assert list(together.scored_after(last, questions, shares)) == []
        assert together.passages([last])


def test_passages_are_told_apart_by_their_ids(tmp_path: Path, encoder: FakeEncoder) -> None:
    articles = made_up(random.Random(1), 6)
    places = {"news": str(tmp_path / "news"), "old": str(tmp_path / "old")}
    write(places, {"news": articles[:3], "old": articles[3:]}, encoder)
    with opened(places).store.snapshot() as snapshot:
        ids = [i for i, _ in snapshot.nearest(encoder.queries(["ferry"])[0], 99)]
        passages = snapshot.passages(ids)
        assert len(passages) == snapshot.count_passages() == len(set(ids))
        assert {p.article_id.partition(":")[0] for p in passages.values()} == {"news", "old"}
        assert snapshot.languages_of(ids).keys() == set(ids)
        assert snapshot.settings.passages == len(ids)
        assert snapshot.vector_index().form == "news: exact; old: exact"
