"""Small archives that change at random, and everything that a reader can see of one."""

import dataclasses
import json
import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from index import build
from index.article import Article
from index.store.base.protocol import Ids, Snapshot, Vectors
from index.store.doors import Where, open_store
from index.store.postgres.snapshot import PostgresSnapshot
from index.store.sqlite import vector_table
from index.store.sqlite.snapshot import SqliteSnapshot
from index.text.terms import terms
from tests.support.fakes import FakeEncoder

TEXT = "The keeper of the {} lighthouse counted {} ships before noon and wrote them down."


def all_vectors(snapshot: Snapshot) -> tuple[Ids, Vectors]:
    """Return the ids and vectors of all passages, by id."""
    if isinstance(snapshot, PostgresSnapshot):
        rows = snapshot._connection.execute(
            "SELECT passage, value FROM embedding ORDER BY passage"
        ).fetchall()
        values = np.array([value.to_numpy() for _, value in rows], np.float32)
        return np.array([row[0] for row in rows], np.int64), values
    assert isinstance(snapshot, SqliteSnapshot)
    ids, values, _ = vector_table.all_vectors(snapshot._connection, snapshot.settings.dimension)
    return ids, values


# articles; passages with their vectors as bytes; what each term finds, with its scores
Shown = tuple[list[Article], list[tuple[Any, ...]], list[set[tuple[Any, ...]]]]


def shown(index: Where) -> Shown:
    """Everything that a reader can see, without the ids of passages."""
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
        days = chance.sample(range(1, 9), chance.randrange(4))
        lines += [{"id": "x", "date": f"2026-11-0{day}", "text": page(chance)} for day in days]
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


def shown_from_scratch(seeds: Path, folder: Path, encoder: FakeEncoder) -> Shown:
    build(seeds, folder, encoder=encoder)
    result = shown(folder)
    shutil.rmtree(folder)
    return result
