"""Split the front matter from a text file and parse it: YAML between `---`, TOML between `+++`.

Values stay strings as far as possible: in YAML, `no` is a language and `1.10` a title. What does
not parse is read line by line; nothing of it is thought to be something else.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from index.errors import first_line

YAML_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML_BLOCK = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]+(\S.*)")
ALIASES = {"authors": "author", "lang": "language"}
# what a block must state one of: dashes around a line with a colon are not front matter
KNOWN = {
    "title", "date", "author", "authors", "language", "lang", "url", "layout", "tags", "categories",
    "category", "draft", "slug", "description", "summary", "keywords", "permalink", "id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a front matter, the text below it, and what of it could not be read."""

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    trouble: str | None = None  # in words for the file's owner


def split_front_matter(page: str) -> FrontMatter:
    r"""Return the fields and the text of a page; a block that states no field is text.

    >>> split_front_matter("---\ntitle: Dogs\nlanguage: no\n---\nWoof.").fields
    {'title': 'Dogs', 'language': 'no'}
    >>> split_front_matter("---\nonly words\n---\nWoof.").text
    '---\nonly words\n---\nWoof.'
    """
    page = page.replace("\r\n", "\n").lstrip("\ufeff")
    for block, parse, kind in ((YAML_BLOCK, _yaml, "YAML"), (TOML_BLOCK, _toml, "TOML")):
        found = block.match(page)
        if not found or not found[1].strip():
            continue
        trouble = None
        try:
            fields = parse(found[1])
        except Exception as error:  # the constructors of YAML raise more than YAMLError
            fields = _by_line(found[1])
            trouble = f"its front matter is not {kind} ({first_line(error)}): read line by line"
        if not isinstance(fields, Mapping):
            continue
        named = {str(name).lower(): value for name, value in fields.items()}
        if named.keys() & KNOWN:
            for alias, name in ALIASES.items():
                if alias in named:
                    named.setdefault(name, named[alias])
            return FrontMatter(page[found.end() :], named, trouble)
    return FrontMatter(page)


class _Loader(yaml.SafeLoader):
    """Makes strings of all plain values but null."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # of the base class, without its types
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _yaml(text: str) -> Any:
    return yaml.load(text, _Loader)  # noqa: S506  # it is a safe loader


def _toml(text: str) -> Any:
    return tomllib.loads(text)


def _by_line(text: str) -> dict[str, object]:
    """The lines of the form "name: value" that are not indented; a value loses its quotes."""
    fields = (FIELD.fullmatch(line.rstrip()) for line in text.split("\n"))
    return {found[1]: _unquoted(found[2]) for found in fields if found}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
