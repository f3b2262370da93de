"""`archive-qa audit`: who did what with an archive, from the audit log of chats with `--tokens`."""

import argparse
import datetime
import json
import sys
from collections.abc import Sequence

from index.command_name import command_name
from index.errors import ArchiveError, run
from index.store.option import add_index_option

from .audit_log import Entry, audit_file, read_audit

SHOWN = ("time", "who", "did", "where", "request")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog=command_name("audit"),
        description="Print who did what with an archive, when and from where, oldest first: from "
        "the audit log that a chat with --tokens keeps.",
    )
    add_index_option(parser)
    parser.add_argument("--since", metavar="DAY", help="first day (UTC) to print, like 2025-10-28")
    parser.add_argument("--json", action="store_true", help="print JSON, an entry a line")
    options = parser.parse_args(argv)
    file = audit_file(options.index)
    if not file.exists():
        raise ArchiveError(
            f"there is no audit log of '{options.index}': a chat with --tokens keeps one"
        )
    for entry in read_audit(file, day(options.since)):
        print(json.dumps(entry) if options.json else as_line(entry))
    return 0


def day(text: str | None) -> datetime.date | None:
    """Return a day like 2025-10-28, None for none.

    Raises:
        ArchiveError: It is no day.
    """
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        shown = "".join(c if c.isprintable() else "?" for c in (text or "")[:40])
        raise ArchiveError(f"'{shown}' is no day: write it like 2025-10-28") from None


def as_line(entry: Entry) -> str:
    """Return an entry as one line that a terminal shows as it is.

    >>> as_line({"time": "2026-01-02T03:04:05+00:00", "who": f"an{chr(27)}na", "did": "asked"})
    '2026-01-02T03:04:05+00:00  an?na  asked  -  -'
    """
    fixed = [str(entry.get(name) or "-") for name in SHOWN]
    more = [f"{name}: {value}" for name, value in entry.items() if name not in SHOWN]
    return "".join(c if c.isprintable() else "?" for c in "  ".join([*fixed, *more]))


if __name__ == "__main__":
    sys.exit(run(main))
