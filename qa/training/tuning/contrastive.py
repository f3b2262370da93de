"""The contrastive loss: a question is nearer to its passage than to every other of the batch."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize

from qa.training.model.bert import Reader
from qa.training.model.loss import MASKED
from qa.training.pack.pack_file import PAD

TEMPERATURE = 0.02
PASSAGE_WEIGHT = 0.3  # of finding the question by its passage, beside the other direction


class Vectors(nn.Module):
    """Token ids (rows, length) -> unit vectors (rows, hidden): the mean of the last layer."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        reader.qa_outputs = nn.Identity()  # type: ignore[assignment]  # its input is what we need
        self.reader = reader

    def forward(self, ids: Tensor) -> Tensor:
        """Embed texts."""
        mask = (ids != PAD)[..., None]
        hidden: Tensor = self.reader(ids)
        return normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def contrastive_loss(questions: Tensor, passages: Tensor, contexts: Tensor) -> Tensor:
    """Return the loss of B questions over 2 B passages, arranged as in `pairs.Batch`.

    Args:
        questions: (B, hidden) unit vectors.
        passages: (2 B, hidden) unit vectors.
        contexts: (2 B,) of each passage.
    """
    count = len(questions)
    right = torch.arange(count, device=questions.device)
    same = contexts[:count, None] == contexts[None]
    # one's own passage is right; the one ranked for the question is known to be wrong
    same[right, right] = same[right, right + count] = False
    scores = (questions @ passages.T / TEMPERATURE).masked_fill(same, MASKED)
    by_question = cross_entropy(scores, right)
    return by_question + PASSAGE_WEIGHT * cross_entropy(scores[:, :count].T, right)
