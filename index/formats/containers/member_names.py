"""Decode the names of an archive's members: UTF-8, or the encoding of the system that packed it.

A zip says whether a name is UTF-8; other names are in whatever the packing system used, mostly
cp437, cp866 or an East Asian encoding. The names of one archive share an encoding, so that all of
them are weighed together.
"""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075  # an extra field with the name in UTF-8, and a checksum of the other name
# in order of preference where several fit equally well; the first is what the zip format demands
ENCODINGS = ("cp437", "cp936", "cp932", "cp866", "cp949", "cp950")
MIN_PLAUSIBLE = 0.6  # below it, no encoding fits: names are taken as the format demands

# the rows (first bytes) of each character set that hold the characters in common use
COMMON_ROWS = {
    "cp936": range(0xB0, 0xD8),
    "cp932": range(0x88, 0x98),
    "cp949": range(0xB0, 0xC9),
    "cp950": range(0xA4, 0xC7),
}
RARE, HALF_WIDTH, ISOLATED = 0.3, 0.1, 0.3
MIN_HANGUL = 6  # so many common syllables and nothing else are hardly ever Chinese read as Korean
KANA = range(0x3041, 0x30FF)


def zip_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Return the names of the members of one zip, in their order."""
    unmarked = [_unmarked(member) for member in members]
    encoding = "utf-8" if all(map(_is_utf8, unmarked)) else guess(filter(None, unmarked))
    return [
        member.orig_filename if raw is None else _unicode_path(member, raw) or raw.decode(encoding)
        for member, raw in zip(members, unmarked, strict=True)
    ]


def tar_name(name: str) -> str:
    """Return a tar member's name, which tarfile decodes as UTF-8 with surrogates for the rest."""
    try:
        name.encode()
    except UnicodeEncodeError:
        data = name.encode(errors="surrogateescape")
        encoding = guess([data], default="")
        return data.decode(encoding) if encoding else name
    return name


def guess(names: Iterable[bytes], default: str = ENCODINGS[0]) -> str:
    """Return the encoding in which `names` look most like words, or `default` if none does."""
    data = b"/".join(names)
    scores = {encoding: plausibility(data, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=scores.__getitem__)  # the first of equals
    return best if scores[best] >= MIN_PLAUSIBLE else default


def plausibility(data: bytes, encoding: str) -> float:
    """Rate from 0 to about 1 how common the non-ASCII characters of `data` in `encoding` are."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    total = weight = 0.0
    for i, character in enumerate(text):
        if not character.isascii():
            size = len(character.encode(encoding))
            total += size * _rate(text, i, encoding)
            weight += size
    if encoding == "cp949" and total == weight >= 2 * MIN_HANGUL:
        return 1.01  # all of these bytes are common characters in cp936 too
    return total / weight if weight else 1


def _unmarked(member: zipfile.ZipInfo) -> bytes | None:
    """A zip member's name as bytes, or None if it is known to be text."""
    known = member.flag_bits & UTF8_FLAG or member.orig_filename.isascii()
    return None if known else member.orig_filename.encode("cp437")


def _is_utf8(name: bytes | None) -> bool:
    try:
        (name or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(member: zipfile.ZipInfo, name: bytes) -> str | None:
    """The name in UTF-8 that some programs add, if it belongs to `name`."""
    extra = member.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == UNICODE_PATH and field[1:5] == struct.pack("<L", zlib.crc32(name)):
            return field[5:].decode() if _is_utf8(field[5:]) else None
    return None


def _rate(text: str, at: int, encoding: str) -> float:
    character = text[at]
    if encoding in COMMON_ROWS:
        return _rate_east_asian(character, encoding)
    if not character.isalpha():
        return 0
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    script = "CYRILLIC" if encoding == "cp866" else "LATIN"
    if not unicodedata.name(character, "").startswith(script):
        return 0
    beside_ascii = any(c.isascii() and c.isalpha() for c in (before, after))
    if character.isupper() and before.islower():  # inside a word
        return ISOLATED
    if script == "CYRILLIC":
        return ISOLATED if beside_ascii else 1
    return 1 if (before + after).strip("/. _-").isalpha() else ISOLATED


def _rate_east_asian(character: str, encoding: str) -> float:
    data = character.encode(encoding)
    if len(data) == 1:
        return HALF_WIDTH
    if ord(character) in KANA:
        return 1 if encoding == "cp932" else RARE
    if not character.isalpha():
        return RARE if unicodedata.category(character)[0] == "P" else 0
    common = data[0] in COMMON_ROWS[encoding] and (encoding in ("cp932", "cp950") or data[1] > 0xA0)
    return 1 if common else RARE
