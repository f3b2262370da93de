"""Read questions from a table: one a row, with optional filters. The file is streamed."""

import csv
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from index.errors import ArchiveError

from .outcomes import Request

FILTERS = ("after", "before", "language", "article", "archive", "names")
DELIMITERS = ",;\t"
BETWEEN_NAMES = ";"


def read_questions(file: Path) -> Iterator[Request]:
    """Yield the rows of a CSV file with a column `question`, and perhaps those of FILTERS.

    Columns are separated by commas, semicolons or tabs; other columns are passed over, as are empty
    rows. Several `names` in a cell are separated by semicolons. Each request has all filters that
    the table has a column for; those of empty cells are "", which filters nothing.

    Raises:
        ArchiveError: The file cannot be read, is no CSV in UTF-8, or has no column `question`.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header = lines.readline()
            delimiter = max(DELIMITERS, key=header.count)
            first = next(csv.reader([header], delimiter=delimiter), [])
            names = [name.strip().lower() for name in first]
            if "question" not in names:
                raise ArchiveError(
                    f"'{file}' has no column 'question' but {', '.join(names)[:80] or 'nothing'}: "
                    "name it in the first line"
                )
            for number, cells in _rows(lines, delimiter):
                if len(names) == 1:  # whatever the line holds is the question
                    cells = [delimiter.join(cells)]
                if any(cell.strip() for cell in cells[len(names) :]):
                    raise ArchiveError(
                        f"'{file}', line {number}: {len(cells)} cells for {len(names)} columns: "
                        "put quotation marks around a question that holds a comma"
                    )
                row = dict(zip_longest(names, cells[: len(names)], fillvalue=""))
                yield Request(row["question"], _filters(row))
    except OSError as error:
        raise ArchiveError(f"cannot read '{file}': {error.strerror}") from None
    except UnicodeDecodeError:
        raise ArchiveError(f"'{file}' is no text in UTF-8: save it as CSV in UTF-8") from None
    except csv.Error as error:
        raise ArchiveError(f"'{file}' is no CSV: {error}") from None


def _filters(row: Mapping[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {name: row[name].strip() for name in FILTERS if name in row}
    if given.get("names"):
        given["names"] = [name.strip() for name in given["names"].split(BETWEEN_NAMES)]
    return given


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its last line."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num + 1, cells  # the header was read before
