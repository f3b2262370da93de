"""Articles: what they are, and how a draft or a line of a .jsonl becomes one.

`reading.py` finds the reader for a file's kind; `cleaning.py` decides what is page furniture,
`metadata.py` checks what a file states of itself. The text of a .jsonl is never cleaned: it is the
caller's, and so are its offsets.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from index.cleaning.boilerplate import Block, clean
from index.formats import metadata
from index.formats.limits import LARGEST
from index.formats.seed_file import Draft, Refused, Seed
from index.text.language import detect

from .errors import UnreadableError

GAP = "\n\n"  # between the parts of a cleaned article


@dataclass(frozen=True, slots=True)
class Part:
    """Where in an article's text a title, the body or one teaser stands; offsets in code points."""

    start: int
    end: int
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None  # a teaser's own headline


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive. `text` is what all offsets in passages and answers refer to."""

    id: str
    title: str | None
    text: str
    date: datetime.date | None
    language: str | None
    path: str
    url: str | None = None
    author: str | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)  # the path, and "#" and which line, entry or member


def read_draft(seed: Seed, draft: Draft) -> Article:
    """Join cleaned blocks by blank lines; a stated title goes before the page's own."""
    blocks = clean(draft.text)
    if not blocks:
        raise UnreadableError("holds no article text, only page furniture or nothing")
    if title := metadata.word(draft.about, "title"):
        blocks = [Block(title, "title"), *_untitled(blocks, title)]
    parts: list[Part] = []
    at = 0
    for block in blocks:
        end = at + len(block.text)
        if block.kind == "body" and parts and parts[-1].kind == "body":
            parts[-1] = Part(parts[-1].start, end, "body")
        else:
            parts.append(Part(at, end, block.kind, block.title))
        at = end + len(GAP)
    heading = next((block.text for block in blocks if block.kind == "title"), None)
    text = GAP.join(block.text for block in blocks)
    about = {**draft.about, "title": heading}
    return _described(seed, draft.place, draft.place, text, tuple(parts), about)


def _untitled(blocks: list[Block], title: str) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "teaser":
            yield block
        elif block.text.split() != title.split():
            yield Block(block.text, "body")


def read_lines(seed: Seed) -> Iterator[Article | Refused]:
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
            yield _record(seed, line, place)
        except UnreadableError as error:
            yield Refused(place, str(error))


def _record(seed: Seed, line: bytes, place: str) -> Article:
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
    parts = tuple(Part(*part) for part in metadata.parts(about.get("parts"), len(text)))
    return _described(seed, place if identity is None else identity, place, text, parts, about)


def _described(
    seed: Seed,
    identity: str,
    place: str,
    text: str,
    parts: tuple[Part, ...],
    about: Mapping[str, object],
) -> Article:
    main = " ".join(text[p.start : p.end] for p in parts if p.kind != "teaser") or text
    return Article(
        id=identity,
        title=metadata.word(about, "title"),
        text=text,
        date=metadata.date(about.get("date")) or metadata.date_in_name(seed.name, seed.path),
        language=(metadata.word(about, "language") or "").lower() or detect(main),
        path=seed.path,
        place=place,
        url=metadata.word(about, "url"),
        author=metadata.word(about, "author"),
        parts=parts,
    )
