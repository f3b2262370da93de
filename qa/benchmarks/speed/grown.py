"""Archives of any size out of question-answering data: real passages first, then made ones.

The first passages are real, with vectors of the real encoder. Those after are sentences of real
ones put together anew, and their vectors are noisy copies: a real vector and the difference of two
others of its language, so that the noise lies in the directions in which real passages differ.
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

TOKENS, PER_ARTICLE, ENCODED = 128, 5, 256
LEAST, MOST = 0.3, 0.9  # of a difference, in a noisy copy
PART = 10_000  # passages made at once


@dataclass(frozen=True, slots=True)
class Real:
    """Real passages by text, with languages and vectors, (n, dimension), and real questions."""

    texts: list[str]
    languages: list[str]
    vectors: Vectors
    questions: list[str]
    asked: Vectors  # (questions, dimension)


def read_real(data: Path, most: int, questions: int, encoder: Encoder, keep: Path) -> Real:
    """Up to `most` passages, evenly from all files, and questions of those in dev/, embedded.

    They are kept in the folder `keep` for the next time, as embedding takes longest.
    """
    texts_file, vectors_file = keep / "real.json", keep / "real.npz"
    if not vectors_file.is_file():
        texts, languages, asked = _texts(data, most)
        some = np.linspace(0, len(asked) - 1, min(questions, len(asked))).astype(int)
        asked = [asked[i] for i in some]
        parts = [
            encoder.passages(texts[i : i + ENCODED])
            for i in tqdm(range(0, len(texts), ENCODED), desc="embedding")
        ]
        texts_file.write_text(json.dumps([texts, languages, asked]), encoding="utf-8")
        np.savez(vectors_file, passages=np.vstack(parts), questions=encoder.queries(asked))
    texts, languages, asked = json.loads(texts_file.read_text(encoding="utf-8"))
    kept = np.load(vectors_file)
    return Real(texts, languages, kept["passages"], asked, kept["questions"])


def _texts(data: Path, most: int) -> tuple[list[str], list[str], list[str]]:
    """Passages' texts and languages, and all questions of the files in dev/."""
    contexts, asked = [], []
    for file in sorted(data.rglob("*.jsonl.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                contexts.append((row["context"], file.name[:2]))
                if file.parent.name == "dev":
                    asked += [q["question"] for q in row["questions"]]
    found = []
    for i in np.linspace(0, len(contexts) - 1, min(most, len(contexts))).astype(int):
        found += [(text, contexts[i][1]) for text in _cut(*contexts[i])]
    return [text for text, _ in found[:most]], [code for _, code in found[:most]], asked


def grow(folder: Path, count: int, real: Real, settings: Settings) -> tuple[float, float]:
    """Write an index of so many passages; seconds for articles with keywords, and for the rest."""
    put = 0.0
    with begin_build(folder) as writer:
        source = Source(real)
        for first in tqdm(range(0, count, PART), desc=f"{count:,} passages"):
            texts, codes, vectors = source.passages(first, min(count, first + PART))
            started = time.perf_counter()
            _put(writer, first, texts, codes)
            writer.add_vectors([of_text(text) for text in texts], vectors)
            put += time.perf_counter() - started
        started = time.perf_counter()
        writer.publish(settings)
        return put, time.perf_counter() - started


class Source:
    """An endless supply of passages: the real ones, then made ones."""

    def __init__(self, real: Real) -> None:
        self._real, self._chance = real, np.random.default_rng(0)
        self._sentences: dict[str, list[str]] = defaultdict(list)
        for text, code in zip(real.texts, real.languages, strict=True):
            found = text.replace("。", "。\n").splitlines()
            self._sentences[code] += [line for line in found if line.strip()]
        codes = np.array(real.languages)
        self._places = {code: np.flatnonzero(codes == code) for code in set(real.languages)}

    def passages(self, first: int, end: int) -> tuple[list[str], list[str], Vectors]:
        """Texts, languages and vectors, (end - first, dimension), of passages by number."""
        real, own = self._real, range(first, min(end, len(self._real.texts)))
        texts, codes = [real.texts[i] for i in own], [real.languages[i] for i in own]
        made = range(max(first, len(real.texts)), end)
        sources = self._chance.integers(len(real.texts), size=len(made)).tolist()
        vectors = [real.vectors[own.start : own.stop] if own else real.vectors[:0]]
        for number, source in zip(made, sources, strict=True):
            code = real.languages[source]
            texts.append(self._text(f"{number}", code, len(real.texts[source])))
            codes.append(code)
            vectors.append(self._vector(source, code))
        return texts, codes, np.concatenate(vectors)

    def _text(self, text: str, code: str, wanted: int) -> str:
        """Sentences after `text`, a number that keeps texts apart that would be equal."""
        pool = self._sentences[code]
        while len(text) < wanted:
            text = f"{text} {pool[int(self._chance.integers(len(pool)))]}"
        return text[: 2 * wanted]

    def _vector(self, source: int, code: str) -> Vectors:
        places, vectors = self._places[code], self._real.vectors
        one, other = places[self._chance.integers(len(places), size=2)]
        away = self._chance.uniform(LEAST, MOST) * (vectors[one] - vectors[other])
        vector = vectors[source] + away
        unit: Vectors = (vector / np.linalg.norm(vector))[None].astype(np.float32)
        return unit


def _put(writer: Writer, first: int, texts: list[str], codes: list[str]) -> None:
    """Articles of a few passages each; every passage is a paragraph."""
    for at in range(0, len(texts), PER_ARTICLE):
        some = texts[at : at + PER_ARTICLE]
        name, whole = f"made-{first + at}", "\n\n".join(some)
        parts = (Part(0, len(whole), "body"),)
        article = Article(name, None, whole, None, codes[at], "made.jsonl", parts=parts)
        writer.put(article, of_text(whole), _paragraphs(name, some, codes[at : at + PER_ARTICLE]))


def _paragraphs(article: str, texts: list[str], codes: list[str]) -> Iterator[Passage]:
    start = 0
    for text, code in zip(texts, codes, strict=True):
        yield Passage(article, start, start + len(text), text, "body", code, None)
        start += len(text) + 2


def _cut(text: str, language: str) -> list[str]:
    parts = (Part(0, len(text), "body"),)
    article = Article("x", None, text, None, language, "x", parts=parts)
    return [passage.text for passage in passages(article, TOKENS)]
