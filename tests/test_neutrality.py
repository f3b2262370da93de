"""A question finds passages in other languages, and nothing changes where there is one language."""

import numpy as np
import pytest

from index import vectors
from index.neutrality import Languages


def unit(*values: float) -> np.ndarray:
    vector = np.asarray(values, np.float32)
    return vector / np.linalg.norm(vector)


# three dimensions for what is said, then one for each language, which outweighs them
ENGLISH = np.stack([unit(1, 0, 0, 3, 0), unit(0, 1, 0, 3, 0), unit(0, 0, 1, 3, 0)])
CHINESE = np.stack([unit(1, 0, 0, 0, 3), unit(0, 1, 0, 0, 3), unit(0, 0, 1, 0, 3)])
BOTH = np.vstack([ENGLISH, CHINESE])
CODES = ["en"] * 3 + ["zh"] * 3


def ranking(passages: np.ndarray, codes: list[str], question: np.ndarray) -> list[int]:
    languages = Languages.of(passages, codes)
    widened = languages.widen(passages, codes)
    index = vectors.make(np.arange(len(passages)), widened, widened.shape[1])
    return [i for i, _ in vectors.nearest(index, languages.question(question), len(passages))]


@pytest.mark.parametrize("topic", [0, 1, 2])
def test_what_is_said_decides_not_the_language(topic: int) -> None:
    plain = np.argsort(-(BOTH @ ENGLISH[topic]))
    assert set(plain[:3]) == {0, 1, 2}, "without it, English comes before all Chinese"
    assert set(ranking(BOTH, CODES, ENGLISH[topic])[:2]) == {topic, topic + 3}
    assert set(ranking(BOTH, CODES, CHINESE[topic])[:2]) == {topic, topic + 3}


def test_one_language_is_ranked_as_by_cosine() -> None:
    question = unit(0.2, 0.9, 0.4, 3, 0)
    assert ranking(ENGLISH, ["en"] * 3, question) == list(np.argsort(-(ENGLISH @ question)))


def test_a_single_text_in_a_language_can_still_be_found() -> None:
    passages, codes = np.vstack([ENGLISH, CHINESE[:1]]), ["en", "en", "en", "zh"]
    assert 3 in ranking(passages, codes, ENGLISH[0])[:2]


def test_the_means_are_those_of_the_languages() -> None:
    languages = Languages.of(BOTH, CODES)
    assert languages.codes == ("en", "zh")
    assert languages.means.shape == (2, 5)
    assert languages.means[0, 3] > 0.6 > 0.3 > languages.means[0, 4]
    assert languages.means.dtype == np.float32


def test_an_empty_archive_has_no_languages() -> None:
    languages = Languages.of(np.empty((0, 5), np.float32), [])
    assert languages.codes == ()
    assert languages.question(unit(1, 0, 0, 0, 0)).shape == (5,)
