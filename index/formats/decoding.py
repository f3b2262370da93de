"""Decode the bytes of a seed file to text, and refuse what is not text.

The order is that of browsers: byte order mark, the label of the mail or web server, the page's own
statement, and then statistics (`charsets/`). Unlike a browser, UTF-8 wins wherever it fits, and a
label that makes nonsense of the bytes is not believed.
"""

import re
from dataclasses import dataclass

from index.errors import UnreadableError
from index.text.control import CONTROL

from .charsets.labels import SEVEN_BIT, by_byte_order_mark, by_escapes, codec_of, in_markup
from .charsets.plausibility import plausibility

MIN_GUESS = 24  # bytes; fewer fit every encoding
REPLACEMENT = "\ufffd"  # decoded from bytes that are not UTF-8
MAX_CONTROL = 0.01  # share of control characters; pictures and programs have far more
STRAY_CONTROL = 2  # so many are no reason to refuse a short text
STATED = 0.5  # how much more plausible another encoding must be than a stated one
DEFAULT_LABEL = 0.15  # the same for what servers state without looking
CLEAR = 0.75  # a stated encoding that is so plausible is right
MIN_PLAUSIBLE = -0.2
MIN_STATED = -1.5  # a few signs may look odd in an encoding that is right
MIN_WORDS = 0.1  # share of letters and digits in text whose encoding is not stated
CLOSE = 0.03  # difference in plausibility
FEW = 0.05  # share of characters outside of ASCII that do not make a text unreadable
SAMPLE = 200_000  # bytes that are enough to judge an encoding
MULTI_BYTE = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949")
# in order of preference where several fit equally
SINGLE_BYTE = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8-u", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "cp874",
    "iso8859-13", "iso8859-15", "iso8859-16", "cp866", "mac-cyrillic",
    "iso8859-4", "iso8859-3", "iso8859-10",
    "mac-roman", "mac-latin2", "cp437", "cp850", "cp852", "cp775", "cp737", "cp862",
    "cp864", "cp857",
)  # fmt: skip
RARE = dict.fromkeys(SINGLE_BYTE[SINGLE_BYTE.index("iso8859-4") :], 0.1)
MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
MULTI_BYTE_CJK = {*MULTI_BYTE, "euc_jp", "shift_jis", "big5", "euc_kr", "gbk"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes."""

    text: str
    codec: str
    doubt: str | None = None  # in words for the file's owner, if another encoding fits as well


def decode(data: bytes, declared: str | None = None, *, markup: bool = False) -> str:
    """Return the text of `decode_bytes`."""
    return decode_bytes(data, declared, markup=markup).text


def decode_bytes(data: bytes, declared: str | None = None, *, markup: bool = False) -> Decoded:
    """Decode `data`; control characters are kept.

    Args:
        data: The bytes of a text.
        declared: The encoding that a mail or web server named; it is often wrong.
        markup: Whether the bytes are HTML or XML, which may state their encoding themselves.

    Raises:
        UnreadableError: The bytes are not text in any known encoding.
    """
    decoded = _decode(data, declared, markup)
    if _is_binary(decoded.text):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return decoded


def _decode(data: bytes, declared: str | None, markup: bool) -> Decoded:
    if mark := by_byte_order_mark(data):
        codec, length = mark
        return Decoded(data[length:].decode(codec, errors="replace"), codec)
    transport, own = codec_of(declared), in_markup(data) if markup else None
    if data.isascii():
        for label in (transport, own, by_escapes(data)):
            stated = _strictly(data, label) if label in SEVEN_BIT else None
            if label and stated is not None and not _is_binary(stated):
                return Decoded(stated, label)
    text = data.decode("utf-8", errors="replace")
    if _is_utf8(text) and not _is_labelled_otherwise(data, text, transport or own):
        return Decoded(text, "utf-8")
    return _judge(data, transport, own, markup)


def _judge(data: bytes, transport: str | None, own: str | None, markup: bool) -> Decoded:
    """Choose between the stated encodings and, if they are not clearly right, all others."""
    sample = _sample(data, markup)
    stated = dict.fromkeys(filter(None, (own, transport)), STATED)
    if own and transport == "cp1252" != own:
        stated[transport] = DEFAULT_LABEL
    ranked = [(_plausibility(sample, codec) + extra, codec) for codec, extra in stated.items()]
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] - stated[ranked[0][1]] < CLEAR:
        if len(data) < MIN_GUESS and not ranked:
            raise UnreadableError("is not text: no encoding fits its bytes")
        others = [codec for codec in _candidates(data) if codec not in stated]
        ranked += [(_plausibility(sample, c) - RARE.get(c, 0.0), c) for c in others]
        ranked.sort(key=lambda pair: -pair[0])  # stable: the preferred one stays first
    best, codec = ranked[0]
    text = data.decode(codec, errors="replace")
    few = sum(not c.isascii() for c in text) <= FEW * len(text)
    no_words = codec not in stated and sum(map(str.isalnum, text)) < MIN_WORDS * len(text)
    if no_words or best < (MIN_STATED if codec in stated or few else MIN_PLAUSIBLE):
        raise UnreadableError("is not text: no encoding fits its bytes")
    return Decoded(text, codec, None if codec in stated else _doubt(data, text, ranked))


def _doubt(data: bytes, text: str, ranked: list[tuple[float, str]]) -> str | None:
    """Name the runner-up if it is close and reads differently."""
    best, codec = ranked[0]
    for value, other in ranked[1:]:
        if best - value > CLOSE:
            return None
        if data.decode(other, errors="replace") != text:
            return f"its encoding is not stated: read as {codec}, but {other} fits nearly as well"
    return None


def _sample(data: bytes, markup: bool) -> bytes:
    if markup and b"\0" not in data[:1000]:
        data = MARKUP.sub(b" ", data)
    if len(data) <= SAMPLE:
        return data
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    start = max(0, first - SAMPLE // 2)
    # between words: not within a character
    start = data.rfind(b"\n", 0, start) + 1 if start else 0
    return data[start : start + SAMPLE]


def _candidates(data: bytes) -> list[str]:
    wide = ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else []
    if len(data) % 4 == 0 and data.count(b"\0") >= len(data) / 4:
        wide += ["utf-32-le", "utf-32-be"]
    return [*wide, *MULTI_BYTE, *SINGLE_BYTE]


def _plausibility(sample: bytes, codec: str) -> float:
    """The plausibility of a sample in an encoding; below any other if it is not text in it."""
    text = sample.decode(codec, errors="replace").removesuffix(REPLACEMENT)
    return -10.0 if _is_binary(text) else plausibility(text)


def _strictly(data: bytes, codec: str | None) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except (LookupError, ValueError):
        return None


def _is_utf8(text: str) -> bool:
    """Whether intact non-ASCII characters far outnumber broken ones, and it is not UTF-16."""
    broken = text.count(REPLACEMENT)
    intact = sum(not character.isascii() for character in text) - broken if broken else 0
    return intact >= 10 * broken and not _is_binary(text)


def _is_labelled_otherwise(data: bytes, text: str, codec: str | None) -> bool:
    """Whether bytes that happen to be UTF-8 are rather in the stated East Asian encoding.

    Two ideographs of such an encoding may look like one or two characters of UTF-8, but never like
    the ideographs that UTF-8 has three bytes for.
    """
    if codec not in MULTI_BYTE_CJK or text.isascii() or max(text) >= "\u0800":
        return False
    return _strictly(data, codec) is not None


def _is_binary(text: str) -> bool:
    count = len(CONTROL.findall(text))
    return count > MAX_CONTROL * len(text) and (count > STRAY_CONTROL or 10 * count > len(text))
