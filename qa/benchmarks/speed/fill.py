"""Fill an index with synthetic passages, so that any size can be measured within minutes."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.article import Article
from index.passage import Passage
from index.store.base.digest import of_text
from index.store.doors import open_store
from index.store.sqlite.writer import begin_build

NOISE = 0.3  # length of the noise added to a unit vector before it is normalised again


def fill(folder: Path, passages: int) -> None:
    """Add passages to the index in `folder` until it has `passages`, and publish it.

    Each has the words of a real passage in another order, and its vector with noise.
    """
    with open_store(folder).snapshot() as snapshot:
        real, settings = list(snapshot.all_passages()), snapshot.settings
    with begin_build(folder) as writer:
        vectors = dict(writer.connection.execute("SELECT content, value FROM vector").fetchall())
        count = passages - len(real)
        rng = np.random.default_rng(0)
        for source, passage in tqdm(_shuffled(real, count), total=count, desc="filling"):
            text, digest = passage.text, of_text(passage.text)
            article = Article(passage.article_id, None, text, None, passage.language, "made.jsonl")
            writer.put(article, digest, iter([passage]))
            vector = np.frombuffer(vectors[of_text(source.text)], "<f4")
            noise = rng.standard_normal(len(vector)).astype(np.float32)
            vector = vector + NOISE * noise / np.linalg.norm(noise)
            vector /= np.linalg.norm(vector)
            writer.add_vectors([digest], vector[None].astype(np.float32))
        writer.publish(settings)


def _shuffled(real: list[Passage], count: int) -> Iterator[tuple[Passage, Passage]]:
    """Yield `count` pairs: a real passage and one with its words in another order."""
    rng = random.Random(0)  # noqa: S311
    for number in range(count):
        source = real[number % len(real)]
        words = source.text.split()
        if len(words) < 10:  # a language without spaces between words
            words = [source.text[i : i + 4] for i in range(0, len(source.text), 4)]
        rng.shuffle(words)
        # the number keeps all texts different
        text = f"{(' ' if ' ' in source.text else '').join(words)} {number}"
        name = f"made-{number}"
        yield source, replace(source, article_id=name, start=0, end=len(text), text=text)
