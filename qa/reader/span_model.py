"""The span model: how well each token of a passage begins or ends an answer to a question.

Ours is the encoder with trained layers and a head of two outputs, or any extractive
question-answering model of Hugging Face. It scores tokens; choosing an answer is `reader`'s job.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from tokenizers import Encoding, Tokenizer

from index import threads
from index.encoder.tokenizer import read_tokenizer
from index.errors import ArchiveError, first_line

from .networks import PackedBert, PaddedModel

QUESTION_TOKENS = 64
PAIR_TOKENS = 192  # ours was trained on such; longer passages are read in windows
OVERLAP_TOKENS = 64

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """Scores of a window's n tokens, minus the null answer's: above 0 is better than "not here".

    `offsets` (n, 2) are code points into the passage; `start` and `end` (n,) are logits.
    """

    passage: int
    offsets: NDArray[np.int64]
    start: Scores
    end: Scores


class Network(Protocol):
    """What a model's layers do: token ids in, start and end logits out."""

    def __call__(self, pairs: Sequence[Encoding]) -> list[Scores]:
        """Logits of each pair, (tokens, 2) fp32, the null answer's first."""


class SpanModel:
    """A tokenizer and a network behind it."""

    def __init__(self, tokenizer: Tokenizer, network: Network, pair_tokens: int) -> None:
        tokenizer.no_padding()
        # a question is at most a third of a pair, so that only the passage is ever cut
        tokenizer.enable_truncation(pair_tokens, stride=OVERLAP_TOKENS, strategy="longest_first")
        self._tokenizer, self._network = tokenizer, network

    @classmethod
    def load(cls, weights: Path, encoder: Path) -> "SpanModel":
        """Our reader: its layers from `weights` (safetensors), all else from the encoder's folder.

        Raises ArchiveError when either cannot be read or they do not fit together.
        """
        try:
            tokenizer = read_tokenizer(encoder)
            network = threads.on_model_thread(PackedBert.load, weights, encoder)
            return cls(tokenizer, network, PAIR_TOKENS)
        except (OSError, SafetensorError, KeyError, RuntimeError) as error:
            reason = first_line(error)
            raise ArchiveError(
                f"cannot load the reader from {weights} over the encoder in {encoder} ({reason}): "
                "reinstall archive-qa"
            ) from error

    @classmethod
    def from_hugging_face(cls, name: str) -> "SpanModel":
        """Any extractive question-answering model: a local folder, or a name in the hub's cache.

        Raises ArchiveError when there is no such model or it marks no spans.
        """
        network, tokenizer, longest = threads.on_model_thread(PaddedModel.load, name)
        return cls(tokenizer, network, longest)

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        """The scores of every passage, in order; a long one comes as several windows."""
        question = self._shortened(question)
        pairs = self._tokenizer.encode_batch([(question, text) for text in passages])
        every = [(n, e) for n, pair in enumerate(pairs) for e in (pair, *pair.overflowing)]
        if not every:
            return []
        logits = threads.on_model_thread(self._logits, [encoding for _, encoding in every])
        return [
            window
            for (number, encoding), found in zip(every, logits, strict=True)
            for window in _window(number, encoding, found)
        ]

    def _logits(self, pairs: Sequence[Encoding]) -> list[Scores]:
        with torch.inference_mode():
            return self._network(pairs)

    def _shortened(self, question: str) -> str:
        alone = self._tokenizer.encode(question, add_special_tokens=False)
        if len(alone.ids) <= QUESTION_TOKENS:
            return question
        return question[: alone.offsets[QUESTION_TOKENS - 1][1]]


def _window(passage: int, pair: Encoding, logits: Scores) -> Iterator[Window]:
    """The part of a pair that is the passage's; nothing when there is none."""
    offsets = np.array(pair.offsets, np.int64)  # once: `offsets` makes a new list at each use
    second = np.array(pair.sequence_ids) == 1
    inside = np.flatnonzero(second & (offsets[:, 0] < offsets[:, 1]))
    if inside.size:
        scores = logits[inside] - logits[0]
        yield Window(passage, offsets[inside], scores[:, 0], scores[:, 1])
