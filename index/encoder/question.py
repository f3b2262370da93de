"""One question -> its vector, through the bundled encoder's weights alone.

sentence-transformers and transformers take seconds to import and read 470 MB of weights before the
first vector. A question needs its few word embeddings and the layers, so that here the file is
mapped and only what is used is ever read. Matrices are bf16 where the processor multiplies bf16
itself, else fp32; sums and norms are fp32 on both. Passages, and questions to any other model, go
through sentence-transformers (`encoder.py`); a test holds the vectors of both ways together.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import AddedToken, Tokenizer
from torch.nn.functional import normalize

from .bert import Bert

PROMPT = "query: "
LONGEST = 512  # tokens; a longer question is cut, as sentence-transformers cuts it
END = 2  # the id of </s>


class QuestionEncoder:
    """BERT (Devlin et al., 2019) with mean pooling, for one text at a time."""

    def __init__(self, folder: Path, matrix: torch.dtype) -> None:
        """The unpacked encoder in `folder`; raises OSError or SafetensorError if it is not there.

        `matrix` is the type of the layers' products.
        """
        self._tokenizer = read_tokenizer(folder)
        with safe_open(folder / "model.safetensors", "pt") as opened:  # mapped, not read
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
        self._bert = Bert(tensors, "", tensors["embeddings.word_embeddings.weight"], matrix)

    def __call__(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (questions, width)."""
        with torch.inference_mode():
            vectors = [self._vector(question) for question in questions]
        return np.stack(vectors) if vectors else np.empty((0, self._bert.width), np.float32)

    def _vector(self, question: str) -> NDArray[np.float32]:
        ids = self._tokenizer.encode(PROMPT + question).ids
        if len(ids) > LONGEST:
            ids = [*ids[: LONGEST - 1], END]
        (tokens,) = self._bert([ids])
        return np.asarray(normalize(tokens.mean(0), dim=0).numpy())


def read_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, to be set up as one likes; its file is read once (a second)."""
    first = _tokenizer(folder)
    fresh = Tokenizer(first.model)  # the pieces are shared, the settings are not
    fresh.normalizer, fresh.pre_tokenizer = first.normalizer, first.pre_tokenizer
    fresh.post_processor, fresh.decoder = first.post_processor, first.decoder
    added = first.get_added_tokens_decoder().values()
    fresh.add_special_tokens([AddedToken(token.content, normalized=False) for token in added])
    return fresh


@cache
def _tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
