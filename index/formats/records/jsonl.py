"""JSON lines (.jsonl) -> one record for each line; a broken line costs only itself."""

import json
from collections.abc import Iterator
from functools import partial

from index.errors import UnreadableError
from index.formats import metadata
from index.formats.limits import LARGEST
from index.formats.seed_file import Record, Refused, Seed


def read_lines(seed: Seed) -> Iterator[Record | Refused]:
    """Line by line, as a .jsonl may be far larger than memory; a broken line costs only itself."""
    lines = seed.stream
    for number, line in enumerate(iter(partial(lines.readline, LARGEST + 1), b""), start=1):
        whole = len(line) <= LARGEST
        rest = line
        while len(rest) > LARGEST and not rest.endswith(b"\n"):
            rest = lines.readline(LARGEST + 1)
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        place = f"{seed.place}#{number}"
        try:
            if not whole:
                raise UnreadableError(
                    f"longer than {LARGEST // 1_000_000} MB, the most an article has"
                )
            yield _record(line, place)
        except UnreadableError as error:
            yield Refused(place, str(error))


def _record(line: bytes, place: str) -> Record:
    try:
        about = json.loads(line.decode("utf-8-sig"))
    except UnicodeError as error:
        raise UnreadableError(f"not UTF-8 text ({error})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON ({error})") from None
    if not isinstance(about, dict):
        raise UnreadableError(f"must be a JSON object with a text, not {type(about).__name__}")
    text = about.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError(f"its 'text' must be a text with words, not {metadata.shown(text)}")
    metadata.check_encodable(text, "text")
    if "\0" in text:
        raise UnreadableError("its 'text' holds a NUL character")
    identity = about.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if identity is not None and metadata.word({"id": identity}, "id") != identity:
        raise UnreadableError(f"its 'id' must be one line of text, not {metadata.shown(identity)}")
    return Record(place, text, about, identity)
