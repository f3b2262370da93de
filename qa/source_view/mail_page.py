"""An e-mail as it says itself: its head, and what is attached; the text is the reader's."""

import email
import email.message
import email.policy
from collections.abc import Iterator
from email.header import decode_header, make_header

from .blocks import Fact

HEAD = ("from", "to", "cc", "date", "subject")
MAX_FACT = 1000  # characters: a mail may have thousands of recipients
MAX_ATTACHED = 50


def mail_facts(data: bytes) -> list[Fact]:
    """Return the head of a mail, decoded, and the names of what is attached to it."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    return [*_head(mail), *_attached(mail)]


def _head(mail: email.message.Message) -> Iterator[Fact]:
    """Yield the head as it was written, not as a program would understand it."""
    for name in HEAD:
        values = [str(value) for key, value in mail.raw_items() if key.lower() == name]
        text = ", ".join(" ".join(_decoded(value).split()) for value in values)
        if text:
            yield Fact(name, text if len(text) <= MAX_FACT else f"{text[: MAX_FACT - 1]}…")


def _decoded(value: str) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except Exception:  # malformed values make the parsers raise almost anything
        text = value
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _attached(mail: email.message.Message) -> Iterator[Fact]:
    count = 0
    for part in mail.walk():
        try:
            name = part.get_filename()
        except Exception:  # as above
            name = None
        if name and count < MAX_ATTACHED:
            count += 1
            yield Fact("attached", " ".join(str(name).split())[:MAX_FACT])
