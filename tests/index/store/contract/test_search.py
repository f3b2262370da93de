"""Searching a snapshot: by keywords and by vectors, in all of the archive or in a part of it."""

import datetime
from typing import Any

import numpy as np
import pytest

from index.store.base.protocol import Scored, Snapshot
from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from index.text.terms import terms
from tests.support.written import WrittenIndex, article, whole

FILTERS = [
    ({"after": "2025-01-02"}, "bcw"),
    ({"before": "2025-01-02"}, "ab"),
    ({"after": "2025-01-02", "before": "2025-01-02"}, "b"),
    ({"after": "2026-01-01"}, ""),
    ({"language": "zh"}, "cw"),
    ({"language": "zh-tw"}, "w"),
    ({"language": "z"}, ""),
    ({"language": "en"}, "ab"),
    ({"article": "u"}, "u"),
    ({"article": "nowhere"}, ""),
    ({"article": "a", "language": "zh"}, ""),
    ({"language": "en", "after": "2025-01-02"}, "b"),
]


@pytest.fixture
def mixed(index: WrittenIndex) -> WrittenIndex:
    """Five articles of one passage: two in English, two in Chinese, one of neither day nor code."""
    index.publish_passages(
        whole(article("a", "Fog over Ulm.", date=datetime.date(2025, 1, 1)), "en"),
        whole(article("b", "Fog in the harbour.", date=datetime.date(2025, 1, 2)), "en"),
        whole(article("c", "Fog: 雾笼罩着港口。", date=datetime.date(2025, 1, 3)), "zh"),
        whole(article("w", "Fog: 霧。", date=datetime.date(2025, 1, 4)), "zh-tw"),
        whole(article("u", "Fog 8.6%.")),
    )
    return index


def articles_of(snapshot: Snapshot, scored: Scored) -> list[str]:
    passages = snapshot.passages([identity for identity, _ in scored])
    return [passages[identity].article_id for identity, _ in scored]


# keywords


