"""What the reader finds for each question, read once and kept, so that settings can be tried.

A reading holds every passage that any of the tried settings would read, with the best answer of
each of its sentences. It is kept as JSON lines beside the archive that was asked.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from qa.answers.selection import CITATION_POOL, select_for_reader
from qa.archive import Archive
from qa.reader.candidates import Candidate
from qa.reader.reader import Reader
from qa.reader.settings import Settings
from qa.retrieval.retriever import Hit

from .question_sets import Question, QuestionSet

TOP_K = (5, 8, 10)  # numbers of passages that are tried


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was read: its context's number, and the best answer of each sentence."""

    text: str
    context: int
    retrieval_score: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with the passages that were read for it.

    `selected` and `withheld` give the positions of the passages by how many are read: from the
    whole archive, and from the one without the question's context. `given` are the best answers
    in the question's context alone.
    """

    question: Question
    passages: tuple[Passage, ...]
    selected: dict[int, list[int]]
    withheld: dict[int, list[int]]
    given: tuple[Candidate, ...]


def read_set(
    questions: QuestionSet, archive: Archive, reader: Reader, kept: Path
) -> Iterator[Reading]:
    """Yield the reading of each question in order; those in the file `kept` are not read again."""
    lines_before = kept.read_text("utf-8").splitlines() if kept.exists() else []
    known = {r.question: r for r in map(_from_json, map(json.loads, lines_before))}
    with kept.open("a", encoding="utf-8") as lines:
        for question in tqdm(questions.questions, desc=questions.name):
            reading = known.get(question)
            if reading is None:
                reading = _read(question, questions.contexts[question.context], archive, reader)
                lines.write(json.dumps(asdict(reading), ensure_ascii=False) + "\n")
            yield reading


def readings_file(folder: Path, contexts: Sequence[str], weights: Path, settings: Settings) -> Path:
    """Return the file of the readings of these contexts by these weights, with these settings."""
    digest = hashlib.sha256(weights.read_bytes())
    digest.update(json.dumps([*contexts, settings.mark, settings.grow]).encode())
    return folder / f"readings-{digest.hexdigest()[:16]}.jsonl"


def _read(question: Question, context: str, archive: Archive, reader: Reader) -> Reading:
    hits = archive.search(question.text, CITATION_POOL)
    others = [hit for hit in hits if hit.article.id != str(question.context)]
    chosen = {k: select_for_reader(hits, k) for k in TOP_K}
    without = {k: select_for_reader(others, k) for k in TOP_K} if question.answers else {}
    needed: dict[str, Hit] = {}
    for selection in (*chosen.values(), *without.values()):
        needed |= {hit.passage.text: hit for hit in selection}
    texts = list(needed)
    found = reader.candidates_by_sentence(question.text, [*texts, context])
    passages = tuple(
        Passage(text, int(hit.article.id), hit.score, _of(found, number))
        for number, (text, hit) in enumerate(needed.items())
    )
    place = {text: number for number, text in enumerate(texts)}
    selected, withheld = (
        {k: [place[hit.passage.text] for hit in hits] for k, hits in by_count.items()}
        for by_count in (chosen, without)
    )
    return Reading(question, passages, selected, withheld, _of(found, len(texts)))


def _of(candidates: Sequence[Candidate], passage: int) -> tuple[Candidate, ...]:
    return tuple(c for c in candidates if c.passage == passage)


def _from_json(content: dict[str, Any]) -> Reading:
    question = content["question"]
    question["answers"] = tuple(question["answers"])
    passages = (
        Passage(**{**p, "candidates": tuple(Candidate(**c) for c in p["candidates"])})
        for p in content["passages"]
    )
    selected, withheld = (
        {int(k): positions for k, positions in content[name].items()}
        for name in ("selected", "withheld")
    )
    given = tuple(Candidate(**c) for c in content["given"])
    return Reading(Question(**question), tuple(passages), selected, withheld, given)
