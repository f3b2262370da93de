"""Read Markdown (.md): its words as plain paragraphs, and its YAML front matter as metadata."""

import html
import re
from collections.abc import Iterator, Mapping

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from index.errors import UnreadableError, first_line
from index.formats.decoding import decode
from index.formats.seed_file import Draft, Seed

TAGS = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def read_markdown(seed: Seed) -> Iterator[Draft]:
    """Yield the file as one draft."""
    yield Draft(seed.place, *from_markdown(decode(seed.read())))


def from_markdown(text: str) -> tuple[str, Mapping[str, object]]:
    r"""Return the words of a Markdown page, and its front matter.

    >>> from_markdown("---\ntitle: Dogs\n---\n# Big *dogs*\n\nThey [bark](/loud).")
    ('Big dogs\n\nThey bark.', {'title': 'Dogs'})

    Raises:
        UnreadableError: The front matter is not a YAML mapping.
    """
    metadata: Mapping[str, object] = {}
    blocks: list[str] = []
    for token in MarkdownIt().use(front_matter_plugin).parse(text):
        if token.type == "front_matter":
            metadata = _front_matter(token.content)
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(html.unescape(TAGS.sub("", token.content)))
        elif token.type == "inline":
            blocks.append("".join(map(_visible, token.children or ())))
    return "\n\n".join(block.strip() for block in blocks if block.strip()), metadata


def _visible(token: Token) -> str:
    """What a reader sees of an inline token; an image's description is not part of the text."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type in ("image", "html_inline") else token.content


def _front_matter(text: str) -> Mapping[str, object]:
    try:
        metadata = yaml.safe_load(text)
    except Exception as error:  # its constructors raise more than YAMLError
        raise UnreadableError(
            f"its front matter is not YAML ({first_line(error)}): fix or remove it"
        ) from None
    if metadata is not None and not isinstance(metadata, dict):
        raise UnreadableError("its front matter must be 'name: value' lines: fix or remove it")
    return metadata or {}
