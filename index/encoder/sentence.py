"""Text -> unit vectors through sentence-transformers: the bundled model, or any the user names.

Questions to the bundled model take a shorter way to the same vectors: `questions.py`.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index import threads
from index.errors import ArchiveError, first_line

from .bundled import NAME, REVISION, model_folder, quiet_transformers

if TYPE_CHECKING:  # importing it imports torch, which takes seconds
    from .question import QuestionEncoder

Vectors = NDArray[np.float32]
BATCH = 32  # passages embedded at a time


class Encoder(Protocol):
    """What the index needs of an encoder; tests bring one whose vectors are known."""

    name: str
    revision: str  # changes whenever the vectors do

    @property
    def dimension(self) -> int: ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, float32 of shape (len(texts), dimension)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, float32 of shape (len(texts), dimension)."""


class SentenceEncoder:
    """An encoder through `SentenceTransformer`; the model is loaded when first needed."""

    def __init__(self, name: str = NAME) -> None:
        self.name = name
        self.revision = REVISION if name == NAME else ""
        if name != NAME:
            self.revision = _revision(self._model)

    @property
    def _model(self):  # type: ignore[no-untyped-def]  # naming the type would import torch
        return threads.on_model_thread(_load, self.name)

    @property
    def dimension(self) -> int:
        return 384 if self.name == NAME else int(self._model.get_embedding_dimension())

    def queries(self, texts: Sequence[str]) -> Vectors:
        return threads.on_model_thread(self._queries, texts)

    def _queries(self, texts: Sequence[str]) -> Vectors:
        if self.name == NAME:  # without the seconds that sentence-transformers takes to load
            return _questions()(texts)
        return self._unit(self._model.encode_query(list(texts), show_progress_bar=False))

    def passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))  # little padding
        for first in range(0, len(order), BATCH):  # questions asked meanwhile come in between
            batch = order[first : first + BATCH]
            vectors[batch] = threads.on_model_thread(self._passages, [texts[n] for n in batch])
        return vectors

    def _passages(self, texts: list[str]) -> Vectors:
        return self._unit(self._model.encode_document(texts, show_progress_bar=False))

    def _unit(self, vectors: Vectors) -> Vectors:
        """Inner products are cosines only of unit vectors, which not every model gives."""
        vectors = np.asarray(vectors, np.float32).reshape(-1, self.dimension)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def native_bf16() -> bool:
    """Whether the processor multiplies bf16 itself; elsewhere fp32 is faster."""
    import torch

    capabilities = torch.backends.cpu.get_cpu_capability()
    found: bool = capabilities.startswith("AVX512") and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return found


@cache
def _questions() -> "QuestionEncoder":
    from .bert import best_type
    from .question import QuestionEncoder

    folder = model_folder()
    try:
        return QuestionEncoder(folder, best_type())
    except Exception as error:  # a damaged file fails in many ways
        raise ArchiveError(
            f"cannot load the encoder in {folder} ({first_line(error)}): remove that folder, "
            "it is made again"
        ) from error


@cache
def _load(name: str):  # type: ignore[no-untyped-def]
    """The model `name`: the bundled one, a folder, or a name that is in the local hub cache."""
    from sentence_transformers import SentenceTransformer

    own = name == NAME
    try:
        with quiet_transformers():
            # trust_remote_code stays off: a model's folder is data
            return SentenceTransformer(
                str(model_folder()) if own else name,
                device="cpu",
                model_kwargs={"dtype": "bfloat16"} if own and native_bf16() else None,
            )
    except Exception as error:  # what is no model fails in many ways
        raise ArchiveError(
            f"cannot load the encoder '{name}' ({first_line(error)}): give the folder of a "
            f"sentence-transformers model, or leave it out for {NAME}"
        ) from error


def _revision(model) -> str:  # type: ignore[no-untyped-def]
    """The hub's commit where it is known, else a digest of the weights' names, sizes and heads."""
    config = model[0].auto_model.config
    if commit := getattr(config, "_commit_hash", None):
        return str(commit)
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(config.name_or_path).rglob("*")):
        if file.is_file():
            with file.open("rb") as data:
                digest.update(f"{file.name} {file.stat().st_size}".encode() + data.read(1 << 20))
    return digest.hexdigest()