def test_passages_with_any_of_the_terms_are_found(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        found = snapshot.keywords(["ulm", "harbour", "nothing"], 99)
        assert sorted(articles_of(snapshot, found)) == ["a", "b"]
        assert snapshot.keywords(["nothing"], 99) == snapshot.keywords([], 99) == []


def test_a_group_of_terms_counts_once(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        found, weight = snapshot.grouped([["ulm", "8.6%"], ["harbour"]], 99)
        assert sorted(articles_of(snapshot, found)) == ["a", "b", "u"]
        assert articles_of(snapshot, found)[0] == "b"  # its group is the rarer one
        assert weight == pytest.approx(sum({score for _, score in found}))
        assert len(snapshot.grouped([["ulm", "8.6%"]], 1)[0]) == 1
        only = SearchFilter.of(language="en")
        found, _ = snapshot.grouped([["ulm", "8.6%"]], 99, only)
        assert articles_of(snapshot, found) == ["a"]
        assert snapshot.grouped([], 99) == snapshot.grouped([["nothing"]], 99) == ([], 0.0)


def test_the_vocabulary_lists_the_terms_that_start_alike(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        assert snapshot.vocabulary("ha") == ["harbour"]
        assert snapshot.vocabulary("港") == ["港口"]
        assert snapshot.vocabulary("x") == []
        assert snapshot.keywords(["ulm"], 9)  # and the snapshot still reads


def test_better_keyword_matches_have_higher_scores(index: WrittenIndex) -> None:
    index.publish(
        article("a", "Fog fog fog."),
        article("b", "Fog and a great many other words that are of no use here."),
        article("c", "Rain and nothing else."),
    )
    with open_store(index.where).snapshot() as snapshot:
        found = snapshot.keywords(["fog"], 9)
        assert articles_of(snapshot, found) == ["a", "b"]
        assert found[0][1] > found[1][1]
        assert snapshot.keywords(["fog"], 1) == found[:1]


def test_equal_keyword_scores_are_in_order_of_ids(index: WrittenIndex) -> None:
    index.publish(*(article(name, "Fog.") for name in "dbca"))
    with open_store(index.where).snapshot() as snapshot:
        ids = [identity for identity, _ in snapshot.keywords(["fog"], 9)]
        assert ids == sorted(ids)
        assert [identity for identity, _ in snapshot.keywords(["fog"], 2)] == ids[:2]


def test_a_phrase_is_found_where_its_terms_follow_each_other(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        assert articles_of(snapshot, snapshot.keywords(["fog over ulm"], 9)) == ["a"]
        assert snapshot.keywords(["ulm over"], 9) == []


def test_every_term_of_a_text_finds_it(index: WrittenIndex) -> None:
    odd = "U.S. 8.6% Sakhalin-2 日本首相 don't AND OR NOT NEAR https://a.b/c-d 13-14 Öl ไทย naïve"
    index.publish(article("a", odd))
    with open_store(index.where).snapshot() as snapshot:
        for term in terms(odd):
            assert len(snapshot.keywords([term], 5)) == 1, term


@pytest.mark.parametrize(
    "term", ['"', "'", "*", "fog OR ulm", "NEAR(", "^fog", ":", "(", "-", "terms:fog", "fog*", "\\"]
)
def test_no_term_is_taken_for_query_syntax(mixed: WrittenIndex, term: str) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        assert snapshot.keywords([term], 5) == []
        assert snapshot.choose([term]).unknown == (term,)


def test_a_heading_finds_its_passages(index: WrittenIndex) -> None:
    index.publish(article("a", "An age of foxes.", title="Zürich"))
    with open_store(index.where).snapshot() as snapshot:
        ((identity, _),) = snapshot.keywords(["zürich"], 9)
        assert snapshot.passages([identity])[identity].text == "An age of foxes."


def test_rare_terms_are_chosen_and_common_ones_left_out(index: WrittenIndex) -> None:
    index.publish(*(article(str(i), f"Fog of day {i}.") for i in range(41)))
    with open_store(index.where).snapshot() as snapshot:
        choice = snapshot.choose(["fog", "7", "nothing", "day 7", "7"])
        assert choice.used == ("7", "day 7")
        assert (choice.common, choice.unknown) == (("fog",), ("nothing",))
        assert choice.weight > snapshot.choose(["fog"]).weight


# vectors


def test_the_nearest_passages_come_first(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        found = snapshot.nearest(mixed.vector("Fog in the harbour."), 99)
        assert articles_of(snapshot, found)[0] == "b"
        assert len(found) == 5
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
        assert snapshot.nearest(mixed.vector("Fog in the harbour."), 2) == found[:2]


def test_equal_vectors_are_in_order_of_ids(index: WrittenIndex) -> None:
    index.publish(*(article(name, "Fog.") for name in "dbca"))
    with open_store(index.where).snapshot() as snapshot:
        ids = [identity for identity, _ in snapshot.nearest(index.vector("fog"), 9)]
        assert len(ids) == 4
        assert ids == sorted(ids)


def test_without_centering_scores_are_cosines(mixed: WrittenIndex) -> None:
    question = mixed.vector("fog in Ulm")
    with open_store(mixed.where).snapshot() as snapshot:
        scores = dict(snapshot.nearest(question, 99, neutral=0.0))
        texts = {i: p.text for i, p in snapshot.passages(list(scores)).items()}
    expected = {i: float(mixed.vector(text) @ question) for i, text in texts.items()}
    assert scores == pytest.approx(expected, abs=1e-5)


def test_centering_subtracts_the_same_from_all_passages_of_a_language(mixed: WrittenIndex) -> None:
    question = mixed.vector("fog in Ulm")
    with open_store(mixed.where).snapshot() as snapshot:
        plain = dict(snapshot.nearest(question, 99, neutral=0.0))
        half = dict(snapshot.nearest(question, 99, neutral=0.5))
        whole_share = dict(snapshot.nearest(question, 99))  # 1.0 is the default
        languages = snapshot.languages_of(list(plain))
    lost: dict[str | None, list[float]] = {}
    for identity, score in plain.items():
        lost.setdefault(languages[identity], []).append(score - whole_share[identity])
        assert half[identity] == pytest.approx((score + whole_share[identity]) / 2, abs=1e-5)
    assert set(lost) == {"en", "zh", "zh-tw", None}
    assert np.ptp(lost["en"]) < 1e-5
    assert abs(lost["en"][0] - lost["zh"][0]) > 1e-3


def test_one_language_is_ranked_as_by_cosine(index: WrittenIndex) -> None:
    words = ["fog", "rain", "snow", "hail", "wind", "frost"]
    index.publish(*(article(w, f"{w} and {w} after {words[0]}") for w in words))
    with open_store(index.where).snapshot() as snapshot:
        question = index.vector("snow and rain, snow")
        plain = [identity for identity, _ in snapshot.nearest(question, 9, neutral=0.0)]
        assert [identity for identity, _ in snapshot.nearest(question, 9)] == plain


def test_the_spread_grows_as_passages_differ(index: WrittenIndex) -> None:
    index.publish(*(article(str(i), "Fog over Ulm.") for i in range(9)))
    with open_store(index.where).snapshot() as snapshot:
        alike = snapshot.spread()
    words = ("rain", "snow", "hail", "wind", "frost", "cloud", "storm", "thunder", "drizzle")
    index.publish(*(article(str(i), f"{word}.") for i, word in enumerate(words)))
    with open_store(index.where).snapshot() as snapshot:
        assert 0 < alike < snapshot.spread() <= 1


def test_later_passages_are_scored_for_many_questions(mixed: WrittenIndex) -> None:
    questions = np.stack([mixed.vector(text) for text in ("fog in Ulm", "harbour", "雾")])
    shares = np.array([1.0, 0.5, 0.0], np.float32)
    with open_store(mixed.where).snapshot() as snapshot:
        last = snapshot.last_passage()
        assert list(snapshot.scored_after(last, questions, shares)) == []
        expected = [
            dict(snapshot.nearest(question, 99, neutral=float(share)))
            for question, share in zip(questions, shares, strict=True)
        ]
    mixed.publish_passages(whole(article("n", "Fog in the new harbour."), "en"))
    with open_store(mixed.where).snapshot() as snapshot:
        assert snapshot.last_passage() > last
        ((ids, scores),) = snapshot.scored_after(last, questions, shares)
        assert ids.tolist() == [snapshot.last_passage()]
        everything = list(snapshot.scored_after(0, questions, shares))
        for row, (question, share) in enumerate(zip(questions, shares, strict=True)):
            best = dict(snapshot.nearest(question, 99, neutral=float(share)))
            found = {
                int(i): score
                for ids, table in everything
                for i, score in zip(ids, table[row], strict=True)
            }
            assert found == pytest.approx(best, abs=1e-5)
            assert scores[row, 0] == pytest.approx(best[int(ids[0])], abs=1e-5)
            assert expected[row].keys() == best.keys() - {int(ids[0])}


def test_an_empty_archive_has_no_last_passage(index: WrittenIndex) -> None:
    index.publish()
    with open_store(index.where).snapshot() as snapshot:
        assert snapshot.last_passage() == 0


# a part of the archive


@pytest.mark.parametrize(("fields", "found"), FILTERS, ids=str)
def test_keywords_are_limited_to_a_filter(
    mixed: WrittenIndex, fields: dict[str, str], found: str
) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        some = snapshot.keywords(["fog"], 99, SearchFilter(**parsed(fields)))
        assert set(articles_of(snapshot, some)) == set(found)


@pytest.mark.parametrize(("fields", "found"), FILTERS, ids=str)
def test_vectors_are_limited_to_a_filter(
    mixed: WrittenIndex, fields: dict[str, str], found: str
) -> None:
    vector = mixed.vector("fog in Ulm")
    with open_store(mixed.where).snapshot() as snapshot:
        every = dict(snapshot.nearest(vector, 99, NO_FILTER))
        some = snapshot.nearest(vector, 99, SearchFilter(**parsed(fields)))
        assert set(articles_of(snapshot, some)) == set(found)
        assert dict(some) == pytest.approx({i: every[i] for i, _ in some})  # scores stay


@pytest.mark.parametrize("among", ["a", "ab", "u", ""])
def test_a_search_is_limited_to_some_articles(mixed: WrittenIndex, among: str) -> None:
    only = SearchFilter(among=frozenset(among))
    vector = mixed.vector("fog in Ulm")
    with open_store(mixed.where).snapshot() as snapshot:
        every = set(articles_of(snapshot, snapshot.nearest(vector, 99)))
        assert set(articles_of(snapshot, snapshot.nearest(vector, 99, only))) == every & set(among)
        found = [*snapshot.keywords(["fog"], 99, only), *snapshot.grouped([["fog"]], 99, only)[0]]
        assert set(articles_of(snapshot, found)) <= set(among)
        expected = set(articles_of(snapshot, snapshot.keywords(["fog"], 99))) & set(among)
        assert set(articles_of(snapshot, snapshot.keywords(["fog"], 99, only))) == expected


def parsed(fields: dict[str, str]) -> dict[str, Any]:
    """Days as dates; the rest as it is, valid or not."""
    return {
        name: datetime.date.fromisoformat(value) if name in ("after", "before") else value
        for name, value in fields.items()
    }


# passages


def test_languages_are_those_of_the_passages(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        ids = [identity for identity, _ in snapshot.keywords(["fog"], 99)]
        languages = snapshot.languages_of([*ids, 999, -1])
        passages = snapshot.passages(ids)
        assert languages == {i: p.language for i, p in passages.items()}
        assert set(languages.values()) == {"en", "zh", "zh-tw", None}
        assert snapshot.languages_of([]) == {}


def test_ids_that_are_not_in_the_archive_are_left_out(mixed: WrittenIndex) -> None:
    with open_store(mixed.where).snapshot() as snapshot:
        known = next(identity for identity, _ in snapshot.keywords(["ulm"], 1))
        assert list(snapshot.passages([999, known, -1])) == [known]
        assert snapshot.passages([]) == {}
