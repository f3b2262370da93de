"""Draft or record -> article."""

from collections.abc import Iterator, Mapping

from index.article import Article, Part
from index.errors import UnreadableError
from index.formats import metadata
from index.formats.seed_file import Draft, Record, Seed
from index.text.language import detect

from .boilerplate import Block, clean

GAP = "\n\n"  # between the parts of a cleaned article


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


def read_record(seed: Seed, record: Record) -> Article:
    """The caller's text as it is, with the parts that the caller named."""
    stated = metadata.parts(record.about.get("parts"), len(record.text))
    parts = tuple(Part(*part) for part in stated)
    identity = record.place if record.id is None else record.id
    return _described(seed, identity, record.place, record.text, parts, record.about)


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
