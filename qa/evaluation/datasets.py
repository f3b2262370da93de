"""Files of questions with known answers -> cases to measure with.

Three formats: SQuAD json, one context a line, or a text file of one's own; see `evaluate`.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from index.errors import ArchiveError
from index.text.language import detect

MARKED = (".json", ".jsonl", ".jsonl.xz")  # files that bring the texts with the answers marked


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its acceptable answers (none: it has no answer), where it is answered."""

    question: str
    answers: tuple[str, ...]
    language: str | None
    context: str | None = None  # the text that holds the answer
    article: str | None = None  # and its id
    title: str | None = None  # of the whole that the text is a part of


def read_cases(path: Path) -> list[Case]:
    """The questions of a file in any of the three formats. Raises ArchiveError if it is none."""
    if not path.is_file():
        raise ArchiveError(f"there is no file '{path}': name a file of questions")
    cases = list(_marked_cases(path) if path.name.endswith(MARKED) else _own_cases(path))
    if not cases:
        raise ArchiveError(f"{path} holds no question")
    return cases


def _marked_cases(path: Path) -> Iterator[Case]:
    for number, record in enumerate(read_records(path)):
        language = detect(record["context"])
        for asked in record["questions"]:
            if not asked["question"].strip():
                continue  # data sets have a few
            answers = tuple(dict.fromkeys(a["text"] for a in asked["answers"]))
            case = Case(asked["question"].strip(), answers, language, title=record.get("title"))
            if answers:
                case = replace(case, context=record["context"], article=str(number))
            yield case


def _own_cases(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{path} is not UTF-8 text ({error.reason}): save it as UTF-8") from None
    for line in lines:
        question, _, answer = line.partition("\t")
        if question.strip():
            answers = (answer.strip(),) if answer.strip() else ()
            yield Case(question.strip(), answers, detect(answer, detect(question)))


def contexts_of(path: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every context of a file, with or without questions."""
    for number, record in enumerate(read_records(path)):
        yield str(number), record["context"]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield {"title", "context", "questions": [{"id", "question", "answers"}]} from either format.

    Answers are {"text", "start"}. Raises ArchiveError when the file is neither format.
    """
    try:
        if path.suffix == ".json":
            for article in json.loads(path.read_text("utf-8"))["data"]:
                for paragraph in article["paragraphs"]:
                    yield _from_squad(article.get("title"), paragraph)
            return
        with _opened(path) as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError) as error:
        raise ArchiveError(
            f"{path} is neither SQuAD json nor .jsonl[.xz] of contexts with questions ({error!r})"
        ) from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _from_squad(title: str | None, paragraph: dict[str, Any]) -> dict[str, Any]:
    questions = [
        {
            "id": q.get("id"),
            "question": q["question"],
            "answers": [{"text": a["text"], "start": a["answer_start"]} for a in q["answers"]],
        }
        for q in paragraph["qas"]
    ]
    return {"title": title, "context": paragraph["context"], "questions": questions}
