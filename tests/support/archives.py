"""Small archives that change at random, and all that readers can see of one."""

import dataclasses
import json
import random
import shutil
from pathlib import Path

import numpy as np

from index import build
from index.article import Article
from index.store.base.protocol import Snapshot
from index.store.doors import open_store
from index.store.sqlite.vector_table import vector_batches
from index.text.terms import terms
from tests.support.fakes import FakeEncoder

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."


def all_vectors(snapshot: Snapshot) -> tuple[np.ndarray, np.ndarray]:
    dimension = snapshot.settings.dimension
    parts = list(vector_batches(snapshot._connection, dimension))
    ids = [np.empty(0, np.int64), *(ids for ids, _, _ in parts)]
    values = [np.empty((0, dimension), np.float32), *(values for _, values, _ in parts)]
    return np.concatenate(ids), np.concatenate(values)


Shown = tuple[list[Article], list[tuple[object, ...]], list[set[tuple[object, ...]]]]


def shown(index: Path) -> Shown:
    """All that readers can see, without the numbers that passages happen to have."""
    store = open_store(index)
    with store.snapshot() as snapshot:
        articles = list(snapshot.articles())
        ids, values = all_vectors(snapshot)
        passages = snapshot.passages(ids.tolist())
        vectors = {i: value.tobytes() for i, value in zip(ids.tolist(), values, strict=True)}
        hits = [
            {(*dataclasses.astuple(passages[i]), round(score, 6)) for i, score in found}
            for word in sorted({term for p in passages.values() for term in terms(p.text)})
            for found in (snapshot.keywords([word], 9999),)
        ]
    rows = [(*dataclasses.astuple(passages[i]), vectors[i]) for i in passages]
    return articles, sorted(rows, key=repr), hits


def page(chance: random.Random) -> str:
    place = chance.choice(["north", "south", "east", "west"])
    sentences = [TEXT.format(place, chance.randrange(10)) for _ in range(chance.randrange(1, 9))]
    body = f"The {place} light\n\n{' '.join(sentences)}"
    return body + chance.choice(["", "\n\n相关文章\n\n灯塔看守人数了七艘船。", "\n\n灯塔看守人。"])


def step(seeds: Path, chance: random.Random) -> None:
    """Add, change, remove, rename or copy a file, or lines of one; none is ever unreadable."""
    files = sorted(seeds.rglob("*.*"))
    what = chance.choice(["add", "add", "change", "remove", "rename", "copy", "lines", "lines"])
    fresh = seeds / chance.choice(["", "sub"]) / f"{chance.randrange(20)}.txt"
    fresh.parent.mkdir(exist_ok=True)
    if what == "add" or not files:
        fresh.write_text(page(chance))
    elif what == "lines":
        ids = chance.sample("abcdefg", chance.randrange(1, 6))
        lines = [{"id": i, "text": page(chance)} for i in ids]
        lines += chance.choice([[], [{"text": page(chance)}], lines[:1]])
        chance.shuffle(lines)
        content = "\n".join(map(json.dumps, lines))
        (seeds / chance.choice(["1.jsonl", "2.jsonl", "10.jsonl"])).write_text(content)
    else:
        file = chance.choice(files)
        if what == "change":
            other = chance.choice([other for other in files if other.suffix == file.suffix])
            fresh_page = (
                page(chance) if file.suffix == ".txt" else json.dumps({"text": page(chance)})
            )
            file.write_text(other.read_text() if chance.random() < 0.3 else fresh_page)
        elif what == "remove" and len(files) > 1:
            file.unlink()
        elif what == "rename":
            file.rename(fresh.with_suffix(file.suffix))
        elif what == "copy":
            fresh.with_suffix(file.suffix).write_bytes(file.read_bytes())


def scratch_of(seeds: Path, folder: Path, encoder: FakeEncoder) -> Shown:
    build(seeds, folder, encoder=encoder)
    found = shown(folder)
    shutil.rmtree(folder)
    return found
