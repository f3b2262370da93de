"""Splits and the encoder become a pack."""

import numpy as np

from qa.reader.guide import CLAUSE_MARK
from qa.training.pack.assembly import WORD_EMBEDDINGS, make_pack
from qa.training.pack.pack_file import CLAUSE, PHRASE, UNKNOWN
from qa.training.pack.texts import Split
from tests.support.packs import tiny_packed_model


def test_the_vocabulary_and_its_embeddings_are_cut(split: Split) -> None:
    model = tiny_packed_model()
    pack = make_pack({"train": split}, model, 1)
    assert pack.pieces[:4] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert {"treaty", "cup", "signed"} <= set(pack.pieces)
    assert "berlin" not in pack.pieces
    embeddings = model.tensors[WORD_EMBEDDINGS][pack.vocabulary]
    assert np.array_equal(pack.encoder[WORD_EMBEDDINGS], embeddings)
    assert pack.pieces == [model.tokenizer.id_to_token(int(n)) for n in pack.vocabulary]


def test_the_pooler_is_left_out(split: Split) -> None:
    pack = make_pack({"train": split}, tiny_packed_model(), 1)
    assert pack.encoder.keys() == {WORD_EMBEDDINGS, "encoder.layer.0.output.dense.bias"}


def test_only_clauses_have_a_mark(split: Split) -> None:
    model = tiny_packed_model()
    pack = make_pack({"train": split}, model, 1)
    length = len(model.tokenizer.encode(CLAUSE_MARK, add_special_tokens=False).ids)
    assert pack.marks == {PHRASE: [], CLAUSE: [UNKNOWN] * length}  # words the tiny model lacks


def test_sources_are_shared_by_the_splits(split: Split) -> None:
    pack = make_pack({"train": split, "held": split}, tiny_packed_model(), 1)
    assert pack.sources == ["en-tiny", "zh-cmrc-tiny"]
    assert list(pack.splits) == ["train", "held"]
