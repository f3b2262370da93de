"""Read an e-mail (.eml): its text, subject, sender and day.

The plain text is preferred to the HTML. Attachments, pictures and mails inside the mail are not
read.
"""

import email
import email.message
import email.policy
from collections.abc import Callable, Iterator

from index.errors import UnreadableError
from index.formats.decoding import decode
from index.formats.limits import MAX_DOCUMENT
from index.formats.seed_file import Draft, Seed
from index.formats.web.html import from_fragment, from_html


def read_mail(seed: Seed) -> Iterator[Draft]:
    """Yield the mail as one draft.

    Raises:
        UnreadableError: It is not an e-mail, or it has no text.
    """
    mail = email.message_from_bytes(seed.read(MAX_DOCUMENT), policy=email.policy.default)
    assert isinstance(mail, email.message.EmailMessage)
    if not mail.keys():
        raise UnreadableError("is not an e-mail: it does not begin with a header")
    part = mail.get_body(("plain", "html"))
    text = _text(part) if part is not None else ""
    if not text.strip():
        raise UnreadableError("has no text: attachments are not read")
    yield Draft(
        seed.place,
        text,
        {
            "title": _header(lambda: mail["subject"]),
            "author": _header(lambda: _sender(mail)),
            "date": _header(lambda: mail["date"].datetime.date().isoformat()),
            "language": _header(lambda: mail["content-language"].split(",")[0].split("-")[0]),
        },
    )


def _text(part: email.message.Message) -> str:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    if not data.strip():
        return ""
    text = decode(data, part.get_content_charset())
    if part.get_content_type() != "text/html":
        return text
    try:
        return from_html(text)[0]
    except UnreadableError:  # most mails do not look like web pages
        return from_fragment(text)


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
