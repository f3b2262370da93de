"""A small pack with the pieces of the encoder's prompts."""

from dataclasses import replace

import pytest

from qa.training.pack.pack_file import Pack
from qa.training.tuning.pairs import PASSAGE, QUERY
from tests.support.training_pack import small_pack


@pytest.fixture
def pack() -> Pack:
    """The prompts are its last pieces."""
    pack = small_pack()
    vocabulary = pack.vocabulary + 300_000  # no other piece has an id of the prompts
    ids = dict.fromkeys((*QUERY, *PASSAGE))
    vocabulary[-len(ids) :] = list(ids)
    return replace(pack, vocabulary=vocabulary)
