"""Markdown (.md) -> its words as plain paragraphs, and its YAML front matter."""

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
    yield Draft(seed.place, *from_markdown(decode(seed.load())))


def from_markdown(text: str) -> tuple[str, Mapping[str, object]]:
    """The words of a Markdown page, and its YAML front matter.

    >>> from_markdown("---\\ntitle: Dogs\\n---\\n# Big *dogs*\\n\\nThey [bark](/loud).")
    ('Big dogs\\n\\nThey bark.', {'title': 'Dogs'})
    """
    about: Mapping[str, object] = {}
    pieces: list[str] = []
    for token in MarkdownIt().use(front_matter_plugin).parse(text):
        if token.type == "front_matter":
            about = _front_matter(token.content)
        elif token.type in ("fence", "code_block"):
            pieces.append(token.content)
        elif token.type == "html_block":
            pieces.append(html.unescape(TAGS.sub("", token.content)))
        elif token.type == "inline":
            pieces.append("".join(map(_words, token.children or ())))
    return "\n\n".join(piece.strip() for piece in pieces if piece.strip()), about


def _words(token: Token) -> str:
    """What a reader sees of a piece of a line; an image's description is no part of the body."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return "" if token.type in ("image", "html_inline") else token.content


def _front_matter(text: str) -> Mapping[str, object]:
    try:
        found = yaml.safe_load(text)
    except Exception as error:  # besides YAMLError its constructors raise what they happen to meet
        raise UnreadableError(
            f"its front matter is not YAML ({first_line(error)}): mend or remove it"
        ) from None
    if found is not None and not isinstance(found, dict):
        raise UnreadableError("its front matter must be 'name: value' lines: mend or remove it")
    return found or {}
