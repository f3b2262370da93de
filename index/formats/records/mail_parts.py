"""Choose the parts of an e-mail that its reader sees, in order, and decode them.

Of alternatives it takes one: the plain text, or the HTML where the plain text is blank or a stub.
Attachments and mails inside the mail are counted, not read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32

from index.errors import UnreadableError
from index.formats.decoding import decode
from index.formats.web.html import from_fragment

from .mail_furniture import drop_furniture

MARKUP = {"text/html", "text/enriched", "text/richtext"}
READ = MARKUP | {"text/plain", "text/markdown", "text/x-markdown", "text/x-patch", "text/x-diff"}
CELL_END = re.compile(r"(?i)</t[dh]\s*>")  # cells are set apart on the page, not in the markup
PAGE_TITLE = re.compile(r"(?is)<title\b.*?</title\s*>")
# encodings whose bytes are ASCII, so that only the header tells them from plain ASCII; and what
# Python calls the variants that mail programs write under their names
SEVEN_BIT = {
    "utf-7": ("utf-7",),
    "unicode-1-1-utf-7": ("utf-7",),
    "hz": ("hz",),
    "hz-gb-2312": ("hz",),
    "iso-2022-kr": ("iso2022_kr",),
    "csiso2022kr": ("iso2022_kr",),
}
JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_jp_2004", "iso2022_jp_2")
JAPANESE_NAME = re.compile(r"(cs)?iso-?2022-?jp([-_].*)?|(cp|x-windows-)?5022[0-2]([-_].*)?")
# but for the line above a signature, and lines that are quoted
FLOWED_BREAK = re.compile(r"(?m)(?<!^--) \r?\n(?!>)")
WORD = re.compile(r"[^\W_]+")
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
MIN_SHARE = 0.5  # of the words of the HTML: plain text with fewer of them is a stub


def inline_text(mail: Message, omitted: Counter[str]) -> str:
    """Return the text of a mail's inline parts, and count in `omitted` what is not read.

    Afterwards the mail's headers are no longer decoded: its policy is `compat32`.
    """
    for part in mail.walk():
        part.policy = compat32  # the default parses a header again, slowly, at every look
    return "\n\n".join(text for text in _texts(mail, omitted) if text)


def _texts(part: Message, omitted: Counter[str]) -> Iterator[str]:
    kind = part.get_content_type()
    parts = part.get_payload() if part.is_multipart() else []
    named = part.get_filename() and kind not in READ
    if kind in ("message/rfc822", "message/global"):
        omitted["mail inside"] += 1
    elif part.get_content_disposition() == "attachment" or named:
        omitted["attachment"] += 1
    elif kind == "multipart/alternative":
        yield _best_alternative([each for each in parts if isinstance(each, Message)], omitted)
    elif kind.startswith("multipart/") and parts:
        for each in parts:
            if isinstance(each, Message):
                yield from _texts(each, omitted)
    elif kind in READ or kind.startswith("multipart/"):  # without parts if its boundary is wrong
        try:
            yield _decoded(part).strip("\n")
        except UnreadableError:
            omitted["undecodable part"] += 1
    elif not kind.startswith(("image/", "application/pgp-signature", "application/pkcs7")):
        omitted["attachment"] += 1


def _best_alternative(parts: list[Message], omitted: Counter[str]) -> str:
    """The text of one of several forms: the first, unless a later one says far more."""
    best, best_omitted = "", Counter[str]()
    for part in parts:
        within: Counter[str] = Counter()
        text = inline_text(part, within)
        if text.strip() and _is_stub(best, text):
            best, best_omitted = text, within
    omitted.update(best_omitted)
    return best


def _is_stub(text: str, other: str) -> bool:
    """Whether `text` lacks most words of `other` and is no longer than it."""
    words, others = _words(text), _words(other)
    shared = (words & others).total()
    return words.total() < others.total() and shared < MIN_SHARE * others.total()


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(IDEOGRAPHS.sub(r" \g<0> ", text.lower())))


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    charset = (part.get_content_charset() or "").lower()
    text = _seven_bit(data, charset)
    if text is None:
        text = decode(data, charset)
    kind = part.get_content_type()
    if part.get_param("delsp") == "yes":  # its lines are broken within words
        text = FLOWED_BREAK.sub("", text)
    if kind not in MARKUP:
        return text
    # all of it: most mails do not look like web pages, whose main part can be told
    return from_fragment(CELL_END.sub(r" \g<0>", PAGE_TITLE.sub("", text)), drop_furniture)


def _seven_bit(data: bytes, charset: str) -> str | None:
    """The text, if it is in an encoding whose bytes are ASCII and fits that; else None."""
    codecs = JAPANESE if JAPANESE_NAME.fullmatch(charset) else SEVEN_BIT.get(charset, ())
    for codec in codecs if data.isascii() else ():
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None
