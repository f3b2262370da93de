"""What a snapshot tells so that its passages can be ranked among those of other archives."""

import datetime
import random

import numpy as np
import pytest

from index.store.base.centering import LanguageMeans
from index.store.base.search_filter import SearchFilter
from index.store.doors import open_store
from index.store.several.ranking import bm25
from qa.retrieval.retriever import query_terms
from tests.support.several import QUESTIONS, made_up
from tests.support.written import WrittenIndex, article, whole

TEXTS = {
    "a": "Fog over Ulm, and fog over fog.",
    "b": "Port Ayr has no fog; Port Ayr has José.",
    "c": "In Port there is an Ayr.",
}


@pytest.fixture
def foggy(index: WrittenIndex) -> WrittenIndex:
    """Three articles of one passage, one with a date."""
    index.publish_passages(
        whole(article("a", TEXTS["a"], date=datetime.date(2025, 1, 1)), "en"),
        whole(article("b", TEXTS["b"], url="https://news.example/1"), "en"),
        whole(article("c", TEXTS["c"], url="https://news.example/1"), "de"),
    )
    return index


def test_bm25_of_postings_and_statistics_is_the_stores_own(index: WrittenIndex) -> None:
    articles = made_up(random.Random(0), 40)
    index.publish(*articles[:30])
    index.publish(*articles[30:], remove=[articles[3].id, articles[5].id])
    with open_store(index.where).snapshot() as snapshot:
        statistics = snapshot.statistics()
        assert statistics.passages == snapshot.count_passages()
        for question in QUESTIONS:
            used = snapshot.choose(query_terms(question)).used
            scores = bm25(snapshot.postings(used), statistics)
            own = dict(snapshot.keywords(used, 999))
            assert scores == pytest.approx(own, abs=1e-6), question
        assert snapshot.postings([]) == []


def test_postings_tell_how_often_and_in_how_long_a_passage(foggy: WrittenIndex) -> None:
    with open_store(foggy.where).snapshot() as snapshot:
        texts = {i: p.article_id for i, p in snapshot.passages(range(1, 9)).items()}
        found = snapshot.postings(["fog", "port ayr", "jose", "nowhere"])
        named = {(texts[p.passage], p.term): p.frequency for p in found}
        assert named == {("a", "fog"): 3, ("b", "fog"): 1, ("b", "port ayr"): 2, ("b", "jose"): 0.5}
        lengths = {texts[p.passage]: p.length for p in found}
        assert sum(lengths.values()) < snapshot.statistics().tokens


def test_terms_and_phrases_are_counted_up_to_a_limit(foggy: WrittenIndex) -> None:
    with open_store(foggy.where).snapshot() as snapshot:
        counts = snapshot.counts(["fog", "port", "port ayr", "ulm", "nowhere"], 9)
        assert counts == {"fog": 2, "port": 2, "port ayr": 1, "ulm": 1, "nowhere": 0}
        assert snapshot.counts(["fog", "port ayr"], 1) == {"fog": 1, "port ayr": 1}
        assert len(snapshot.holding(["fog", "ulm"], 9)) == 2
        assert len(snapshot.holding(["port ayr", "ulm"], 9)) == 2
        assert len(snapshot.holding(["fog"], 1)) == 1


def test_passages_are_held_against_a_filter(foggy: WrittenIndex) -> None:
    with open_store(foggy.where).snapshot() as snapshot:
        ids = list(snapshot.passages(range(1, 9)))
        dated = snapshot.among(ids, SearchFilter.of(after="2025-01-01"))
        assert [snapshot.passages(dated)[i].article_id for i in dated] == ["a"]
        assert sorted(snapshot.among(ids, SearchFilter())) == ids
        assert snapshot.among(ids[:1], SearchFilter.of(language="de")) == []


def test_language_sums_are_those_of_the_vectors(foggy: WrittenIndex) -> None:
    with open_store(foggy.where).snapshot() as snapshot:
        statistics = snapshot.statistics()
        assert dict(statistics.sums.counts) == {"en": 2, "de": 1}
        english = foggy.encoder.queries([TEXTS["a"], TEXTS["b"]]).sum(axis=0)
        assert statistics.sums.sums["en"] == pytest.approx(english, abs=1e-5)


def test_passages_are_scored_by_the_means_of_several_archives(foggy: WrittenIndex) -> None:
    vector = foggy.vector("fog")
    means = LanguageMeans(("de", "en", "zh"), np.stack([vector, 0 * vector, vector]))
    with open_store(foggy.where).snapshot() as snapshot:
        languages = snapshot.languages_of(list(range(1, 9)))
        plain = dict(snapshot.nearest(vector, 9, neutral=0.0))
        for i, score in snapshot.nearest(vector, 9, means=means):
            lost = 1.0 if languages[i] == "de" else 0.0
            assert score == pytest.approx(plain[i] - lost, abs=1e-5)


def test_articles_are_found_by_their_url(foggy: WrittenIndex) -> None:
    with open_store(foggy.where).snapshot() as snapshot:
        urls = ["https://news.example/1", "https://news.example/2"]
        assert snapshot.with_url(urls, 9) == {urls[0]: ["b", "c"]}
        assert len(snapshot.with_url(urls, 1)[urls[0]]) == 1
        assert snapshot.with_url([], 9) == {}
