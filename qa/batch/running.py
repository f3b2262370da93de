"""Answer a table of questions into a table of answers, going on where a killed run stopped.

Memory does not grow with the number of questions, only with that of an earlier run's errors.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from index.errors import ArchiveError
from qa.answers.answering import Answer

from .answers import AnswersFile, answer_row, error_row, is_error, safe_cell
from .outcomes import Request
from .questions import BETWEEN_NAMES, read_questions


class BatchArchive(Protocol):
    """The part of `qa.Archive` that a batch uses."""

    def outcomes(self, requests: Iterable[Request]) -> Iterator[Answer | ArchiveError]:
        """Yield an answer, or what is wrong with the question, for each request."""
        ...


@dataclass(slots=True)
class BatchReport:
    """What a run did: questions by outcome, and those that an earlier run had answered."""

    answered: int = 0
    refused: int = 0
    errors: int = 0
    earlier: int = 0


def answer_file(
    archive: BatchArchive, questions: Path, output: Path, *, progress: bool = False
) -> BatchReport:
    """Answer the questions of a CSV file; add a row for each to another CSV file.

    Args:
        archive: Answers them.
        questions: A table as `read_questions` takes it.
        output: The table of answers. Of an earlier run's rows, only errors are asked again.
        progress: Show a progress bar on standard error.

    Raises:
        ArchiveError: A file cannot be read or written, or `output` answers other questions.
    """
    report = BatchReport()
    rows = read_questions(questions)
    first = [*islice(rows, 1)]
    answers = AnswersFile(output, [name for row in first for name in row.filters])
    rows = chain(first, rows)
    again: list[Request] = []
    for number, earlier in enumerate(answers.complete_rows(), start=1):
        row = next(rows, None)
        if row is None or any(safe_cell(cell) != earlier[name] for name, cell in _asked(row)):
            raise ArchiveError(
                f"row {number:,} of '{output}' answers another question than '{questions}' asks, "
                "or with other filters: name another file for the answers, or remove it"
            )
        if is_error(earlier):
            again.append(row)
        else:
            report.earlier += 1
    if again:
        answers.replace_errors(_rows(archive, iter(again), report))
    hidden = None if progress else True  # None: unless a person watches
    with answers, tqdm(disable=hidden, unit=" questions", initial=report.earlier) as bar:
        for answered in _rows(archive, rows, report):
            answers.write(answered)
            bar.update()
    return report


def _rows(
    archive: BatchArchive, requests: Iterator[Request], report: BatchReport
) -> Iterator[dict[str, str | float | None]]:
    """Yield the row for each request; count what came of it."""
    for request, outcome in _ask(archive, requests):
        if isinstance(outcome, Answer) and outcome.not_asked and not outcome.answered:
            missing = ", ".join(each.archive for each in outcome.not_asked)
            outcome = ArchiveError(f"not found, but an archive could not be asked: {missing}")
        _count(report, outcome)
        row = (
            answer_row(outcome)
            if isinstance(outcome, Answer)
            else error_row(request.question, outcome)
        )
        yield {**row, **dict(_asked(request))}


def _asked(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the cells of a question and its filters, as they were written."""
    yield "question", request.question
    for name, value in request.filters.items():
        yield name, value if isinstance(value, str) else f"{BETWEEN_NAMES} ".join(value)


def _count(report: BatchReport, outcome: Answer | ArchiveError) -> None:
    if not isinstance(outcome, Answer):
        report.errors += 1
    elif outcome.answered:
        report.answered += 1
    else:
        report.refused += 1


def _ask(
    archive: BatchArchive, requests: Iterator[Request]
) -> Iterator[tuple[Request, Answer | ArchiveError]]:
    """Yield each request with its outcome, in order."""
    asked: deque[Request] = deque()

    def remembered() -> Iterator[Request]:
        for request in requests:
            asked.append(request)
            yield request

    for outcome in archive.outcomes(remembered()):
        yield asked.popleft(), outcome
