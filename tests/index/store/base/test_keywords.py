"""Which terms of a question are looked up, and which terms a passage has."""

from collections.abc import Sequence

import pytest

from index.store.base import keywords
from index.store.base.keywords import TermChoice, choose, score_groups, terms_of_passage

# how many of 41 passages have each term
USES = {"the": 40, "an": 1, "golden": 41, "of": 41, "foxes": 1, "7": 1, "8": 1, "9": 1}


def chosen(*candidates: str) -> TermChoice:
    return choose(lambda term, limit: min(limit, USES.get(term, 0)), candidates, 41)


def test_common_terms_are_left_out_and_the_rarest_come_first() -> None:
    choice = chosen("the", "an", "golden", "foxes", "7", "foxes", "nowhere")
    assert (choice.used, choice.common) == (("7", "an", "foxes"), ("golden", "the"))
    assert choice.unknown == ("nowhere",)
    assert choice.weight > chosen("the", "golden", "7", "nowhere").weight > 0


def test_no_question_ranks_more_passages_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "MAX_RANKED", 2)
    choice = chosen("7", "8", "9")
    assert (choice.used, choice.common) == (("7", "8"), ("9",))
    monkeypatch.setattr(keywords, "COMMON", 1)
    monkeypatch.setattr(keywords, "MAX_RANKED", 100)
    assert chosen("the", "of", "7").used == ("7", "the", "of")


def test_a_phrase_adds_nothing_to_the_weight() -> None:
    assert chosen("foxes", "golden foxes").weight == chosen("foxes").weight


def test_counting_stops_where_a_term_is_too_common() -> None:
    limits: list[int] = []

    def count(term: str, limit: int) -> int:
        limits.append(limit)
        return 0

    choose(count, ["a"], 1000)
    choose(count, ["a"], 10)
    assert limits == [101, 4]


def test_a_passage_has_the_terms_of_its_heading_and_text() -> None:
    assert terms_of_passage("it rained", "body", None, "ulm today") == ("ulm today it rained", "")
    assert terms_of_passage("it rained", "teaser", "fog", "ulm today") == ("fog it rained", "")
    assert terms_of_passage("ulm today", "title", None, "ulm today") == ("ulm today", "")


def test_a_passage_has_the_other_spellings_of_its_terms() -> None:
    assert terms_of_passage("herr müller aß.", "body", None, None) == (
        "herr müller ass",
        "muller mueller",
    )


@pytest.mark.parametrize(
    ("uses", "used"),
    [
        ({"müller": 2, "muller": 3, "mueller": 2}, ("müller", "muller")),
        ({"müller": 2, "muller": 2, "mueller": 2}, ("müller",)),  # the others find nothing more
        ({"mueller": 1}, ("mueller",)),
    ],
)
def test_other_spellings_are_looked_up_where_they_find_more(
    uses: dict[str, int], used: tuple[str, ...]
) -> None:
    choice = choose(lambda term, limit: min(limit, uses.get(term, 0)), ["müller"], 41)
    assert (choice.used, choice.unknown) == (used, ())
    exact = choose(lambda term, limit: uses[used[0]], [used[0]], 41)
    assert choice.weight == exact.weight  # one word, however many spellings


def test_a_word_unknown_in_every_spelling_is_unknown() -> None:
    assert chosen("müller").unknown == ("müller",)


def test_a_passage_has_the_sounds_of_its_names() -> None:
    terms = terms_of_passage("Macron met Macron", "body", None, None)
    assert terms == ("macron met macron", "~nkn:l:makron")


def scored(*groups: list[str], passages: int = 100) -> tuple[dict[int, float], float]:
    holders = {"首相": [1, 2], "总理": [2, 3], "奈良": [2], "的": list(range(50))}

    def passages_with(terms: Sequence[str], limit: int) -> list[int]:
        return sorted({p for term in terms for p in holders.get(term, [])})[:limit]

    return score_groups(passages_with, groups, passages)


def test_the_terms_of_a_group_count_as_one() -> None:
    scores, weight = scored(["首相", "总理"])
    assert scores.keys() == {1, 2, 3}
    assert set(scores.values()) == {weight}


def test_a_passage_with_more_groups_scores_higher() -> None:
    scores, weight = scored(["首相", "总理"], ["奈良"])
    assert max(scores, key=lambda i: scores[i]) == 2
    assert scores[2] == weight > scores[1] == scores[3] > 0


def test_groups_in_no_passage_or_in_too_many_do_not_count() -> None:
    assert scored(["的"], ["nowhere"], []) == ({}, 0.0)
