"""Fill an index up with made passages, so that it can be measured at any size within minutes."""

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

NOISE = 0.3  # length of what is added to a vector of length 1, before it is made so long again


def fill(folder: Path, passages: int) -> None:
    """Add passages to the index in `folder` until it has so many; publishes a new generation.

    Each has the words of a real one in another order, and its vector with noise.
    """
    with open_store(folder).snapshot() as snapshot:
        real, settings = list(snapshot.all_passages()), snapshot.settings
    with begin_build(folder) as writer:
        known = dict(writer.connection.execute("SELECT content, value FROM vector").fetchall())
        made = _made(real, passages - len(real))
        chance = np.random.default_rng(0)
        for source, passage in tqdm(made, total=passages - len(real), desc="filling"):
            text, content = passage.text, of_text(passage.text)
            article = Article(passage.article_id, None, text, None, passage.language, "made.jsonl")
            writer.put(article, content, iter([passage]))
            vector = np.frombuffer(known[of_text(source.text)], "<f4")
            away = chance.standard_normal(len(vector)).astype(np.float32)
            vector = vector + NOISE * away / np.linalg.norm(away)
            vector /= np.linalg.norm(vector)
            writer.add_vectors([content], vector[None].astype(np.float32))
        writer.publish(settings)


def _made(real: list[Passage], count: int) -> Iterator[tuple[Passage, Passage]]:
    """(a real passage, one made of its words), so many."""
    chance = random.Random(0)  # noqa: S311  # no secret
    for number in range(count):
        source = real[number % len(real)]
        words = source.text.split()
        if len(words) < 10:  # no spaces between its words
            words = [source.text[i : i + 4] for i in range(0, len(source.text), 4)]
        chance.shuffle(words)
        # the number keeps texts apart that would be equal
        text = f"{(' ' if ' ' in source.text else '').join(words)} {number}"
        name = f"made-{number}"
        yield source, replace(source, article_id=name, start=0, end=len(text), text=text)
