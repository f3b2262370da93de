"""Turn what a reader yields into an article: a draft is cleaned, a record is taken as it is.

Metadata is checked here too. Files are read in `formats/`, and what counts as page furniture is
decided in `boilerplate.py`.
"""

from collections.abc import Iterator, Mapping

from index.article import Article, Part
from index.errors import UnreadableError
from index.formats.metadata import date_in_name, one_line, parse_date, parse_parts
from index.formats.seed_file import Draft, Record, Seed
from index.text.language import detect

from .boilerplate import Block, clean

GAP = "\n\n"  # between the blocks of a cleaned article


def from_draft(seed: Seed, draft: Draft) -> Article:
    """Clean a draft and join its blocks by blank lines; a stated title replaces the page's own.

    Raises:
        UnreadableError: Nothing is left after cleaning, or the metadata is not usable.
    """
    blocks = clean(draft.text)
    if not blocks:
        raise UnreadableError("has no article text, only page furniture or nothing")
    if title := one_line(draft.metadata, "title"):
        blocks = [Block(title, "title"), *_without_title(blocks, title)]
    heading = next((block.text for block in blocks if block.kind == "title"), None)
    text = GAP.join(block.text for block in blocks)
    metadata = {**draft.metadata, "title": heading}
    return _article(seed, draft.place, draft.place, text, _parts(blocks), metadata)


def from_record(seed: Seed, record: Record) -> Article:
    """Take a record's text and id unchanged; without an id its place identifies it.

    Raises:
        UnreadableError: The metadata is not usable.
    """
    stated = parse_parts(record.metadata.get("parts"), len(record.text))
    parts = tuple(Part(*part) for part in stated)
    identity = record.place if record.id is None else record.id
    return _article(seed, identity, record.place, record.text, parts, record.metadata)


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
    place: str,
    text: str,
    parts: tuple[Part, ...],
    metadata: Mapping[str, object],
) -> Article:
    own_text = " ".join(text[p.start : p.end] for p in parts if p.kind != "teaser") or text
    return Article(
        id=identity,
        title=one_line(metadata, "title"),
        text=text,
        date=parse_date(metadata.get("date")) or date_in_name(seed.name, seed.path),
        language=(one_line(metadata, "language") or "").lower() or detect(own_text),
        path=seed.path,
        place=place,
        url=one_line(metadata, "url"),
        author=one_line(metadata, "author"),
        parts=parts,
    )
