"""Read JSON lines (.jsonl): one record per line. A broken line costs only itself.

The text of a record is the caller's own and is not cleaned. Other metadata is checked later, when
the record becomes an article.
"""

import json
from collections.abc import Iterator
from functools import partial

from index.errors import UnreadableError
from index.formats.limits import MAX_ARTICLE
from index.formats.seed_file import Record, Refused, Seed

from .record import record_from


def read_jsonl(seed: Seed) -> Iterator[Record | Refused]:
    """Yield a record per line; read line by line, as a .jsonl may be far larger than memory."""
    stream = seed.stream
    for number, line in enumerate(iter(partial(stream.readline, MAX_ARTICLE + 1), b""), start=1):
        too_long = len(line) > MAX_ARTICLE
        rest = line
        while len(rest) > MAX_ARTICLE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_ARTICLE + 1)
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        place = f"{seed.place}#{number}"
        try:
            if too_long:
                raise UnreadableError(
                    f"is longer than {MAX_ARTICLE // 1_000_000} MB, the limit for one article"
                )
            yield _record(line, place)
        except UnreadableError as error:
            yield Refused(place, str(error))


def _record(line: bytes, place: str) -> Record:
    """Parse a line and check its text and id.

    Raises:
        UnreadableError: It is not a JSON object, or its text or id is not usable.
    """
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeError as error:
        raise UnreadableError(f"is not UTF-8 text ({error})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not valid JSON ({error})") from None
    if not isinstance(fields, dict):
        raise UnreadableError(f"must be a JSON object with a 'text', not {type(fields).__name__}")
    return record_from(fields, place)
