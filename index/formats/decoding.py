"""Bytes of a seed file -> text; what is no text is refused.

UTF-8 wins wherever it fits. What does not fit is a page in an older encoding, or a UTF-8 page with
a few bytes broken on the way (cut off in mid-character, say), or no text at all.
"""

import re

import charset_normalizer

from index.errors import UnreadableError
from index.text.control import CONTROL

SHORTEST_GUESS = 24  # bytes; with fewer every encoding fits
HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")
BROKEN = "\ufffd"  # stands for bytes that are not UTF-8
TOLERATED = 0.01  # share of control characters; pictures and programs have far more
# in the order of preference where the bytes fit several; no code page that no page has used
ENCODINGS = [
    "utf_16", "utf_32", "utf_16_le", "utf_16_be", "gb18030", "big5", "cp932", "euc_jp", "cp949",
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8_r", "iso8859_2",
]  # fmt: skip


def decode(data: bytes, stated: str | None = None) -> str:
    """The text in `data`; its control characters are left for the caller to drop.

    `stated` is the encoding that a mail or a web server named; it is often a wrong one.
    """
    text = data.decode("utf-8-sig", errors="replace")
    if not _is_utf8(text):
        text = _stated(data, stated) or _guessed(data)
    if _is_binary(text):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return text


def _stated(data: bytes, encoding: str | None) -> str | None:
    """The text if the encoding that is said to be its own exists and fits all of it."""
    try:
        text = data.decode(encoding) if encoding else None
    except (LookupError, ValueError):
        return None
    return None if text is None or _is_binary(text) else text


def _is_utf8(text: str) -> bool:
    """Whether far more characters beyond ASCII were whole than broken, and it is not UTF-16."""
    broken = text.count(BROKEN)
    whole = sum(not character.isascii() for character in text) - broken if broken else 0
    return whole >= 10 * broken and not _is_binary(text)


def _is_binary(text: str) -> bool:
    return len(CONTROL.findall(text)) > TOLERATED * len(text)


def _half_width(text: str) -> float:
    """Share of half-width katakana: nearly always another encoding's bytes read as Shift-JIS."""
    return len(HALF_WIDTH.findall(text)) / max(1, len(text))


def _guessed(data: bytes) -> str:
    found = charset_normalizer.from_bytes(data, cp_isolation=ENCODINGS)
    best = min(
        found,
        key=lambda m: (m.chaos + _half_width(str(m)), -m.coherence, ENCODINGS.index(m.encoding)),
        default=None,
    )
    if best is None or (len(data) < SHORTEST_GUESS and not best.bom):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return str(best)
