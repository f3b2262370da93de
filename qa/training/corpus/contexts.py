"""Read annotated contexts and their questions; it neither cuts nor tokenises them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import opencc

from index.errors import ArchiveError
from qa.evaluation.datasets import ANNOTATED, read_records
from qa.training.variants.chinese import is_traditional

from .held_out import article_key, is_held_out

SIMPLIFIED = "-simplified"  # suffix of a source converted from traditional Chinese
WORD = re.compile(r"\w")

Range = tuple[int, int]  # start and end in code points


@dataclass(frozen=True, slots=True)
class Context:
    """A text; `source` is the name of its file without extensions.

    `title` is that of its document, or empty; `article` is equal for the contexts of one document,
    also for a converted copy.
    """

    text: str
    source: str
    title: str
    article: str
    held_out: bool

    @property
    def language(self) -> str:
        """The language that the name of the source begins with."""
        return self.source.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `context` is a position in the list of contexts, `answers` ranges in it.

    Without answers, the context does not answer the question.
    """

    text: str
    context: int
    answers: tuple[Range, ...]


Corpus = tuple[list[Context], list[Question]]


def data_files(folder: Path) -> list[Path]:
    """Return the annotated files of a folder, sorted by name.

    Raises:
        ArchiveError: There are none.
    """
    files = sorted(p for p in folder.glob("*") if p.name.endswith(ANNOTATED))
    if not files:
        raise ArchiveError(f"{folder} holds no .json, .jsonl or .jsonl.xz file: give --data DIR")
    return files


def source_of(path: Path) -> str:
    """Return the name of a data file without its extensions."""
    return path.name.split(".")[0]


def load(paths: Sequence[Path]) -> Corpus:
    """Read annotated files. Answers that are not verbatim at their offset are dropped.

    A question is dropped if none of its marked answers is left.
    """
    contexts: list[Context] = []
    questions: list[Question] = []
    for path in paths:
        records = [record for record in read_records(path) if WORD.search(record["context"])]
        titles = {record.get("title") for record in records}
        # a title that all contexts of a file share names the file, not an article
        titled = len(titles) > 1 or len(records) == 1
        for record in records:
            text, title = record["context"], (record.get("title") or "") if titled else ""
            for q in record["questions"]:
                answers = _verbatim(q["answers"], text)
                if q["question"].strip() and (answers or not q["answers"]):
                    questions.append(Question(q["question"].strip(), len(contexts), answers))
            article, held = article_key(title, text), is_held_out(title, text)
            contexts.append(Context(text, source_of(path), title, article, held))
    return contexts, questions


def _verbatim(answers: Sequence[Mapping[str, Any]], text: str) -> tuple[Range, ...]:
    """Return the places of the answers that stand at their offsets, each once."""
    places = [(a["start"], a["start"] + len(a["text"]), a["text"]) for a in answers if a["text"]]
    return tuple(dict.fromkeys((a, b) for a, b, answer in places if text[a:b] == answer))


def with_simplified(contexts: list[Context], questions: list[Question]) -> Corpus:
    """Add a simplified copy of each context in traditional Chinese whose offsets stay the same."""
    convert = opencc.OpenCC("t2s").convert
    added_contexts, added_questions = list(contexts), list(questions)
    copies: dict[int, int] = {}
    for number, context in enumerate(contexts):
        if context.language == "zh":
            text = convert(context.text)
            if len(text) == len(context.text) and is_traditional(context.text):
                copies[number] = len(added_contexts)
                source = context.source + SIMPLIFIED
                title = convert(context.title)
                added_contexts.append(replace(context, text=text, source=source, title=title))
    for question in questions:
        if (copy := copies.get(question.context)) is not None:
            added_questions.append(replace(question, text=convert(question.text), context=copy))
    return added_contexts, added_questions


def part(corpus: Corpus, held_out: bool) -> Corpus:
    """Return the contexts that are held out, or the others, with their questions."""
    contexts, questions = corpus
    kept = [n for n, context in enumerate(contexts) if context.held_out is held_out]
    position = {old: new for new, old in enumerate(kept)}
    moved = [replace(q, context=position[q.context]) for q in questions if q.context in position]
    return [contexts[n] for n in kept], moved


def contains_answer(text: str, question: Question, context: Context) -> bool:
    """Return whether the text has an answer's words, so that it is no safe negative."""
    folded = text.casefold()
    return any(context.text[a:b].casefold() in folded for a, b in question.answers)
