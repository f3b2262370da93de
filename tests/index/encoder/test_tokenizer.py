"""The tokenizer: built from pieces, and read from the encoder's folder."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.encoder.bundled import model_folder
from index.encoder.tokenizer import END_ID, START_ID, UNKNOWN_ID, build_tokenizer, read_tokenizer

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁may", "▁ferry", "▁", "s", "<mask>"]


@pytest.fixture
def tokenizer() -> Tokenizer:
    scores = [0.0] * 4 + [-1.0] * 4 + [0.0]
    return build_tokenizer(PIECES, scores, r"[\x{9}]", r"[\x{200B}]")


def test_ids_are_the_positions_of_the_pieces(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("ferrys").ids == [START_ID, 5, 7, END_ID]
    assert tokenizer.encode("ferry", "may").ids == [START_ID, 5, END_ID, END_ID, 4, END_ID]
    assert tokenizer.encode("<mask>").ids == [START_ID, 8, END_ID]
    assert UNKNOWN_ID in tokenizer.encode("qq").ids


def test_text_is_normalised_first(tokenizer: Tokenizer) -> None:
    expected = tokenizer.encode("ferry may").ids
    for text in ("ferry\tmay", "fer\u200bry may", "  ferry   may ", "ｆerry may"):
        assert tokenizer.encode(text).ids == expected


def test_a_piece_needs_a_score() -> None:
    with pytest.raises(ValueError, match="shorter"):
        build_tokenizer(PIECES, [0.0], "[ ]", "[ ]")


def test_tokenizers_of_one_folder_do_not_share_settings() -> None:
    truncated, whole = read_tokenizer(model_folder()), read_tokenizer(model_folder())
    truncated.enable_truncation(4)
    assert len(truncated.encode("The ferry sails in May.").ids) == 4
    assert len(whole.encode("The ferry sails in May.").ids) > 4


def test_special_tokens_survive_reading() -> None:
    pair = read_tokenizer(model_folder()).encode("<mask>", "May")
    assert pair.tokens == ["<s>", "<mask>", "</s>", "</s>", "▁May", "</s>"]


def test_a_folder_without_a_tokenizer_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"tokenizer\.json"):
        read_tokenizer(tmp_path)
