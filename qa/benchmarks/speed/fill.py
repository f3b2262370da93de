"""Fill an index with synthetic passages, so that any size can be measured within minutes."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
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


def fill(folder: Path, passages: int, texts: Sequence[tuple[str, str]] = ()) -> None:
    """Add passages to the index in `folder` until it has `passages`, and publish it.

    `texts` with their languages come first; the others are real passages with their words in
    another order. Each has the vector of a real passage, of its language if there is one, with
    noise.
    """
    with open_store(folder).snapshot() as snapshot:
        real, settings = list(snapshot.all_passages()), snapshot.settings
    with begin_build(folder) as writer:
        vectors = dict(writer.connection.execute("SELECT content, value FROM vector").fetchall())
        count = passages - len(real)
        made = [*_others(real, texts[:count]), *_shuffled(real, count - len(texts[:count]))]
        rng = np.random.default_rng(0)
        for source, passage in tqdm(made, desc="filling"):
            text, digest = passage.text, of_text(passage.text)
            article = Article(passage.article_id, None, text, None, passage.language, "made.jsonl")
            writer.put(article, digest, iter([passage]))
            vector = np.frombuffer(vectors[of_text(source.text)], "<f4")
            noise = rng.standard_normal(len(vector)).astype(np.float32)
            vector = vector + NOISE * noise / np.linalg.norm(noise)
            vector /= np.linalg.norm(vector)
            writer.add_vectors([digest], vector[None].astype(np.float32))
        writer.publish(settings)


def _others(
    real: Sequence[Passage], texts: Sequence[tuple[str, str]]
) -> Iterator[tuple[Passage, Passage]]:
    """Yield a pair for each text: a real passage, and one with that text."""
    by_language: dict[str | None, list[Passage]] = defaultdict(list)
    for passage in real:
        by_language[passage.language].append(passage)
    for number, (text, language) in enumerate(texts):
        sources = by_language.get(language, real)
        made = Passage(f"other-{number}", 0, len(text), text, "body", language, None)
        yield sources[number % len(sources)], made


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
