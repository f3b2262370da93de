"""Answer a table of questions into a table of answers, going on where a killed run stopped.

Memory does not grow with the number of questions, only with that of an earlier run's errors.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from index.errors import ArchiveError
from qa.answers.answering import Answer

from .answers import AnswersFile, answer_row, error_row, is_error, safe_cell
from .outcomes import Request
from .questions import read_questions


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
    answers = AnswersFile(output)
    again: list[Request] = []
    for number, earlier in enumerate(answers.complete_rows(), start=1):
        row = next(rows, None)
        if row is None or safe_cell(row.question) != earlier["question"]:
            raise ArchiveError(
                f"row {number:,} of '{output}' answers another question than '{questions}' asks: "
                "name another file for the answers, or remove it"
            )
        if is_error(earlier):
            again.append(row)
        else:
            report.earlier += 1
    if again:
        answers.replace_errors(_rows(archive, iter(again), report))
    with (
        answers,
        tqdm(disable=None if progress else True, unit=" questions", initial=report.earlier) as bar,
    ):
        for answered in _rows(archive, rows, report):
            answers.write(answered)
            bar.update()
    return report


def _rows(
    archive: BatchArchive, requests: Iterator[Request], report: BatchReport
) -> Iterator[dict[str, str | float | None]]:
    """Yield the row for each request; count what came of it."""
    for question, outcome in _ask(archive, requests):
        if isinstance(outcome, Answer) and outcome.not_asked and not outcome.answered:
            missing = ", ".join(each.archive for each in outcome.not_asked)
            outcome = ArchiveError(f"not found, but an archive could not be asked: {missing}")
        _count(report, outcome)
        if isinstance(outcome, Answer):
            yield {**answer_row(outcome), "question": question}
        else:
            yield error_row(question, outcome)


def _count(report: BatchReport, outcome: Answer | ArchiveError) -> None:
    if not isinstance(outcome, Answer):
        report.errors += 1
    elif outcome.answered:
        report.answered += 1
    else:
        report.refused += 1


def _ask(
    archive: BatchArchive, requests: Iterator[Request]
) -> Iterator[tuple[str, Answer | ArchiveError]]:
    """Yield each question as it was written, with its outcome, in order."""
    asked: deque[str] = deque()

    def remembered() -> Iterator[Request]:
        for request in requests:
            asked.append(request.question)
            yield request

    for outcome in archive.outcomes(remembered()):
        yield asked.popleft(), outcome
