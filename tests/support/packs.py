"""A small packed model, and a corpus in three languages to make packs from."""

from pathlib import Path

import numpy as np

from index.encoder.packed_file import PackedModel
from qa.training.corpus.contexts import Corpus, load
from qa.training.pack.assembly import WORD_EMBEDDINGS

from .question_sets import Record, record, write_records
from .tiny_models import tiny_tokenizer

CITIES = ("Bonn", "Graz", "Kiel", "Linz", "Metz", "Nice", "Oulu", "Pisa", "Riga", "Toul")
NAMES = ("Anna", "Boris", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas")
PROVINCES = ("河北", "山西", "辽宁", "吉林", "江苏", "浙江", "安徽", "福建", "江西", "山东")


def records() -> dict[str, list[Record]]:
    """Return ten contexts of each source; every tenth question has no answer."""
    english, chinese = [], []
    for n, (name, city, province) in enumerate(zip(NAMES, CITIES, PROVINCES, strict=True)):
        text = (
            f"The treaty was signed by {name} Smith in {city}. It rained all day. "
            f"The cup was won in {1950 + n} by a team from {city}. Nobody had expected that."
        )
        entry = record(text, f"Who signed the treaty in {city}?", f"{name} Smith", city)
        who = f"Who won the cup in {1950 + n} in {city}?"
        entry["questions"].append({"id": "2", "question": who, "answers": []})
        english.append(entry)
        province += "省"
        text = f"{province}的省会有很多人。条约在{1960 + n}年签署，总统来自{province}。天气很好。"
        chinese.append(record(text, f"{province}的条约在哪年签署？", f"{1960 + n}年", province))
    return {"en-tiny": english, "zh-cmrc-tiny": chinese}


def write_corpus(folder: Path) -> Path:
    """Write train/ with both sources and dev/ with the English one; return the folder."""
    for source, entries in records().items():
        write_records(folder / "train" / f"{source}.jsonl.xz", entries)
    write_records(folder / "dev" / "en-tiny.jsonl", records()["en-tiny"][:3])
    return folder


def load_corpus(folder: Path) -> Corpus:
    """Write the corpus and load its part to train on."""
    return load(sorted((write_corpus(folder) / "train").iterdir()))


def tiny_packed_model() -> PackedModel:
    """Random weights for the tiny tokenizer: a word is a piece."""
    tokenizer = tiny_tokenizer()
    rng = np.random.default_rng(0)
    tensors = {
        WORD_EMBEDDINGS: rng.normal(size=(tokenizer.get_vocab_size(), 64)).astype(np.float32),
        "encoder.layer.0.output.dense.bias": np.ones(64, np.float32),
        "pooler.dense.bias": np.zeros(64, np.float32),
    }
    return PackedModel({}, tokenizer, tensors)
