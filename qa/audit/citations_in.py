"""Which citations a file holds: a saved conversation, the JSON of an answer, or a draft.

Every object of a JSON file that cites something counts, wherever it is, except in the alternatives
to an answer; in any other text, every permalink.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ArchiveError
from index.store.base.search_filter import UNSTORABLE
from qa.permalink import MAX_LINK, Permalink, parse

# Whatever looks like the beginning of a permalink, so that a damaged one is named, not passed over.
# Ends where Markdown, HTML and prose end an address.
ADDRESS = re.compile(r"""(?:/|%2F)?(?:#|%23)/a/[^\s()<>\[\]"'`|\\]*""")
MAX_TEXT = 10_000  # code points of a text that is compared
UNKNOWN_DIGEST = "0" * 32  # of no article
ALL = "answer"  # the place of what a file of one answer cites itself
TRAILING = ".,;:!?*_"  # punctuation of the sentence around an address


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in a file: its permalink, or, saved by an older version, its article's id."""

    place: str  # "line 3" | "conversation[0].answer.citations[1]"
    address: str  # as it stands in the file
    link: Permalink | None  # None if it cannot be parsed
    why: str = ""  # it cannot be parsed
    article_id: str | None = None


def citations_in(file: Path) -> list[Found]:
    """Return the citations of a file in order, each address once.

    Raises:
        ArchiveError: The file cannot be read, is no text, or holds no citation.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ArchiveError(f"cannot read '{file}': {error.strerror}") from None
    except UnicodeDecodeError:
        raise ArchiveError(f"'{file}' is no text in UTF-8: save it as UTF-8") from None
    found: dict[str, Found] = {}
    for citation in _read(file, text):
        found.setdefault(citation.address, citation)
    if not found:
        raise ArchiveError(
            f"'{file}' holds no citation: give a saved conversation, the output of "
            "`archive-qa ask --json`, or a text with permalinks (/#/a/...)"
        )
    return list(found.values())


def _read(file: Path, text: str) -> Iterator[Found]:
    if file.suffix.lower() == ".json" or text.lstrip()[:1] == "{":
        try:
            yield from in_json(json.loads(text), "")
        except (ValueError, RecursionError) as error:
            raise ArchiveError(f"'{file}' is no JSON: {error}") from None
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            for match in ADDRESS.finditer(line):
                yield _parsed(match[0].rstrip(TRAILING), f"line {number}")


def in_json(value: Any, place: str) -> Iterator[Found]:
    """Yield the citations in a JSON value and in what it holds."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from in_json(item, f"{place}[{number}]")
    if isinstance(value, dict):
        if "permalink" in value:
            if value["permalink"] is not None:
                yield _parsed(_storable(value["permalink"]), place or ALL)
        elif value.keys() >= {"article_id", "start", "end", "text"}:
            yield _by_id(value, place or ALL)
        for name, item in value.items():
            if name != "alternatives":
                label = _storable(name)
                yield from in_json(item, f"{place}.{label}" if place else label)


def _parsed(address: str, place: str) -> Found:
    try:
        return Found(place, address, parse(address))
    except ArchiveError as error:
        return Found(place, address[:MAX_LINK], None, str(error))


def _by_id(value: dict[str, Any], place: str) -> Found:
    """Return a citation of a version that made no permalinks; its digest is not known."""
    identity, start, end, text = (value[name] for name in ("article_id", "start", "end", "text"))
    identity = _storable(identity)
    address = f"{identity} {_storable(start)}-{_storable(end)}"
    if type(start) is not int or type(end) is not int or not isinstance(text, str):
        return Found(place, address, None, "its start, end and text are not two numbers and a text")
    link = Permalink(UNKNOWN_DIGEST, start, end, _storable(text[:MAX_TEXT]))
    return Found(place, address, link, article_id=identity)


def _storable(value: Any) -> str:
    """Return a value as text that can be searched for and printed."""
    return UNSTORABLE.sub("\ufffd", str(value))
