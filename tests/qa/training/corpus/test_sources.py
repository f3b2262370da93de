"""How much of each source is used."""

from collections import Counter

from qa.training.corpus.contexts import Context, Question
from qa.training.corpus.sources import REST, choose, weight_of

SOURCES = ("en-a", "zh-b", "te-c")
CONTEXTS = [Context(f"Text {n}.", SOURCES[n % 3], "", str(n), False) for n in range(450)]
QUESTIONS = [Question(f"Question {n}?", n // 2, ()) for n in range(900)]


def chosen(weights: dict[str, float], limit: int | None = None) -> Counter[str]:
    numbers = choose(CONTEXTS, QUESTIONS, weights, limit)
    assert numbers == sorted(set(numbers))
    return Counter(CONTEXTS[QUESTIONS[n].context].source for n in numbers)


def test_a_weight_is_the_share_of_questions() -> None:
    counts = chosen({"zh-b": 0.5, "te-c": 0})
    assert counts["en-a"] == 300
    assert 120 < counts["zh-b"] < 180
    assert counts["te-c"] == 0


def test_sources_keep_their_proportions_under_a_limit() -> None:
    counts = chosen({"en-a": 1, "zh-b": 0.5, REST: 0}, 90)
    assert counts.total() == 90
    assert 45 < counts["en-a"] < 75
    assert counts["te-c"] == 0


def test_the_questions_of_a_context_are_used_together() -> None:
    numbers = choose(CONTEXTS, QUESTIONS, {REST: 0.5}, None)
    assert numbers
    assert {n + 1 for n in numbers if n % 2 == 0} <= set(numbers)


def test_a_small_limit_chooses_part_of_what_a_large_one_does() -> None:
    small, large = (set(choose(CONTEXTS, QUESTIONS, {}, n)) for n in (50, 200))
    assert small < large


def test_the_rest_has_a_weight_of_its_own() -> None:
    assert weight_of("en-a", {"en-a": 0.2, REST: 0}) == 0.2
    assert weight_of("zh-b", {"en-a": 0.2, REST: 0}) == 0
    assert weight_of("zh-b", {"en-a": 0.2}) == 1
