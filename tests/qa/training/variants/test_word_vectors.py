"""Likeness of names by the embeddings of their pieces."""

import numpy as np
import pytest

from qa.training.variants.word_vectors import WordVectors
from tests.support.tiny_models import tiny_tokenizer


def test_similarity_is_the_cosine_of_mean_embeddings() -> None:
    tokenizer = tiny_tokenizer()
    embeddings = np.zeros((tokenizer.get_vocab_size(), 3), np.float32)
    for word, vector in {"anna": (1, 0, 0), "smith": (0.9, 0.1, 0), "berlin": (0, 0, 1)}.items():
        embeddings[tokenizer.token_to_id(word)] = vector
    vectors = WordVectors(tokenizer, embeddings)
    same, like, unlike = vectors.similarities("anna", ["anna", "smith", "berlin"])
    assert same == pytest.approx(1)
    assert 1 > like > 0.9 > unlike


def test_a_text_without_pieces_is_like_nothing() -> None:
    tokenizer = tiny_tokenizer()
    vectors = WordVectors(tokenizer, np.eye(tokenizer.get_vocab_size(), dtype=np.float32))
    assert vectors.similarities("", ["anna"]) == [0]
