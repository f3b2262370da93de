"""An e-mail as it says itself: its head, and what is attached; the text is the reader's."""

import email
import email.message
import email.policy
from collections.abc import Iterator

from .blocks import Fact

HEAD = ("from", "to", "cc", "date", "subject")
MAX_FACT = 1000  # characters: a mail may have thousands of recipients
MAX_ATTACHED = 50


def mail_facts(data: bytes) -> list[Fact]:
    """Return the head of a mail, decoded, and the names of what is attached to it."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    return [*_head(mail), *_attached(mail)]


def _head(mail: email.message.Message) -> Iterator[Fact]:
    for name in HEAD:
        try:
            values = [str(value) for value in mail.get_all(name, [])]
        except Exception:  # malformed headers make the parsers raise almost anything
            values = [str(value) for key, value in mail.raw_items() if key.lower() == name]
        text = ", ".join(" ".join(value.split()) for value in values)
        if text:
            yield Fact(name, text if len(text) <= MAX_FACT else f"{text[: MAX_FACT - 1]}…")


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
