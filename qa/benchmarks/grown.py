"""Archives of any size out of question-answering data: real passages first, then made ones.

The first passages are real, with vectors of the real encoder. Those after are sentences of real
ones put together anew, and their vectors are noisy copies: a real vector and the difference of two
others of its language, so that the noise lies in the directions in which real passages differ.
"""

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.article import Article, Part
from index.database import Settings
from index.digest import of_text
from index.encoder import Encoder, Vectors
from index.passage import Passage, passages
from index.writer import Writer

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


def grow(folder: Path, count: int, real: Real, settings: Settings) -> Iterator[str]:
    """Write an index of so many passages; yields the name of each step before it begins."""
    writer = Writer(folder)
    try:
        yield "articles and keywords"
        chance = np.random.default_rng(0)
        sentences = defaultdict(list)
        for text, language in zip(real.texts, real.languages, strict=True):
            sentences[language] += [s for s in text.replace("。", "。\n").splitlines() if s.strip()]
        for first in tqdm(range(0, count, PART), desc=f"{count:,} passages"):
            ids = np.arange(first, min(count, first + PART))
            texts, codes, vectors = _made(ids, real, sentences, chance)
            _put(writer, first, texts, codes)
            writer.add_vectors([of_text(text) for text in texts], vectors)
        yield "vector index"
        writer.publish(settings)
    except BaseException:
        writer.abandon()
        raise


def _made(
    ids: np.ndarray, real: Real, sentences: dict[str, list[str]], chance: np.random.Generator
) -> tuple[list[str], list[str], Vectors]:
    own = ids[ids < len(real.texts)]
    texts = [real.texts[i] for i in own]
    codes, vectors = [real.languages[i] for i in own], [real.vectors[own]]
    languages = np.array(real.languages)
    for number in ids[len(own) :]:
        source = int(chance.integers(len(real.texts)))
        code = real.languages[source]
        pool, wanted = sentences[code], len(real.texts[source])
        text = f"{number}"  # keeps texts apart that would be equal
        while len(text) < wanted:
            text = f"{text} {pool[int(chance.integers(len(pool)))]}"
        texts.append(text[: 2 * wanted])
        codes.append(code)
        one, other = chance.choice(np.flatnonzero(languages == code), 2)
        away = chance.uniform(LEAST, MOST) * (real.vectors[one] - real.vectors[other])
        vector = real.vectors[source] + away
        vectors.append((vector / np.linalg.norm(vector))[None].astype(np.float32))
    return texts, codes, np.concatenate(vectors)


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
