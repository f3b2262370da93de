"""The short way from a question to its vector, against sentence-transformers."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from index.encoder.bundled import model_folder
from index.encoder.question import QuestionEncoder

QUESTIONS = ["When does the ferry sail?", "渡轮什么时候开航?", "", "why " * 800, "<mask> 8.6% ﬁne"]


@pytest.fixture(scope="module")
def expected() -> NDArray[np.float32]:
    model = SentenceTransformer(str(model_folder()), device="cpu")
    return np.asarray(model.encode_query(QUESTIONS, show_progress_bar=False))


def agree(vectors: NDArray[np.float32], expected: NDArray[np.float32], tolerance: float) -> bool:
    return bool(((vectors * expected).sum(axis=1) > 1 - tolerance).all())


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float32, 1e-4), (torch.bfloat16, 1e-3)], ids=str
)
def test_vectors_are_those_of_sentence_transformers(
    dtype: torch.dtype, tolerance: float, expected: NDArray[np.float32]
) -> None:
    vectors = QuestionEncoder(model_folder(), dtype)(QUESTIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * len(QUESTIONS), abs=1e-5)
    assert agree(vectors, expected, tolerance)


def test_vectors_are_the_same_without_the_private_operators_of_torch(
    expected: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.ops, "mkldnn", SimpleNamespace())
    encoder = QuestionEncoder(model_folder(), torch.bfloat16)
    assert agree(encoder(QUESTIONS[:3]), expected[:3], 1e-3)


def test_no_questions_give_no_vectors() -> None:
    assert QuestionEncoder(model_folder(), torch.float32)([]).shape == (0, 384)


def test_a_missing_model_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"tokenizer\.json"):
        QuestionEncoder(tmp_path, torch.float32)
