"""The encodings that a file states: byte order mark, labels of the Encoding Standard, markup.

It does not judge whether a label is right.
"""

import codecs
import re

import webencodings

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# 7-bit encodings: their bytes are ASCII, so only a label or their escapes tell them from it
SEVEN_BIT = {
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_ext",
    "iso2022_kr",
    "hz",
    "utf-7",
}
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"), (b"\x1b(J", "iso2022_jp_ext"))
# labels that browsers do not decode, and codecs of Python that are no encodings of texts
OWN_CODECS = {
    "hz-gb-2312": "hz",
    "hz": "hz",
    "iso-2022-kr": "iso2022_kr",
    "csiso2022kr": "iso2022_kr",
}
NOT_TEXT = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}

HEAD = 16_384  # bytes in which markup states its encoding
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
XML_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)


def by_byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """Return the codec that a byte order mark states and the mark's length, or None."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return codec, len(mark)
    return None


def codec_of(label: str | None) -> str | None:
    """Return Python's codec for a label, as the Encoding Standard maps it; None if it is unknown.

    >>> codec_of("ISO-8859-1"), codec_of("gb2312"), codec_of("utf-7"), codec_of("x-nothing")
    ('cp1252', 'gb18030', 'utf-7', None)
    """
    name = (label or "").strip(" \t\r\n\"'").lower()
    if not name:
        return None
    if name in OWN_CODECS:
        return OWN_CODECS[name]
    encoding = webencodings.lookup(name)
    if encoding is not None and encoding.name in ("replacement", "x-user-defined"):
        return None
    try:
        info = codecs.lookup(encoding.codec_info.name if encoding else name)
    except (LookupError, ValueError):
        return None
    codec = info.name
    # base64 is a codec, too
    if not getattr(info, "_is_text_encoding", True) or codec.replace("_", "-") in NOT_TEXT:
        return None
    return "gb18030" if codec in ("gbk", "gb2312") else codec


def in_markup(data: bytes) -> str | None:
    """Return the codec that an XML declaration or a <meta> in the head of a page states."""
    head = data[:HEAD]
    declared = XML_DECLARATION.match(head) or META.search(COMMENT.sub(b"", head))
    codec = codec_of(declared[1].decode("ascii", "replace")) if declared else None
    # the statement itself was read as ASCII, which it is not in UTF-16
    return "utf-8" if codec and codec.startswith(("utf-16", "utf-32")) else codec


def by_escapes(data: bytes) -> str | None:
    """Return the 7-bit East Asian encoding whose escapes occur in the bytes, if any."""
    for escape, codec in ESCAPES:
        if escape in data:
            return codec
    return "hz" if b"~{" in data and data.count(b"~{") == data.count(b"~}") else None
