"""Render the templates of this folder: plain data in, one line of HTML out.

Safe by default: autoescape is on for every template, and each value passes through
`plain_text.neutral_html` whether or not the template names a filter. Jinja's own filters are
removed, `safe` among them, so a template cannot print a string as markup.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from index.text.terminal import shorten

from .phrases.cldr import counted, direction, number
from .plain_text import encode_id, fill, neutral_html, one_line
from .source import language_name, shorten_path
from .words import PAGE, PAGE_LANGUAGES

TEMPLATES = Path(__file__).with_name("templates")
LINE_BREAK = re.compile(r"\n\s*")
FILTERS = {
    "direction": direction,
    "encode_id": encode_id,
    "fill": fill,
    "language_name": language_name,
    "length": len,
    "one_line": one_line,
    "shorten": shorten,
    "shorten_path": shorten_path,
    "thousands": number,
}


class JoinLines(Extension):
    """Drop line breaks and indentation of the template itself; values keep their white space.

    Markdown leaves a reply alone only if it is one block of HTML on one line.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the template's tokens, its literal text without line breaks."""
        for token in stream:
            if token.type == "data":
                token = Token(token.lineno, token.type, LINE_BREAK.sub("", token.value))
            yield token


def said(key: str, *values: int) -> list[tuple[str, str]]:
    """Return a phrase of the page in all of its languages, as (code, text) pairs."""
    return [
        (code, PAGE[code][key].format(*(number(value, code) for value in values)))
        for code in PAGE_LANGUAGES
    ]


def said_of(key: str, count: int) -> list[tuple[str, str]]:
    """Return a phrase with a number in all of the page's languages."""
    return [(code, counted(key, count, code)) for code in PAGE_LANGUAGES]


@cache
def environment() -> Environment:
    """Return the one environment that all templates share."""
    shared = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=neutral_html,
        undefined=StrictUndefined,
        extensions=[JoinLines],
        auto_reload=False,
    )
    shared.filters.clear()
    shared.filters.update(FILTERS)
    shared.globals.clear()
    shared.globals.update(page_words=PAGE, said=said, said_of=said_of)
    return shared


def render(template: str, **values: object) -> str:
    """Return the HTML of a template of this folder, such as "reply.html".

    Raises:
        jinja2.UndefinedError: The template uses a value that was not given.
    """
    return environment().get_template(template).render(values)
