"""Read Markdown (.md): its words as plain paragraphs, and its front matter as metadata."""

import html
import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.formats.decoding import decode_bytes
from index.formats.seed_file import Draft, Omitted, Seed

from .front_matter import split_front_matter

TAGS = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


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
    for token in MarkdownIt().parse(text):
        if token.type in ("fence", "code_block"):
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(html.unescape(TAGS.sub("", token.content)))
        elif token.type == "inline":
            blocks.append("".join(map(_visible, token.children or ())))
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _visible(token: Token) -> str:
    """What a reader sees of an inline token; an image's description is not part of the text."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type in ("image", "html_inline") else token.content
