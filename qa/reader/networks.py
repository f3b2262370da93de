"""Token ids -> start and end logits: our own layers, or any Hugging Face model's.

Ours needs next to no padding: all pairs form one long matrix, and only attention treats them one
at a time (`index/encoder/bert.py`). A network does not tokenize and does not choose spans.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn.functional import linear

from index.encoder.bert import Bert, best_dtype, weight_and_bias
from index.errors import ArchiveError, first_line

from .identity import FAST
from .quantised import read_weights

if TYPE_CHECKING:
    from transformers import PreTrainedModel

MAX_PAIR_TOKENS = 384  # for Hugging Face models, most of which were trained on this length
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"

Logits = NDArray[np.float32]


class PackedBert:
    """BERT (Devlin et al., 2019) with a span head, for a few pairs at a time."""

    def __init__(
        self, tensors: dict[str, Tensor], word_embeddings: Tensor, dtype: torch.dtype
    ) -> None:
        """Build the layers from `tensors`, named as in transformers' BertForQuestionAnswering.

        `dtype` is that of the matrix products.
        """
        self._bert = Bert(tensors, "bert.", word_embeddings, dtype)
        self._head = weight_and_bias(tensors, "qa_outputs")

    @classmethod
    def load(
        cls, weights: Path, encoder: Path, *, dtype: torch.dtype | None = None
    ) -> "PackedBert":
        """Load our layers from `weights`, the word embeddings from the encoder's folder.

        The embeddings are memory-mapped, as the encoder maps them, so that both share the memory.
        `dtype` defaults to the fastest on this processor.
        """
        with safe_open(encoder / "model.safetensors", "pt") as opened:
            word_embeddings = opened.get_tensor(WORD_EMBEDDINGS)
        return cls(read_weights(weights), word_embeddings, dtype or best_dtype())

    def __call__(self, pairs: Sequence[Encoding]) -> list[Logits]:
        """Start and end logits of each pair, (tokens, 2)."""
        hidden_states = self._bert([pair.ids for pair in pairs])
        return [linear(hidden, *self._head).numpy() for hidden in hidden_states]


class PaddedModel:
    """An extractive question-answering model of Hugging Face, run by transformers."""

    def __init__(self, model: "PreTrainedModel", pad_id: int) -> None:
        self._model, self._pad_id = model, pad_id

    @classmethod
    def load(cls, name: str) -> tuple["PaddedModel", Tokenizer, int]:
        """Load a model by its folder or its name in the hub's cache.

        Returns:
            The model, its tokenizer, and the most tokens that it reads as a pair.

        Raises:
            ArchiveError: There is no such model, or it is not for question answering.
        """
        os.environ["HF_HUB_OFFLINE"] = "1"  # read when imported; else it would call the hub
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            outer = AutoTokenizer.from_pretrained(name, local_files_only=True)
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                name, output_loading_info=True, local_files_only=True
            )
        except (OSError, ValueError) as error:
            raise ArchiveError(_cannot_load(name, error)) from error
        if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
            raise ArchiveError(
                f"the model '{name}' has no span head (qa_outputs): give one that was trained for "
                "extractive question answering"
            )
        tokenizer = Tokenizer.from_str(outer.backend_tokenizer.to_str())
        pair_tokens = min(int(outer.model_max_length), MAX_PAIR_TOKENS)
        return cls(model.eval(), outer.pad_token_id or 0), tokenizer, pair_tokens

    def __call__(self, pairs: Sequence[Encoding]) -> list[Logits]:
        """Start and end logits of each pair, (tokens, 2)."""
        lengths = [len(p.ids) for p in pairs]
        ids = torch.full((len(pairs), max(lengths)), self._pad_id)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
            types[row, : len(pair.ids)] = torch.tensor(pair.type_ids)
            mask[row, : len(pair.ids)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        if getattr(self._model.config, "type_vocab_size", 0) > 1:
            inputs["token_type_ids"] = types
        output = self._model(**inputs)
        logits = torch.stack([output.start_logits, output.end_logits], dim=-1).float()
        return [logits[row, :length].numpy() for row, length in enumerate(lengths)]


def _cannot_load(name: str, error: Exception) -> str:
    """Say why a model cannot be loaded, and what to do."""
    reason = first_line(error)
    if isinstance(error, OSError) and not Path(name).is_dir():
        # transformers blames a connection to the hub, which was not tried
        reason = "this machine has no such folder, nor a model of this name in Hugging Face's cache"
    return (
        f"cannot load the reader '{name}' ({reason}): give '{FAST}', or the folder of an "
        "extractive question-answering model of Hugging Face, or omit it to use the default one; "
        "on a machine with a network,  hf download MODEL --local-dir FOLDER  fetches a model"
    )
