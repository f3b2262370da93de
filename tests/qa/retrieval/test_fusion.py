"""Fusing the scores of vectors, keywords, and words and names in other scripts."""

from collections.abc import Sequence

import pytest

from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa.retrieval.across import Counterpart
from qa.retrieval.fusion import (
    FULL_COVERAGE,
    KEYWORD_WEIGHT,
    NAMES_SHARE,
    covered_across,
    cross_script_likelihood,
    fuse,
)


def test_dense_and_weighted_keyword_scores_add_up() -> None:
    scores = fuse([(1, 0.9), (2, 0.8), (3, 0.4)], [(2, 0.5), (4, 0.5)])
    assert scores == pytest.approx(
        {1: 0.5, 2: 0.4 + KEYWORD_WEIGHT / 2, 3: 0, 4: KEYWORD_WEIGHT / 2}
    )
    assert fuse([(1, 0.9)], []) == {1: 0}
    assert fuse([], [(1, 1.0)]) == {1: KEYWORD_WEIGHT}
    assert fuse([], []) == {}


def test_the_less_keywords_cover_the_likelier_the_answer_is_in_another_script() -> None:
    coverages = (0.0, FULL_COVERAGE / 2, FULL_COVERAGE, 1.0)
    assert [cross_script_likelihood(c) for c in coverages] == [1.0, 0.5, 0.0, 0.0]


def test_passages_in_another_script_are_credited_with_the_best_keyword_score() -> None:
    dense, keyword, other_script = [(1, 0.5), (2, 0.4), (3, 0.3)], [(2, 0.4)], frozenset([1])
    scores = [fuse(dense, keyword, other_script, likelihood) for likelihood in (1.0, 0.5, 0.0)]
    assert [s[1] > s[2] for s in scores] == [True, False, False]
    assert scores[0][1] > scores[1][1] > scores[2][1] == fuse(dense, keyword)[1]
    assert all(s[3] == scores[0][3] for s in scores)


class GroupsOf:
    """A snapshot whose passages hold the given terms; each group is worth 1."""

    def __init__(self, passages: dict[int, set[str]]) -> None:
        self._passages = passages

    def grouped(
        self, groups: Sequence[Sequence[str]], k: int, only: SearchFilter
    ) -> tuple[list[tuple[int, float]], float]:
        scores = {
            i: float(sum(any(term in held for term in group) for group in groups))
            for i, held in self._passages.items()
        }
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
        return [pair for pair in best if pair[1]], float(len(groups))


def across(
    passages: dict[int, set[str]], found: Sequence[Counterpart], weight: float
) -> tuple[dict[int, float], float]:
    return covered_across(GroupsOf(passages), found, weight, 9, NO_FILTER)  # type: ignore[arg-type]


def translated(word: str, *terms: str) -> Counterpart:
    return Counterpart(word, "dictionary", terms)


MERKEL = Counterpart("Merkel", "name", ("~mk:c:merkel", "~mk:z:x"))
REPORT = translated("report", "报告")


def test_translations_do_not_lessen_what_a_name_is_worth() -> None:
    others = [REPORT, translated("mistake", "错误"), translated("names", "指出")]
    shares, unit = across({1: {"~mk:c:merkel"}}, [MERKEL, *others], 2)
    assert shares == {1: 1.0}
    assert unit == pytest.approx(NAMES_SHARE * 2)
    alone, _ = across({1: {"~mk:c:merkel"}}, [MERKEL], 2)
    assert alone == shares


def test_names_in_characters_count_as_names_too() -> None:
    shares, _ = across({1: {"高市"}}, [Counterpart("Takaichi", "name", ("高市",)), REPORT], 2)
    assert shares == {1: 1.0}


def test_a_name_covers_little_of_a_long_question_and_of_many_names() -> None:
    held = {1: {"~mk:c:merkel"}}
    assert across(held, [MERKEL], 8)[0] == {1: pytest.approx(1 / (8 * NAMES_SHARE))}
    two = [MERKEL, Counterpart("Biden", "name", ("~bdn:c:bayden",))]
    assert across(held, two, 2)[0] == {1: 0.5}


def test_names_and_translations_add_up() -> None:
    shares, unit = across({1: {"~mk:z:x", "报告"}, 2: {"报告"}}, [MERKEL, REPORT], 2)
    assert shares == {1: 1.5, 2: 0.5}
    assert unit == 1.0, "no passage scores more by one kind than its shares by the least unit"


def test_the_words_of_the_language_that_covers_most_count() -> None:
    found = [
        Counterpart(word, "dictionary", (f"{word}-{language}",), language)
        for language in ("zh", "ja")
        for word in ("report", "mistake")
    ]
    held = {1: {"report-ja", "mistake-ja", "report-zh"}, 2: {"report-zh"}}
    shares, unit = across(held, found, 2)
    assert shares == {1: 1.0, 2: 0.5}
    assert unit == 2


def test_nothing_across_scripts_leaves_the_weight_of_the_question() -> None:
    assert across({1: {"a"}}, [], 3) == ({}, 3)
