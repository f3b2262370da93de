"""Answers as rows of a table, and the CSV file that they are written to.

A spreadsheet computes a cell that begins like a formula. Such cells get an apostrophe before them,
and all cells are quoted, as OWASP recommends against CSV injection. The items of a list are a JSON
array in their cell: they may hold any mark that could separate them.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from index.errors import ArchiveError
from qa.answers.answering import Answer
from qa.answers.citing import source_name

COLUMNS = (
    "question", "status", "answer", "confidence", "sentence", "title", "date", "source",
    "page", "seconds", "permalink", "items", "undecided",
)  # fmt: skip
ANSWERED, REFUSED = "answered", "not in the archive"
OWN = len(b'"question","status",')  # bytes with which the file of any version begins
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def answer_row(answer: Answer) -> dict[str, str | float | None]:
    """Return an answer as one flat row: a frame of such rows is what pandas takes.

    A refusal has no answer and no source; its status says so.
    """
    row: dict[str, str | float | None] = dict.fromkeys(COLUMNS)
    row |= {"question": answer.question, "status": REFUSED, "confidence": answer.confidence}
    if not answer.answered:
        return row
    cited = answer.citations[0]
    location = cited.location
    items = [item.text for item in answer.items]
    return row | {
        "status": ANSWERED,
        "answer": answer.text,
        "sentence": answer.sentence,
        "title": cited.title,
        "date": cited.date.isoformat() if cited.date else None,
        "source": source_name(cited),
        "page": location.page if location else None,
        "seconds": location.seconds if location else None,
        "permalink": cited.permalink,
        "items": json.dumps(items, ensure_ascii=False) if items else None,
        "undecided": answer.undecided,
    }


def error_row(question: str, error: ArchiveError) -> dict[str, str | float | None]:
    """Return the row for a question that could not be asked."""
    return {**dict.fromkeys(COLUMNS), "question": question, "status": f"error: {error}"}


def is_error(row: Mapping[str, str | float | None]) -> bool:
    """Return whether a row is one that `error_row` made."""
    return str(row["status"]).startswith("error: ")


def safe_cell(value: str | float | None) -> str:
    """Return a value as the text of a cell that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("1+1"), safe_cell(0.25), safe_cell(None)
    ("'=1+1", '1+1', '0.25', '')
    """
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


class AnswersFile:
    """A CSV file of answers that grows row by row; what a killed run wrote stays."""

    def __init__(self, file: Path, filters: Sequence[str] = ()) -> None:
        """Take a file with the columns of `answer_row`, and then those of filters."""
        self._file, self._filters = file, tuple(filters)
        self._columns = (*COLUMNS, *filters)
        self._header = (",".join(f'"{name}"' for name in self._columns) + "\r\n").encode()
        self._output: IO[str] | None = None

    def complete_rows(self) -> Iterator[dict[str, str]]:
        """Yield the rows that are there already; then cut off what is left of a broken one.

        Raises:
            ArchiveError: The file holds something else.
        """
        if not self._file.exists():
            return
        beginning = self._beginning()
        ours = self._header.startswith(beginning)
        if beginning.startswith(self._header[:OWN]) and not ours:
            raise ArchiveError(
                f"'{self._file}' has other columns, of another version or of questions with other "
                "filters: name another file for the answers"
            )
        if not ours:
            raise ArchiveError(
                f"'{self._file}' holds something else than answers: name another file"
            )
        end = 0
        if beginning == self._header:
            with self._file.open("rb") as lines:
                position = _Position()
                # the last row may have been half written when the run was killed
                with suppress(csv.Error, UnicodeDecodeError):
                    for number, cells in enumerate(csv.reader(position.decode(lines), strict=True)):
                        if len(cells) != len(self._columns) or not position.whole_line:
                            break
                        end = position.bytes
                        if number:
                            yield dict(zip(self._columns, cells, strict=True))
        with self._file.open("r+b") as output:
            output.truncate(end)

    def replace_errors(self, rows: Iterator[Mapping[str, str | float | None]]) -> None:
        """Write the file anew, with the next of these rows in place of each with an error."""
        fresh = AnswersFile(self._file.with_name(f"{self._file.name}.new"), self._filters)
        fresh._file.unlink(missing_ok=True)  # of a run that was killed here
        with fresh:
            for row in self.complete_rows():
                fresh.write(next(rows) if is_error(row) else row)
        fresh._file.replace(self._file)

    def _beginning(self) -> bytes:
        with self._file.open("rb") as file:
            return file.read(len(self._header))

    def __enter__(self) -> "AnswersFile":
        self._output = self._file.open("a", encoding="utf-8", newline="")
        if not self._file.stat().st_size:
            self.write(dict(zip(self._columns, self._columns, strict=True)))
        return self

    def __exit__(self, *_: object) -> None:
        assert self._output is not None
        self._output.close()

    def write(self, row: Mapping[str, str | float | None]) -> None:
        """Add a row; it is handed to the system at once."""
        assert self._output is not None
        writer = csv.writer(self._output, quoting=csv.QUOTE_ALL)
        writer.writerow([safe_cell(row[name]) for name in self._columns])
        self._output.flush()


class _Position:
    """How far a file has been read, and whether it ends with a whole line."""

    def __init__(self) -> None:
        self.bytes, self.whole_line = 0, True

    def decode(self, lines: IO[bytes]) -> Iterator[str]:
        """Yield the lines as text, counting their bytes."""
        for line in lines:
            self.bytes += len(line)
            self.whole_line = line.endswith(b"\n")
            yield line.decode()
