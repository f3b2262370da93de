"""Decode the bytes of a seed file to text, and refuse what is not text.

UTF-8 wins wherever it fits. Other bytes are text in an older encoding, UTF-8 with a few broken
bytes (cut off within a character, say), or not text at all.
"""

import re

import charset_normalizer

from index.errors import UnreadableError
from index.text.control import CONTROL

MIN_GUESS = 24  # bytes; fewer fit every encoding
HALF_WIDTH_KATAKANA = re.compile(r"[\uff61-\uff9f]")
REPLACEMENT = "\ufffd"  # decoded from bytes that are not UTF-8
MAX_CONTROL = 0.01  # share of control characters; pictures and programs have far more
# in order of preference where several fit; none that web pages never use
ENCODINGS = [
    "utf_16", "utf_32", "utf_16_le", "utf_16_be", "gb18030", "big5", "cp932", "euc_jp", "cp949",
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8_r", "iso8859_2",
]  # fmt: skip


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text in `data`, control characters included.

    Args:
        data: The bytes of a text.
        declared: The encoding that a mail or web server named; it is often wrong.

    Raises:
        UnreadableError: The bytes are not text in any known encoding.
    """
    text = data.decode("utf-8-sig", errors="replace")
    if not _is_utf8(text):
        text = _as_declared(data, declared) or _guess(data)
    if _is_binary(text):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return text


def _as_declared(data: bytes, encoding: str | None) -> str | None:
    """The text in the declared encoding, or None if that is unknown or does not fit all of it."""
    try:
        text = data.decode(encoding) if encoding else None
    except (LookupError, ValueError):
        return None
    return None if text is None or _is_binary(text) else text


def _is_utf8(text: str) -> bool:
    """Whether intact non-ASCII characters far outnumber broken ones, and it is not UTF-16."""
    broken = text.count(REPLACEMENT)
    intact = sum(not character.isascii() for character in text) - broken if broken else 0
    return intact >= 10 * broken and not _is_binary(text)


def _is_binary(text: str) -> bool:
    return len(CONTROL.findall(text)) > MAX_CONTROL * len(text)


def _half_width(text: str) -> float:
    """Share of half-width katakana: almost always another encoding misread as Shift-JIS."""
    return len(HALF_WIDTH_KATAKANA.findall(text)) / max(1, len(text))


def _guess(data: bytes) -> str:
    matches = charset_normalizer.from_bytes(data, cp_isolation=ENCODINGS)
    best = min(
        matches,
        key=lambda m: (m.chaos + _half_width(str(m)), -m.coherence, ENCODINGS.index(m.encoding)),
        default=None,
    )
    if best is None or (len(data) < MIN_GUESS and not best.bom):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return str(best)
