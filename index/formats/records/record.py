"""Check the text and the id that a record states, whatever kind of file it stands in."""

import math
from collections.abc import Mapping

from index.errors import UnreadableError
from index.formats.metadata import check_encodable, one_line, preview
from index.formats.seed_file import Record

MAX_FLOAT = 2**53  # from there on, floats skip whole numbers


def record_from(fields: Mapping[str, object], place: str) -> Record:
    """Return the record of `fields`: "text", perhaps "id", and metadata, which is checked later.

    Raises:
        UnreadableError: Its text or id is not usable.
    """
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError(f"its 'text' must be a string with words, not {preview(text)}")
    check_encodable(text, "text")
    if "\0" in text:
        raise UnreadableError("its 'text' contains a NUL character")
    identity = fields.get("id")
    if isinstance(identity, float):
        identity = _whole(identity)
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if identity is not None and one_line({"id": identity}, "id") != identity:
        raise UnreadableError(f"its 'id' must be one line of text, not {preview(identity)}")
    return Record(place, text, fields, identity)


def _whole(number: float) -> float | int | None:
    """A number as a table meant it, which stores whole ones as floats if some are missing (NaN)."""
    if math.isnan(number):
        return None
    return int(number) if abs(number) < MAX_FLOAT and number.is_integer() else number
