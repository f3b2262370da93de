"""One question -> its vector, computed from the bundled encoder's weights alone.

sentence-transformers and transformers take seconds to import and read 470 MB of weights before the
first vector. A question needs the layers and a few rows of the word embeddings, so the file is
memory-mapped here and only the pages in use are read. Passages, and questions to any other model,
go through sentence-transformers (`sentence.py`); a test checks that both give the same vectors.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from torch.nn.functional import normalize

from .bert import Bert
from .bundled import MAX_TOKENS, PROMPTS
from .protocol import Vectors
from .tokenizer import END_ID, read_tokenizer


class QuestionEncoder:
    """BERT (Devlin et al., 2019) with mean pooling, one text at a time."""

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        """Map the unpacked encoder in `folder`; `dtype` is that of the matrix products.

        Raises:
            OSError: A file is missing.
            SafetensorError: The weights are damaged.
        """
        self._tokenizer = read_tokenizer(folder)
        with safe_open(folder / "model.safetensors", "pt") as opened:  # mapped, not read
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        self._bert = Bert(tensors, "", tensors["embeddings.word_embeddings.weight"], dtype)

    def __call__(self, questions: Sequence[str]) -> Vectors:
        """Embed questions: unit vectors of shape (questions, width)."""
        with torch.inference_mode():
            vectors = [self._vector(question) for question in questions]
        return np.stack(vectors) if vectors else np.empty((0, self._bert.width), np.float32)

    def _vector(self, question: str) -> Vectors:
        ids = self._tokenizer.encode(PROMPTS["query"] + question).ids
        if len(ids) > MAX_TOKENS:  # truncate as sentence-transformers does
            ids = [*ids[: MAX_TOKENS - 1], END_ID]
        (tokens,) = self._bert([ids])
        return np.asarray(normalize(tokens.mean(0), dim=0).numpy())
