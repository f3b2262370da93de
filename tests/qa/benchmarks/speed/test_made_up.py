"""Made-up passages are always the same, and the nearest are found by comparing all."""

import numpy as np

from index.text.terms import terms
from qa.benchmarks.speed.made_up import DIMENSION, WORDS, Nearest, Passages, unit


def test_batches_are_the_same_every_time() -> None:
    one, other = Passages(), Passages()
    first, again = one.batch(20), other.batch(20)
    assert first[:2] == again[:2]
    assert np.array_equal(first[2], again[2])
    assert one.batch(20)[0] != first[0]


def test_each_word_is_one_term_and_each_vector_a_unit_vector() -> None:
    texts, languages, vectors = Passages().batch(20)
    assert all(terms(text) == text.split() and len(text.split()) == WORDS for text in texts)
    assert set(languages) == {"en", "zh"}
    assert vectors.shape == (20, DIMENSION)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_vectors_of_a_language_share_a_direction() -> None:
    _, languages, vectors = Passages().batch(400)
    english = np.array([code == "en" for code in languages])
    means = unit(np.stack([vectors[english].mean(axis=0), vectors[~english].mean(axis=0)]))
    own = vectors @ means.T
    assert (own[english, 0] > own[english, 1]).mean() > 0.95


def test_the_nearest_of_several_batches_are_those_of_all() -> None:
    supply, nearest = Passages(), Nearest(questions=3, best=5)
    batches = [supply.batch(30)[2] for _ in range(3)]
    for number, vectors in enumerate(batches):
        nearest.add(1 + 30 * number, vectors)
    vectors, texts, best = nearest.sample()
    assert len(texts) == 3
    expected = np.argsort(-(vectors @ np.vstack(batches).T), axis=1)[:, :5] + 1
    assert best == [set(row) for row in expected.tolist()]
