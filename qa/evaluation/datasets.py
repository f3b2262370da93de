"""Read question sets: SQuAD JSON, JSON lines with a context each, or tab-separated text.

It only reads and samples; `measure.py` asks the questions.
"""

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO, TypeVar

from index.errors import ArchiveError
from index.text.language import detect
from qa.question_log.cells import UNKNOWN, unquote_cell

ANNOTATED = (".json", ".jsonl", ".jsonl.xz")  # files that hold contexts with marked answers
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its acceptable answers; no answers means it is unanswerable.

    If not even that is known, no answer counts as right: `known` is False.

    `context`, `article` and `title` describe the text that holds the answer: its whole text, its
    article id, and the title of the document it was taken from. They are None when unknown.
    """

    question: str
    answers: tuple[str, ...]
    language: str | None
    context: str | None = None
    article: str | None = None
    title: str | None = None
    known: bool = True


def read_cases(path: Path) -> list[Case]:
    """Read all questions of a file in any of the three formats.

    Raises:
        ArchiveError: The file is missing, malformed or holds no question.
    """
    if not path.is_file():
        raise ArchiveError(f"'{path}' does not exist: name a file of questions")
    annotated = path.name.endswith(ANNOTATED)
    cases = list(_annotated_cases(path) if annotated else _tab_separated_cases(path))
    if not cases:
        raise ArchiveError(f"{path} holds no question: add at least one")
    return cases


def _annotated_cases(path: Path) -> Iterator[Case]:
    for number, record in enumerate(read_records(path)):
        language = detect(record["context"])
        for entry in record["questions"]:
            question = entry["question"].strip()
            if not question:
                continue  # some data sets contain blank questions
            answers = tuple(dict.fromkeys(a["text"] for a in entry["answers"]))
            case = Case(question, answers, language, title=record.get("title"))
            if answers:
                case = replace(case, context=record["context"], article=str(number))
            yield case


def _tab_separated_cases(path: Path) -> Iterator[Case]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{path} is not UTF-8 text ({error.reason}): save it as UTF-8") from None
    for number, line in enumerate(lines, start=1):
        question, _, answer = (unquote_cell(cell) for cell in line.partition("\t"))
        if question and "\t" not in line:
            raise ArchiveError(
                f"{path}, line {number} has no tab ('{question[:40]}'): write a question, a tab "
                "and the answer, or nothing after the tab if the archive does not hold it"
            )
        if question:
            known = answer != UNKNOWN
            answers = (answer,) if answer and known else ()
            yield Case(question, answers, detect(answer, detect(question)), known=known)


def contexts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (article id, text) for every context of an annotated file, in file order."""
    for number, record in enumerate(read_records(path)):
        yield str(number), record["context"]


def sample_evenly(items: Sequence[Item], limit: int | None) -> list[Item]:
    """Return at most `limit` items, evenly spaced from the first on; all of them if None.

    >>> sample_evenly("abcdefgh", 4)
    ['a', 'c', 'e', 'g']
    """
    count = len(items) if limit is None else min(limit, len(items))
    return [items[number * len(items) // count] for number in range(count)]


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield {"title", "context", "questions": [{"id", "question", "answers"}]} from either format.

    Each answer is {"text", "start"}, with `start` in code points into the context.

    Raises:
        ArchiveError: The file is neither SQuAD JSON nor `.jsonl[.xz]` of such records.
    """
    try:
        if path.suffix == ".json":
            for article in json.loads(path.read_text("utf-8"))["data"]:
                for paragraph in article["paragraphs"]:
                    yield _from_squad(article.get("title"), paragraph)
            return
        with _open_lines(path) as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError) as error:
        raise ArchiveError(
            f"{path} is neither SQuAD json nor .jsonl[.xz] of contexts with questions ({error!r})"
        ) from error


def _open_lines(path: Path) -> TextIO:
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
