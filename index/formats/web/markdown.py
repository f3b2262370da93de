"""Read Markdown (.md): its words as plain paragraphs, and its front matter as metadata."""

import html
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.formats.decoding import decode_bytes
from index.formats.documents.front_matter import split_front_matter
from index.formats.seed_file import Draft, Omitted, Seed

from .html import from_fragment


def read_markdown(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the file as one draft."""
    decoded = decode_bytes(seed.read())
    front = split_front_matter(decoded.text)
    yield Draft(seed.place, _words(front.text), front.fields)
    for trouble in filter(None, (decoded.doubt, front.trouble)):
        yield Omitted(seed.place, trouble)


def from_markdown(text: str) -> tuple[str, Mapping[str, object]]:
    r"""Return the words of a Markdown page, and its front matter.

    >>> from_markdown("---\ntitle: Dogs\n---\n# Big *dogs*\n\nThey [bark](/loud).")
    ('Big dogs\n\nThey bark.', {'title': 'Dogs'})
    """
    front = split_front_matter(text)
    return _words(front.text), front.fields


def _words(text: str) -> str:
    blocks: list[str] = []
    numbers: list[int | None] = []  # of the next item of each list that is open; None: bullets
    label = ""  # of the item whose first words come next
    for token in MarkdownIt().parse(text):
        words = ""
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            numbers.append(1 if start is None else int(start))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            label = "" if number is None else f"{number}{token.markup} "
            numbers[-1] = None if number is None else number + 1
        elif token.type in ("fence", "code_block"):
            words = token.content.strip()
        elif token.type == "html_block":
            words = from_fragment(token.content)
        elif token.type == "inline":
            words = _inline(token.children or ())
        if words:
            blocks.append(label + words)
            label = ""
    return "\n\n".join(blocks)


def _inline(tokens: Sequence[Token]) -> str:
    if not any(token.type == "html_inline" for token in tokens):
        return "".join(map(_visible, tokens)).strip()
    return from_fragment(
        "".join(
            token.content if token.type == "html_inline" else html.escape(_visible(token))
            for token in tokens
        )
    )


def _visible(token: Token) -> str:
    """What a reader sees of an inline token; an image's description is not part of the text."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type == "image" else token.content
