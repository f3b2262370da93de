"""The vocabulary of a pack."""

from dataclasses import fields, replace

import numpy as np

from qa.training.pack.pack_file import UNKNOWN, Texts
from qa.training.pack.vocabulary import new_ids, occurring, renumber

EMPTY = Texts(**{field.name: np.zeros(0, np.int64) for field in fields(Texts)})
TEXTS = replace(
    EMPTY,
    tokens=np.array([9, 9, 9, 7, 7, 3]),
    question_tokens=np.array([7, 7, 5]),
    variant_tokens=np.array([8, 8]),
)


def test_special_pieces_come_first_then_the_most_frequent() -> None:
    assert occurring([TEXTS], [], 1, 12).tolist() == [0, 1, 2, 3, 7, 9, 8, 5]


def test_rare_pieces_are_left_out_unless_they_must_be_kept() -> None:
    assert occurring([TEXTS], [11], 2, 12).tolist() == [0, 1, 2, 3, 7, 9, 8, 11]
    assert 5 in occurring([TEXTS, TEXTS], [], 2, 12)


def test_texts_are_renumbered_and_the_rest_is_unknown() -> None:
    vocabulary = occurring([TEXTS], [], 2, 12)
    texts = renumber(TEXTS, new_ids(vocabulary, 12))
    assert texts.tokens.tolist() == [5, 5, 5, 4, 4, UNKNOWN]
    assert texts.question_tokens.tolist() == [4, 4, UNKNOWN]
    assert texts.variant_tokens.tolist() == [6, 6]
