"""Verdicts as an evaluation file, which `archive-qa evaluate` reads.

A right answer is the expected one from then on, a right refusal expects none. Of a question whose
answer was wrong only that is known, so that any answer to it counts as wrong until a person writes
the right one in place of the "?".
"""

import os
from collections.abc import Iterable
from pathlib import Path

from index.errors import ArchiveError

from .cells import UNKNOWN, quote_cell
from .log import Entry


def expected_answers(entries: Iterable[Entry]) -> dict[str, str]:
    """Return questions with their expected answers; the latest verdict on a question counts.

    Verdicts on a question that was asked of part of the archive only, or that was misunderstood,
    are left out: asked on its own, it would be another question.
    """
    expected: dict[str, str] = {}
    for entry in entries:
        verdict, understood = entry.get("verdict"), entry.get("understood")
        if not verdict or entry.get("narrowed") or (understood and verdict == "other"):
            continue
        question = quote_cell(understood or entry["question"])
        expected.pop(question, None)  # the latest come last
        expected[question] = quote_cell(entry.get("text") or "") if verdict == "right" else UNKNOWN
    return expected


def export_verdicts(entries: Iterable[Entry], file: Path) -> int:
    """Write the evaluation file, readable by this user alone; return how many questions it has.

    Raises:
        ArchiveError: There is no verdict, or the file exists or cannot be written.
    """
    expected = expected_answers(entries)
    if not expected:
        raise ArchiveError(
            "there is no verdict to export: judge answers in a chat that was started with --log"
        )
    text = "".join(f"{question}\t{answer}\n" for question, answer in expected.items())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as lines:
            lines.write(text)
    except FileExistsError:
        raise ArchiveError(f"'{file}' exists: name a new file") from None
    except OSError as error:
        raise ArchiveError(f"cannot write '{file}': {error.strerror}") from error
    return len(expected)
