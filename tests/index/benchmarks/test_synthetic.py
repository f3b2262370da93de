"""Synthetic articles and vectors."""

import numpy as np

from index.benchmarks.synthetic import ArticleGenerator, RandomEncoder


def test_articles_are_the_same_in_every_run_and_all_different() -> None:
    first, again = ArticleGenerator(), ArticleGenerator()
    articles = [first.article() for _ in range(5)]
    assert articles == [again.article() for _ in range(5)]
    assert len(set(articles)) == 5
    assert articles[0] != ArticleGenerator(seed=2).article()


def test_an_article_is_a_headline_and_paragraphs_of_five_sentences() -> None:
    headline, *paragraphs = ArticleGenerator().article(sentences=12).split("\n\n")
    assert not headline.endswith(".")
    assert [paragraph.count(".") for paragraph in paragraphs] == [5, 5, 2]


def test_vectors_are_unit_vectors_that_depend_on_the_text_alone() -> None:
    encoder = RandomEncoder()
    vectors = encoder.passages(["a", "b", "a"])
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])
    assert abs(vectors[0] @ vectors[1]) < 0.3
    assert encoder.embedded == 3
    assert encoder.queries(["a"]).tolist() == vectors[:1].tolist()
    assert encoder.embedded == 3
