"""A question finds passages in other languages, and nothing changes where there is one language."""

import numpy as np
import pytest

from index.store.base.centering import MIN_SPREAD, LanguageMeans, LanguageSums
from index.store.faiss import flat

TOPICS = 12


def said(topic: int, language: int) -> np.ndarray:
    """A unit vector of what is said and, just as strong, in which language."""
    vector = np.zeros(TOPICS + 2, np.float32)
    vector[[topic, TOPICS + language]] = 1
    return vector / np.linalg.norm(vector)


ENGLISH = np.stack([said(topic, 0) for topic in range(TOPICS)])
CHINESE = np.stack([said(topic, 1) for topic in range(TOPICS)])
BOTH = np.vstack([ENGLISH, CHINESE])
CODES = ["en"] * TOPICS + ["zh"] * TOPICS


def means_of(parts: list[tuple[np.ndarray, list[str]]], dimension: int) -> LanguageMeans:
    totals = LanguageSums(dimension)
    for values, codes in parts:
        totals.add(values, codes)
    return totals.means()


def ranking(passages: np.ndarray, codes: list[str], question: np.ndarray) -> list[int]:
    languages = means_of([(passages[:1], codes[:1]), (passages[1:], codes[1:])], TOPICS + 2)
    widened = languages.widen(passages, codes)
    index = flat.empty(widened.shape[1])
    index.add_with_ids(widened, np.arange(len(passages)))
    return [i for i, _ in flat.nearest(index, languages.widen_question(question), len(passages))]


@pytest.mark.parametrize("topic", [0, 5, 11])
def test_what_is_said_decides_not_the_language(topic: int) -> None:
    plain = np.argsort(-(BOTH @ ENGLISH[topic]), kind="stable")
    same = {topic, topic + TOPICS}
    assert set(plain[:2]) != same, "by the cosine alone all English comes first"
    assert set(ranking(BOTH, CODES, ENGLISH[topic])[:2]) == same
    assert set(ranking(BOTH, CODES, CHINESE[topic])[:2]) == same


def test_a_share_of_what_a_language_has_in_common_can_be_taken_away() -> None:
    languages = means_of([(BOTH, CODES)], TOPICS + 2)
    none, half, whole = (languages.scores(ENGLISH[0], BOTH, CODES, s) for s in (0.0, 0.5, 1.0))
    assert np.allclose(none, BOTH @ ENGLISH[0])
    assert np.allclose(half, (none + whole) / 2)
    assert not np.allclose(none, whole)
    widened = languages.widen(BOTH, CODES) @ languages.widen_question(ENGLISH[0], 0.5)
    assert np.allclose(widened, half, atol=1e-6)


def test_one_language_is_ranked_as_by_cosine() -> None:
    question = ENGLISH[3] + np.linspace(0, 0.5, TOPICS + 2, dtype=np.float32)
    expected = list(np.argsort(-(ENGLISH @ question), kind="stable"))
    assert ranking(ENGLISH, ["en"] * TOPICS, question) == expected


def test_a_single_text_in_a_language_is_not_taken_away_whole() -> None:
    passages, codes = np.vstack([ENGLISH, CHINESE[:1]]), [*CODES[:TOPICS], "zh"]
    assert set(ranking(passages, codes, CHINESE[0])[:2]) == {0, TOPICS}


def test_the_means_are_those_of_the_languages() -> None:
    languages = means_of([(BOTH, CODES)], TOPICS + 2)
    assert languages.codes == ("en", "zh")
    assert languages.means.shape == (2, TOPICS + 2)
    assert languages.means[0, -2] > 0.6 > 0.1 > languages.means[0, -1]
    assert languages.means.dtype == np.float32


def test_an_empty_archive_has_no_languages() -> None:
    languages = means_of([], 5)
    assert languages.codes == ()
    assert languages.widen_question(np.ones(5, np.float32)).shape == (5,)


def test_what_is_taken_out_of_sums_leaves_the_means_of_the_rest() -> None:
    totals = LanguageSums(TOPICS + 2)
    totals.add(BOTH, CODES)
    totals.add(BOTH[3:15], CODES[3:15], -1)
    rest = np.vstack([BOTH[:3], BOTH[15:]]), CODES[:3] + CODES[15:]
    right = means_of([rest], TOPICS + 2)
    assert totals.means().codes == right.codes
    assert np.allclose(totals.means().means, right.means, atol=1e-6)
    totals.add(*rest, -1)
    assert totals.means().codes == ()


def test_scores_are_those_of_the_widened_search() -> None:
    languages = means_of([(BOTH, CODES)], TOPICS + 2)
    right = languages.widen(BOTH, CODES) @ languages.widen_question(ENGLISH[2])
    assert np.allclose(languages.scores(ENGLISH[2], BOTH, CODES), right, atol=1e-6)
    assert np.allclose(languages.centred(BOTH, CODES) @ ENGLISH[2], right, atol=1e-6)
    assert languages.scores(ENGLISH[2], BOTH[:0], []).shape == (0,)
    with pytest.raises(ValueError, match="not in tuple"):
        languages.scores(ENGLISH[2], BOTH[:1], ["xx"])


def test_the_spread_is_one_less_the_mean_cosine_within_a_language() -> None:
    same = means_of([(np.repeat(ENGLISH[:1], 50, axis=0), ["en"] * 50)], TOPICS + 2)
    assert same.spread == MIN_SPREAD
    mean_cosine = (ENGLISH @ ENGLISH.T).mean()
    apart = means_of([(ENGLISH, CODES[:TOPICS])], TOPICS + 2)
    assert apart.spread == pytest.approx(1 - mean_cosine, abs=1e-5)
    assert means_of([], TOPICS + 2).spread == 1
