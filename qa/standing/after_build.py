"""Ask the standing questions of an index after a build of it, in the same process."""

import logging
import sys

from index.errors import ArchiveError, first_line

from .book import Book
from .database import BusyError
from .records import CheckReport

WAIT = 2.0  # seconds to wait for a chat that is asking them


def ask_after_build(index: str) -> None:
    """Ask again and print what came of it; what fails here does not fail the build."""
    try:
        book = Book.of(index)
        if not len(book):  # loads no models
            return
        from qa.archive import Archive  # imports the encoder, which takes time

        from .checking import check

        report = check(Archive.open(index).models(), book, wait=WAIT)
    except BusyError:
        print("the standing questions are being asked by another process, such as a running chat")
        return
    except ArchiveError as error:
        print(f"warning: the standing questions were not asked: {error}", file=sys.stderr)
        return
    except Exception as error:  # the build is published already
        logging.debug("standing questions after a build", exc_info=True)
        said = first_line(error)
        print(f"warning: the standing questions were not asked: {said}", file=sys.stderr)
        return
    print(as_text(report), flush=True)


def as_text(report: CheckReport) -> str:
    """Return one line on a check."""
    parts = [
        f"{report.questions:,} standing questions: {report.read:,} read for again, "
        f"{len(report.news):,} with news; {report.seconds:.1f} seconds"
    ]
    if report.programs:
        parts.append(f"programs run: {report.programs}")
    if report.failed:
        parts.append(f"programs failed: {report.failed}")
    return "; ".join(parts)
