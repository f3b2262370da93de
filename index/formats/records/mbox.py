"""Read a mailbox (.mbox): one draft per mail, identified by its number. A bad mail costs itself.

The standard library's `mailbox` opens files by name and lists the whole file first, so that the
few rules of the format are applied here, to a stream.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from index.errors import UnreadableError
from index.formats.limits import MAX_DOCUMENT, MAX_HEADER
from index.formats.seed_file import Draft, Omitted, Original, Refused, Seed

from .mail import draft_mail

# "From ", an address and the time of arrival; some programs write less, after "From - " or nothing.
# Without a time of day and a year it may be a sentence: "From Mon Oct 6 on, ships pay."
SEPARATOR = re.compile(
    rb"From (?=.*\d:\d\d)(?=.*\b\d{4}\b)(?:.*\b)?"
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d|\d+ [A-Z][a-z]{2}).*"
    rb"|From -?\s*",
    re.DOTALL,
)
QUOTED = re.compile(rb">+From ")  # a line of a mail that begins with "From "
TOO_LARGE = f"is larger than {MAX_DOCUMENT // 1_000_000} MB, the limit for one mail"


def read_mbox(seed: Seed) -> Iterator[Draft | Omitted | Refused]:
    """Yield the mails, and what of them was left out or cannot be read.

    Raises:
        UnreadableError: It is not a mailbox.
    """
    for number, mail in enumerate(_mails(seed), start=1):
        place = f"{seed.place}#{number}"
        try:
            if mail is None:
                raise UnreadableError(TOO_LARGE)
            for item in draft_mail(place, mail):
                original = Original(".eml", mail)
                yield replace(item, original=original) if isinstance(item, Draft) else item
        except Exception as error:  # malformed mails make the parsers raise almost anything
            yield Refused.because(place, error)


def _mails(seed: Seed) -> Iterator[bytes | None]:
    """The bytes of each mail; None for one that is too large."""
    lines = iter(partial(seed.stream.readline, MAX_HEADER), b"")
    first = next((line for line in lines if line.strip()), b"")
    if not SEPARATOR.fullmatch(first):
        raise UnreadableError("is not a mailbox: its first line must be like 'From a@b Tue Oct 28'")
    mail: list[bytes] = []
    size, at_start, after_blank = 0, True, False
    for line in lines:
        if at_start and after_blank and SEPARATOR.fullmatch(line):
            yield b"".join(mail) if size <= MAX_DOCUMENT else None
            mail, size = [], 0
        else:
            size += len(line)
            if size <= MAX_DOCUMENT:
                mail.append(line[1:] if at_start and QUOTED.match(line) else line)
            else:
                mail = []
        after_blank = at_start and not line.strip(b"\r\n")
        at_start = line.endswith(b"\n")
    yield b"".join(mail) if size <= MAX_DOCUMENT else None
