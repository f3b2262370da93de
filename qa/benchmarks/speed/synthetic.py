"""Archives of any size from question-answering data: real passages first, then synthetic ones.

Real passages have vectors of the real encoder. Synthetic ones recombine real sentences, and their
vectors are noisy copies: a real vector plus the scaled difference of two others of its language, so
that the noise lies in the directions in which real passages differ.
"""

import json
import lzma
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.article import Article, Part
from index.encoder.sentence import Encoder, Vectors
from index.passage import Passage, passages
from index.store.base.digest import of_text
from index.store.base.protocol import Writer
from index.store.base.settings import Settings
from index.store.doors import begin_build
from qa.evaluation.datasets import sample_evenly

PASSAGE_TOKENS, PASSAGES_PER_ARTICLE, ENCODER_BATCH = 128, 5, 256
MIN_NOISE, MAX_NOISE = 0.3, 0.9  # factor of the difference in a noisy copy
WRITE_BATCH = 10_000  # passages generated at once


@dataclass(frozen=True, slots=True)
class RealData:
    """Real passages with languages and vectors (passages, dimension), and real questions."""

    texts: list[str]
    languages: list[str]
    vectors: Vectors
    questions: list[str]
    question_vectors: Vectors  # (questions, dimension)


def load_real_data(
    data: Path, limit: int, questions: int, encoder: Encoder, cache: Path
) -> RealData:
    """Embed up to `limit` passages, evenly from all files, and questions of those in dev/.

    The result is kept in the folder `cache` for later runs, as embedding takes longest.
    """
    texts_file, vectors_file = cache / "real.json", cache / "real.npz"
    if not vectors_file.is_file():
        texts, languages, pool = read_texts(data, limit)
        chosen = np.linspace(0, len(pool) - 1, min(questions, len(pool))).astype(int)
        sample = [pool[i] for i in chosen]
        vectors = [
            encoder.passages(texts[i : i + ENCODER_BATCH])
            for i in tqdm(range(0, len(texts), ENCODER_BATCH), desc="embedding")
        ]
        texts_file.write_text(json.dumps([texts, languages, sample]), encoding="utf-8")
        np.savez(vectors_file, passages=np.vstack(vectors), questions=encoder.queries(sample))
    texts, languages, sample = json.loads(texts_file.read_text(encoding="utf-8"))
    arrays = np.load(vectors_file)
    return RealData(texts, languages, arrays["passages"], sample, arrays["questions"])


def read_texts(data: Path, limit: int) -> tuple[list[str], list[str], list[str]]:
    """Return texts and languages of up to `limit` passages, evenly from all files.

    The third list has all questions of the files in dev/.
    """
    contexts, questions = [], []
    for file in sorted(data.rglob("*.jsonl.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                contexts.append((row["context"], file.name[:2]))
                if file.parent.name == "dev":
                    questions += [q["question"] for q in row["questions"]]
    pieces = []
    for context in sample_evenly(contexts, limit):
        pieces += [(text, context[1]) for text in _split(*context)]
    pieces = sample_evenly(pieces, limit)
    return [text for text, _ in pieces], [language for _, language in pieces], questions


def write_index(
    folder: Path, count: int, real: RealData, settings: Settings
) -> tuple[float, float]:
    """Write an index of `count` passages.

    Returns the seconds for articles with their keywords and vectors, and for publishing them.
    """
    put = 0.0
    with begin_build(folder) as writer:
        generator = PassageGenerator(real)
        for first in tqdm(range(0, count, WRITE_BATCH), desc=f"{count:,} passages"):
            texts, languages, vectors = generator.passages(first, min(count, first + WRITE_BATCH))
            started = time.perf_counter()
            _put_articles(writer, first, texts, languages)
            writer.add_vectors([of_text(text) for text in texts], vectors)
            put += time.perf_counter() - started
        started = time.perf_counter()
        writer.publish(settings)
        return put, time.perf_counter() - started


class PassageGenerator:
    """An endless supply of passages: the real ones, then synthetic ones."""

    def __init__(self, real: RealData) -> None:
        self._real, self._rng = real, np.random.default_rng(0)
        self._sentences: dict[str, list[str]] = defaultdict(list)
        for text, language in zip(real.texts, real.languages, strict=True):
            lines = text.replace("。", "。\n").splitlines()
            self._sentences[language] += [line for line in lines if line.strip()]
        languages = np.array(real.languages)
        self._positions = {
            language: np.flatnonzero(languages == language) for language in set(real.languages)
        }

    def passages(self, first: int, end: int) -> tuple[list[str], list[str], Vectors]:
        """Return texts, languages and vectors (end - first, dimension) of passages by number."""
        real, own = self._real, range(first, min(end, len(self._real.texts)))
        texts, languages = [real.texts[i] for i in own], [real.languages[i] for i in own]
        synthetic = range(max(first, len(real.texts)), end)
        sources = self._rng.integers(len(real.texts), size=len(synthetic)).tolist()
        vectors = [real.vectors[own.start : own.stop] if own else real.vectors[:0]]
        for number, source in zip(synthetic, sources, strict=True):
            language = real.languages[source]
            texts.append(self._text(f"{number}", language, len(real.texts[source])))
            languages.append(language)
            vectors.append(self._vector(source, language))
        return texts, languages, np.concatenate(vectors)

    def _text(self, text: str, language: str, length: int) -> str:
        """Append random sentences to `text`, a number that keeps all texts different."""
        pool = self._sentences[language]
        while len(text) < length:
            text = f"{text} {pool[int(self._rng.integers(len(pool)))]}"
        return text[: 2 * length]

    def _vector(self, source: int, language: str) -> Vectors:
        positions, vectors = self._positions[language], self._real.vectors
        one, other = positions[self._rng.integers(len(positions), size=2)]
        noise = self._rng.uniform(MIN_NOISE, MAX_NOISE) * (vectors[one] - vectors[other])
        vector = vectors[source] + noise
        unit: Vectors = (vector / np.linalg.norm(vector))[None].astype(np.float32)
        return unit


def _put_articles(writer: Writer, first: int, texts: list[str], languages: list[str]) -> None:
    """Store articles of a few passages each; every passage is a paragraph."""
    for at in range(0, len(texts), PASSAGES_PER_ARTICLE):
        chosen = slice(at, at + PASSAGES_PER_ARTICLE)
        name, text = f"made-{first + at}", "\n\n".join(texts[chosen])
        parts = (Part(0, len(text), "body"),)
        article = Article(name, None, text, None, languages[at], "made.jsonl", parts=parts)
        writer.put(article, of_text(text), _paragraphs(name, texts[chosen], languages[chosen]))


def _paragraphs(article: str, texts: list[str], languages: list[str]) -> Iterator[Passage]:
    start = 0
    for text, language in zip(texts, languages, strict=True):
        yield Passage(article, start, start + len(text), text, "body", language, None)
        start += len(text) + 2


def _split(text: str, language: str) -> list[str]:
    """Split a context into passages as the index would."""
    parts = (Part(0, len(text), "body"),)
    article = Article("x", None, text, None, language, "x", parts=parts)
    return [passage.text for passage in passages(article, PASSAGE_TOKENS)]
