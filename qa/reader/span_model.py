"""The span model: how likely each token of a passage starts or ends the answer to a question.

Ours is the encoder with fine-tuned layers and a head of two outputs; any extractive
question-answering model of Hugging Face will do. It scores tokens; `reader.py` chooses answers.
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

from .networks import Logits, PackedBert, PaddedModel

MAX_QUESTION_TOKENS = 64
PAIR_TOKENS = 192  # the length that ours was trained on; longer passages are read in windows
OVERLAP_TOKENS = 64  # of neighbouring windows


@dataclass(frozen=True, slots=True)
class Window:
    """Scores of the n tokens of a passage, or of a part of a long one.

    The null answer's are subtracted: a span whose scores add up to more than 0 beats "not here".
    """

    passage: int  # position in the list of passages or pairs
    offsets: NDArray[np.int64]  # (n, 2), code points into the passage
    start: Logits  # (n,)
    end: Logits  # (n,)


class Network(Protocol):
    """The layers of a model."""

    def __call__(self, pairs: Sequence[Encoding]) -> list[Logits]:
        """Start and end logits of each pair, (tokens, 2), the null answer's in row 0."""


class SpanModel:
    """A tokenizer and the network that reads its tokens."""

    def __init__(self, tokenizer: Tokenizer, network: Network, pair_tokens: int) -> None:
        tokenizer.no_padding()
        # the question is at most a third of a pair, so only the passage is ever truncated
        tokenizer.enable_truncation(pair_tokens, stride=OVERLAP_TOKENS, strategy="longest_first")
        self._tokenizer, self._network = tokenizer, network

    @classmethod
    def load(cls, weights: Path, encoder: Path) -> "SpanModel":
        """Load our reader: its layers from `weights`, all else from the encoder's folder.

        Raises:
            ArchiveError: Either cannot be read, or they do not fit together.
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
        """Load any extractive question-answering model: a folder, or a name in the hub's cache.

        Raises:
            ArchiveError: There is no such model, or it has no span head.
        """
        network, tokenizer, pair_tokens = threads.on_model_thread(PaddedModel.load, name)
        return cls(tokenizer, network, pair_tokens)

    def read(self, question: str, passages: Sequence[str]) -> list[Window]:
        """Score every passage, in order; a long one gives several windows, an empty one none."""
        return self.read_pairs([(question, text) for text in passages])

    def read_pairs(self, questions_and_passages: Sequence[tuple[str, str]]) -> list[Window]:
        """Score pairs of a question and a passage in one pass; as `read` for one question."""
        truncated = {q: self._truncate(q) for q in {q for q, _ in questions_and_passages}}
        pairs = self._tokenizer.encode_batch(
            [(truncated[question], text) for question, text in questions_and_passages]
        )
        windows = [(n, part) for n, pair in enumerate(pairs) for part in (pair, *pair.overflowing)]
        if not windows:
            return []
        logits = threads.on_model_thread(self._logits, [encoding for _, encoding in windows])
        return [
            window
            for (passage, encoding), scores in zip(windows, logits, strict=True)
            for window in _window(passage, encoding, scores)
        ]

    def _logits(self, pairs: Sequence[Encoding]) -> list[Logits]:
        with torch.inference_mode():
            return self._network(pairs)

    def _truncate(self, question: str) -> str:
        encoding = self._tokenizer.encode(question, add_special_tokens=False)
        if len(encoding.ids) <= MAX_QUESTION_TOKENS:
            return question
        return question[: encoding.offsets[MAX_QUESTION_TOKENS - 1][1]]


def _window(passage: int, pair: Encoding, logits: Logits) -> Iterator[Window]:
    """Yield the passage's part of a pair, if it has one."""
    offsets = np.array(pair.offsets, np.int64)  # once: each access to `offsets` builds a new list
    is_passage = np.array(pair.sequence_ids) == 1
    inside = np.flatnonzero(is_passage & (offsets[:, 0] < offsets[:, 1]))
    if inside.size:
        scores = logits[inside] - logits[0]
        yield Window(passage, offsets[inside], scores[:, 0], scores[:, 1])
