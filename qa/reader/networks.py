"""Token ids -> start and end logits: our own layers, or any Hugging Face model's.

Ours runs with next to no padding: all pairs stand in one long matrix, and only attention looks at
them one by one. Matrices are bf16 where the processor multiplies
bf16 itself (AMX, AVX-512), else fp32; sums, norms and the scores are fp32 on both.
"""

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

from .quantised import read_reader

if TYPE_CHECKING:
    from transformers import PreTrainedModel

LONGEST_PAIR = 384  # of a foreign model; most were trained so
WORDS = "embeddings.word_embeddings.weight"


class PackedBert:
    """BERT (Devlin et al., 2019) with a span head, for a few pairs at a time."""

    def __init__(self, tensors: dict[str, Tensor], words: Tensor, matrix: torch.dtype) -> None:
        """`tensors` by their names in transformers' BertForQuestionAnswering; see `load`."""
        self._bert = Bert(tensors, "bert.", words, matrix)
        self._head = weight_and_bias(tensors, "qa_outputs")

    @classmethod
    def load(
        cls, weights: Path, encoder: Path, *, matrix: torch.dtype | None = None
    ) -> "PackedBert":
        """Our layers from `weights`, the word embeddings from the encoder's folder.

        The embeddings are mapped, not read: the encoder maps the same file, so that the memory
        is there once.
        """
        with safe_open(encoder / "model.safetensors", "pt") as opened:
            words = opened.get_tensor(WORDS)
        return cls(read_reader(weights), words, matrix or best_dtype())

    def __call__(self, pairs: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        found = self._bert([pair.ids for pair in pairs])
        return [linear(hidden, *self._head).numpy() for hidden in found]


class PaddedModel:
    """An extractive question-answering model of Hugging Face, run as it comes."""

    def __init__(self, model: "PreTrainedModel", pad: int) -> None:
        self._model, self._pad = model, pad

    @classmethod
    def load(cls, name: str) -> tuple["PaddedModel", Tokenizer, int]:
        """The model, its tokenizer and the longest pair that it reads.

        Raises ArchiveError when there is no such model or it is not for question answering.
        """
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            outer = AutoTokenizer.from_pretrained(name)
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                name, output_loading_info=True
            )
        except (OSError, ValueError) as error:
            reason = first_line(error)
            raise ArchiveError(
                f"cannot load the reader '{name}' ({reason}): give the folder of an extractive "
                "question-answering model of Hugging Face, or leave it out for the bundled one"
            ) from error
        if any(key.startswith("qa_outputs") for key in report["missing_keys"]):
            raise ArchiveError(
                f"the model '{name}' has no span head (qa_outputs): give one that was trained for "
                "extractive question answering"
            )
        tokenizer = Tokenizer.from_str(outer.backend_tokenizer.to_str())
        longest = min(int(outer.model_max_length), LONGEST_PAIR)
        return cls(model.eval(), outer.pad_token_id or 0), tokenizer, longest

    def __call__(self, pairs: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        lengths = [len(p.ids) for p in pairs]
        ids = torch.full((len(pairs), max(lengths)), self._pad)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
            types[row, : len(pair.ids)] = torch.tensor(pair.type_ids)
            mask[row, : len(pair.ids)] = 1
        given = {"input_ids": ids, "attention_mask": mask}
        if getattr(self._model.config, "type_vocab_size", 0) > 1:
            given["token_type_ids"] = types
        found = self._model(**given)
        logits = torch.stack([found.start_logits, found.end_logits], dim=-1).float()
        return [logits[row, :length].numpy() for row, length in enumerate(lengths)]
