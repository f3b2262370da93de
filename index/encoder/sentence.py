"""Text -> unit vectors through sentence-transformers: the bundled model, or any other by name.

Questions to the bundled model take a faster way to the same vectors: `question.py`. This module
does not know what a passage is, and stores nothing.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import threads
from index.errors import ArchiveError, first_line

from .bundled import DIMENSION, EARLIER_NAME, NAME, REVISION, model_folder, quiet_transformers
from .folder_digest import folder_digest
from .protocol import Encoder, Vectors

if TYPE_CHECKING:  # they import torch, which takes seconds
    from sentence_transformers import SentenceTransformer

    from .question import QuestionEncoder

__all__ = ["Encoder", "SentenceEncoder", "Vectors"]

BATCH_SIZE = 32  # passages


class SentenceEncoder:
    """An encoder backed by `SentenceTransformer`; the bundled model is loaded on first use."""

    def __init__(self, name: str = NAME) -> None:
        """Choose the model `name`: the bundled one, a folder, or a name in the local hub cache.

        The name of the encoder that earlier versions bundled means today's.

        Raises:
            ArchiveError: The model cannot be loaded. The bundled one is not loaded here.
        """
        self.name = NAME if name == EARLIER_NAME else name
        self.revision = REVISION if self.name == NAME else ""
        if self.name != NAME:
            self.revision = _revision(self._model)

    @property
    def _model(self) -> "SentenceTransformer":
        return threads.on_model_thread(_load, self.name)

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return DIMENSION if self.name == NAME else int(self._model.get_embedding_dimension())

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: unit vectors, float32 of shape (len(texts), dimension)."""
        return threads.on_model_thread(self._queries, texts)

    def _queries(self, texts: Sequence[str]) -> Vectors:
        if self.name == NAME:  # saves the seconds that sentence-transformers takes to import
            return _question_encoder()(texts)
        return self._unit(self._model.encode_query(list(texts), show_progress_bar=False))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: unit vectors, float32 of shape (len(texts), dimension)."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))  # to pad little
        for first in range(0, len(order), BATCH_SIZE):  # questions are served between batches
            batch = order[first : first + BATCH_SIZE]
            vectors[batch] = threads.on_model_thread(self._passages, [texts[n] for n in batch])
        return vectors

    def _passages(self, texts: list[str]) -> Vectors:
        return self._unit(self._model.encode_document(texts, show_progress_bar=False))

    def _unit(self, vectors: Vectors) -> Vectors:
        """Normalise to unit length, which not every model does itself."""
        vectors = np.asarray(vectors, np.float32).reshape(-1, self.dimension)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


@cache
def _question_encoder() -> "QuestionEncoder":
    from .bert import best_dtype
    from .question import QuestionEncoder

    folder = model_folder()
    try:
        return QuestionEncoder(folder, best_dtype())
    except Exception as error:  # a damaged file can raise almost anything
        raise ArchiveError(
            f"cannot load the encoder in {folder} ({first_line(error)}): delete that folder, "
            "it is unpacked again on the next run"
        ) from error


@cache
def _load(name: str) -> "SentenceTransformer":
    """Load the bundled model, the model in a folder, or one in the local hub cache."""
    from sentence_transformers import SentenceTransformer

    from .bert import native_bf16

    bundled = name == NAME
    try:
        with quiet_transformers():
            # trust_remote_code stays off: a model's folder is data
            return SentenceTransformer(
                str(model_folder()) if bundled else name,
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": "bfloat16"} if bundled and native_bf16() else None,
            )
    except Exception as error:  # a folder that holds no model can raise almost anything
        raise ArchiveError(
            f"cannot load the encoder '{name}' ({first_line(error)}): give the folder of a "
            "sentence-transformers model or the name of one that 'hf download NAME' has fetched, "
            f"or omit it to use {NAME}"
        ) from error


def _revision(model: "SentenceTransformer") -> str:
    """Identify a model's weights: its commit on the hub, else a digest of its files."""
    config = model[0].auto_model.config
    if commit := getattr(config, "_commit_hash", None):
        return str(commit)
    return folder_digest(Path(config.name_or_path))
