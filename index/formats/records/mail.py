"""Read an e-mail (.eml): its text, subject, sender and day.

Attachments and mails inside the mail are not read but named; pictures are not read.
"""

import email
import email.message
import email.policy
from collections import Counter
from collections.abc import Callable, Iterator

from index.errors import UnreadableError
from index.formats.limits import MAX_DOCUMENT
from index.formats.seed_file import Draft, Omitted, Seed

from .mail_parts import inline_text

PLURALS = {
    "attachment": "attachments",
    "mail inside": "mails inside",
    "undecodable part": "undecodable parts",
}


def read_mail(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the mail as one draft, then what of it was left out.

    Raises:
        UnreadableError: It is not an e-mail, or it has no text.
    """
    yield from draft_mail(seed.place, seed.read(MAX_DOCUMENT))


def draft_mail(place: str, data: bytes) -> Iterator[Draft | Omitted]:
    """Yield the mail in `data` as one draft, then what of it was left out.

    Raises:
        UnreadableError: It is not an e-mail, or it has no text.
    """
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, email.message.EmailMessage)
    if not mail.keys():
        raise UnreadableError("is not an e-mail: it does not begin with a header")
    metadata = {
        "title": _header(lambda: mail["subject"]),
        "author": _header(lambda: _sender(mail)),
        "date": _header(lambda: mail["date"].datetime.date().isoformat()),
        "language": _header(lambda: mail["content-language"].split(",")[0].split("-")[0]),
    }
    omitted: Counter[str] = Counter()
    text = inline_text(mail, omitted)
    if not text.strip():
        raise UnreadableError("has no text: attachments are not read")
    yield Draft(place, text, metadata)
    if omitted:
        counts = (f"{n} {PLURALS[what] if n > 1 else what}" for what, n in omitted.items())
        yield Omitted(place, f"{', '.join(counts)} left out")


def _sender(mail: email.message.EmailMessage) -> str:
    first = mail["from"].addresses[0]
    return str(first.display_name or first.addr_spec)


def _header(read: Callable[[], object]) -> str | None:
    """A header's value, or None if it is missing or broken: that is no reason to lose the mail."""
    try:
        value = read()
    except Exception:  # malformed headers make the parsers raise almost anything
        return None
    if value is None:
        return None
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
