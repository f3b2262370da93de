"""Cut the encoder's vocabulary to the pieces that occur in a pack."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .arrays import Integers
from .pack_file import UNKNOWN, Texts

SPECIAL = UNKNOWN + 1  # the first pieces keep their ids
TOKEN_FIELDS = ("tokens", "question_tokens", "variant_tokens")


def occurring(splits: Sequence[Texts], always: Sequence[int], least: int, size: int) -> Integers:
    """Return the encoder's ids of the kept pieces, the most frequent first after the special ones.

    Args:
        splits: Texts in the encoder's ids.
        always: Pieces that are kept whether they occur or not.
        least: How often a piece must occur.
        size: Number of pieces in the encoder.
    """
    counts = np.zeros(size, np.int64)
    for texts in splits:
        for name in TOKEN_FIELDS:
            counts += np.bincount(getattr(texts, name), minlength=size)
    counts[list(always)] += least
    counts[:SPECIAL] = 0
    order = np.argsort(-counts, kind="stable")
    kept = order[counts[order] >= least]
    return np.concatenate([np.arange(SPECIAL), kept]).astype(np.int64)


def new_ids(vocabulary: Integers, size: int) -> Integers:
    """Return the position in `vocabulary` of each of the encoder's pieces, else UNKNOWN."""
    new = np.full(size, UNKNOWN, np.int64)
    new[vocabulary] = np.arange(len(vocabulary))
    return new


def renumber(texts: Texts, new: Integers) -> Texts:
    """Return the texts with `new` ids."""
    return replace(texts, **{name: new[getattr(texts, name)] for name in TOKEN_FIELDS})
