"""Turn what a reader yields into an article: a draft is cleaned, a record is taken as it is.

Metadata is checked here too. Files are read in `formats/`, and what counts as page furniture is
decided in `boilerplate.py`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from index.article import Article, Part
from index.errors import UnreadableError
from index.formats.locations import parse_locations
from index.formats.metadata import (
    date_in_name,
    one_line,
    parse_author,
    parse_date,
    parse_language,
    parse_parts,
    preview,
    too_long,
)
from index.formats.seed_file import Draft, Omitted, Record, Seed
from index.text.language import detect

from .anchors import follow
from .boilerplate import Block, clean
from .scrambled import without_scrambled

T = TypeVar("T")
SCRAMBLED = "is in no language, as if scrambled or decoded wrongly"
GAP = "\n\n"  # between the blocks of a cleaned article


Assembled = tuple[Article, list[Omitted]]  # and the metadata that was not usable


def from_draft(seed: Seed, draft: Draft) -> Assembled:
    """Clean a draft and join its blocks by blank lines; a stated title replaces the page's own.

    Raises:
        UnreadableError: Nothing is left after cleaning.
    """
    fields = _Fields(draft.place, draft.metadata)
    blocks = clean(draft.text, draft.links)
    if not blocks:
        raise UnreadableError("has no article text, only page furniture or nothing")
    blocks, scrambled = without_scrambled(blocks)
    if scrambled and not any(block.kind == "body" for block in blocks):
        raise UnreadableError(f"{SCRAMBLED}: nothing else is left")
    if title := fields.read("title", partial(one_line, draft.metadata, "title")):
        blocks = [Block(title, "title"), *_without_title(blocks, title)]
    heading = next((block.text for block in blocks if block.kind == "title"), None)
    text = GAP.join(block.text for block in blocks)
    article = _article(seed, draft.place, heading, text, _parts(blocks), fields)
    anchors = follow(draft.anchors, draft.text, blocks, GAP)
    article = replace(article, anchors=anchors, source=_digest(draft, title))
    if scrambled:
        what = f"{scrambled} paragraphs left out: their text {SCRAMBLED}"
        fields.omitted.append(Omitted(draft.place, what))
    return article, fields.omitted


def from_record(seed: Seed, record: Record) -> Assembled:
    """Take a record's text and id unchanged; without an id its place identifies it."""
    fields = _Fields(record.place, record.metadata)
    length = len(record.text)
    stated = fields.read("parts", partial(parse_parts, record.metadata.get("parts"), length))
    parts = tuple(Part(*part) for part in stated or parse_parts(None, length))
    title = fields.read("title", partial(one_line, record.metadata, "title"))
    identity = record.place if record.id is None else record.id
    article = _article(seed, identity, title, record.text, parts, fields)
    locations = partial(parse_locations, record.metadata.get("locations"), length)
    article = replace(article, anchors=fields.read("locations", locations) or ())
    return article, fields.omitted


def _digest(draft: Draft, title: str | None) -> bytes:
    """Tell another source from the same one, cleaned by other rules."""
    source = f"{title}\n{draft.text}".encode(errors="surrogatepass")
    return hashlib.blake2b(source, digest_size=16).digest()


class _Fields:
    """Reads optional metadata: a value that is not usable costs only itself and is named."""

    def __init__(self, place: str, metadata: Mapping[str, object]) -> None:
        self.place, self.metadata = place, metadata
        self.omitted: list[Omitted] = []

    def read(self, key: str, parse: Callable[[], T | None]) -> T | None:
        try:
            return parse()
        except (UnreadableError, RecursionError) as error:
            why = error if isinstance(error, UnreadableError) else f"its '{key}' is nested too deep"
            self.omitted.append(Omitted(self.place, f"{why}: left out"))
            return None


def _without_title(blocks: list[Block], title: str) -> Iterator[Block]:
    """Drop blocks that repeat the stated title; another title becomes body text."""
    for block in blocks:
        if block.kind == "teaser":
            yield block
        elif block.text.split() != title.split():
            yield Block(block.text, "body")


def _parts(blocks: list[Block]) -> tuple[Part, ...]:
    """The spans of the blocks once they are joined by GAP; adjacent body blocks are one part."""
    parts: list[Part] = []
    at = 0
    for block in blocks:
        end = at + len(block.text)
        if block.kind == "body" and parts and parts[-1].kind == "body":
            parts[-1] = Part(parts[-1].start, end, "body")
        else:
            parts.append(Part(at, end, block.kind, block.title))
        at = end + len(GAP)
    return tuple(parts)


def _article(
    seed: Seed,
    identity: str,
    title: str | None,
    text: str,
    parts: tuple[Part, ...],
    fields: _Fields,
) -> Article:
    if fault := too_long(identity):
        raise UnreadableError(f"its id {preview(identity)} {fault}")
    own_text = " ".join(text[p.start : p.end] for p in parts if p.kind != "teaser") or text
    metadata = fields.metadata
    language = fields.read("language", partial(parse_language, metadata)) or detect(own_text)
    date = fields.read("date", partial(parse_date, metadata.get("date"), language))
    return Article(
        id=identity,
        title=title,
        text=text,
        date=date or date_in_name(seed.name, seed.path),
        language=language,
        path=seed.path,
        place=fields.place,
        url=fields.read("url", partial(one_line, metadata, "url")),
        author=fields.read("author", partial(parse_author, metadata)),
        parts=parts,
    )
