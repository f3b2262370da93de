"""The format of a pack: contexts and questions as token ids, and the encoder to start from.

A pack is made where the whole program is installed and read where only numpy and torch are. It is
one `.npz` file, read without pickle; LZMA makes it a quarter smaller than deflate does. Token ids
are those of the pack's own vocabulary: the pieces that occur, the most frequent first after the
four special ones. This module neither makes the contents nor draws windows from them.
"""

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveError, first_line

from .arrays import Floats, Integers, join_integers, join_matrix, split_integers, split_matrix

VERSION = 1
START, PAD, END, UNKNOWN = 0, 1, 2, 3  # ids of the special pieces, as in the encoder
QUESTION_TOKENS = 64  # longer questions are cut

# What annotators were told to mark: a phrase (SQuAD, DRCD) or a whole clause (CMRC).
PHRASE, CLAUSE = 0, 1
# "How was the product?" is asked of one review and answered by any: no negatives from elsewhere.
OWN_CONTEXT_ONLY = ("en-amazon", "en-reddit")
# How a variant differs from the question as it was asked.
CARELESS, SWITCHED, NEAR_MISS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Texts:
    """Contexts and questions of one split; every array is int64.

    C contexts, S sentences, P passages, Q questions, A answers, R ranked passages, V variants.
    Array `x_start` of shape (X + 1,) says where each x begins; the last value is where the last
    ends. Sentences, passages and questions of a context are neighbours and in order.

    Attributes:
        tokens: (T,) token ids of all contexts, one after the other.
        context_sentence: (C + 1,) number of the first sentence of each context.
        context_passage: (C + 1,) number of the first passage of each context.
        context_source: (C,) position in `Pack.sources`.
        context_article: (C,) number of the document; contexts of the same one are equal.
        context_unspaced: (C,) 1 if the script has no spaces between words.
        sentence_start: (S + 1,) positions in `tokens`; a long sentence is cut.
        passage_start: (P + 1,) numbers of sentences: passages as the index cuts them.
        question_context: (Q,) number of its context.
        question_guide: (Q,) PHRASE or CLAUSE.
        question_start: (Q + 1,) positions in `question_tokens`.
        question_tokens: Token ids of all questions.
        answer_question: (A,) ascending. A question without an answer is not answered by its
            context.
        answer_first: (A,) position in `tokens` of the answer's first token.
        answer_last: (A,) and of its last.
        ranked_question: (R,) ascending.
        ranked_passage: (R,) a passage that resembles the question's but does not hold its answer,
            the most similar first.
        variant_question: (V,) ascending; the question that is varied.
        variant_kind: (V,) CARELESS, SWITCHED or NEAR_MISS. A near miss has no answer in the
            context of its question.
        variant_start: (V + 1,) positions in `variant_tokens`.
        variant_tokens: Token ids of all variants.
    """

    tokens: Integers
    context_sentence: Integers
    context_passage: Integers
    context_source: Integers
    context_article: Integers
    context_unspaced: Integers
    sentence_start: Integers
    passage_start: Integers
    question_context: Integers
    question_guide: Integers
    question_start: Integers
    question_tokens: Integers
    answer_question: Integers
    answer_first: Integers
    answer_last: Integers
    ranked_question: Integers
    ranked_passage: Integers
    variant_question: Integers
    variant_kind: Integers
    variant_start: Integers
    variant_tokens: Integers


@dataclass(frozen=True, slots=True)
class Pack:
    """Training data and the weights to start from.

    Attributes:
        vocabulary: (W,) the encoder's id of each piece.
        pieces: (W,) the pieces as text; "▁" is the space before a word.
        sources: Names of the data files without extensions, such as "zh-cmrc-train".
        marks: Token ids that precede a question, by its guide; none for PHRASE.
        splits: "train"; "held", one article in ten that is never trained on; "dev/NAME" for each
            development file.
        encoder: fp32 weights by their names in transformers' BertModel; the word embeddings are
            those of `vocabulary`.
    """

    vocabulary: Integers
    pieces: list[str]
    sources: list[str]
    marks: dict[int, list[int]]
    splits: dict[str, Texts]
    encoder: dict[str, Floats]


def write_pack(pack: Pack, path: Path) -> None:
    """Write the pack, at the end under its own name, so that a killed run leaves no half of one."""
    meta = {
        "version": VERSION,
        "pieces": pack.pieces,
        "sources": pack.sources,
        "marks": pack.marks,
        "splits": list(pack.splits),
    }
    stored: dict[str, NDArray[Any]] = {
        "meta": np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8),
        "vocabulary": pack.vocabulary.astype(np.int32),
    }
    for name, texts in pack.splits.items():
        for field in fields(texts):
            stored |= split_integers(f"{name}/{field.name}", getattr(texts, field.name))
    for name, tensor in pack.encoder.items():
        stored |= split_matrix(f"encoder/{name}", tensor)
    temporary = path.with_name(path.name + ".new")
    with zipfile.ZipFile(temporary, "w") as file:
        for name, array in stored.items():
            entry = zipfile.ZipInfo(f"{name}.npy")  # without the time, so that files can be equal
            entry.compress_type = zipfile.ZIP_LZMA
            with file.open(entry, "w", force_zip64=True) as stream:
                np.lib.format.write_array(stream, array, allow_pickle=False)
    os.replace(temporary, path)


def read_pack(path: Path) -> Pack:
    """Read a pack.

    Raises:
        ArchiveError: It cannot be read, is not a pack, or one of another version of this program.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise ArchiveError(f"cannot read the pack {path}: {first_line(error)}") from error
    if "meta" not in stored:
        raise ArchiveError(f"{path} is not a pack: make one with `python -m qa.training pack`")
    meta = json.loads(stored["meta"].tobytes())
    if meta["version"] != VERSION:
        raise ArchiveError(
            f"{path} is a pack of version {meta['version']}, this program reads {VERSION}: "
            "make it again with `python -m qa.training pack`"
        )
    encoder = {name.split("/", 1)[1].split("#")[0] for name in stored if name[:8] == "encoder/"}
    return Pack(
        vocabulary=stored["vocabulary"].astype(np.int64),
        pieces=meta["pieces"],
        sources=meta["sources"],
        marks={int(guide): ids for guide, ids in meta["marks"].items()},
        splits={name: _texts(stored, name) for name in meta["splits"]},
        encoder={name: join_matrix(stored, f"encoder/{name}") for name in sorted(encoder)},
    )


def _texts(stored: Mapping[str, NDArray[Any]], split: str) -> Texts:
    return Texts(**{f.name: join_integers(stored, f"{split}/{f.name}") for f in fields(Texts)})
