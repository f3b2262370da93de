"""Make text from outside inert: shown literally in HTML and in Markdown alike.

`neutral_html` is the only place that turns text from outside into markup (`Markup`); every
value that a template prints passes through it (`rendering.py`). The rest cuts and cleans plain
strings and knows no HTML.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from markupsafe import Markup

from index.store.several.part import NotAsked

# Never displayed: control characters, and those that reorder or embed the text around them.
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def neutral_html(value: object) -> Markup:
    """Escape a value so that neither HTML nor what Gradio runs on top of it reads any of it.

    Escaping `<`, `>`, `&` and quotes is not enough: Gradio also looks for Markdown, LaTeX and
    translation keys (`__i18n__`) in what it shows. So every ASCII punctuation mark becomes a
    numeric entity and every line end a `<br>`. Existing `Markup` is returned as it is.

    >>> print(neutral_html("<b>$5</b>"))
    &#60;b&#62;&#36;5&#60;&#47;b&#62;
    """
    if isinstance(value, Markup):
        return value
    escaped = PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", strip_invisible(str(value)))
    return Markup(escaped.replace("\n", "<br>"))  # noqa: S704 - no markup character is left in it


def fill(phrase: str, *values: object) -> Markup:
    """Put values, text or markup, in place of each `{}` of a phrase.

    >>> print(fill("{} of {}", 3, neutral_html("<all>")))
    3 of &#60;all&#62;
    """
    first, *rest = phrase.split("{}")
    filled = neutral_html(first)
    for value, literal in zip(values, rest, strict=True):
        filled += neutral_html(value) + neutral_html(literal)
    return filled


def strip_invisible(text: str) -> str:
    r"""Remove characters that hide or reorder their neighbours; line ends become `\n`."""
    valid = text.encode("utf-8", "replace").decode()  # file names may hold lone surrogates
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", valid).replace("\t", " "))


def one_line(text: str) -> str:
    r"""Collapse every run of white space to one space, for an HTML attribute.

    >>> one_line(" a  b\n")
    'a b'
    """
    return " ".join(text.split())


def keep_start(text: str, limit: int) -> str:
    """Return the first `limit` characters, followed by "…" if any were cut."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def keep_end(text: str, limit: int) -> str:
    """Return the last `limit` characters, preceded by "…" if any were cut."""
    return text if len(text) <= limit else f"…{text[-limit:]}"


def names_of(not_asked: Iterable[NotAsked]) -> str:
    """Return the names of archives; why they are not asked is for whoever runs the program."""
    return ", ".join(each.archive for each in not_asked)


def encode_id(article_id: str) -> str:
    r"""Percent-encode an article's id for an HTML attribute; `decode_id` reverses it.

    >>> decode_id(encode_id('<a b="c">\u202e')) == '<a b="c">\u202e'
    True
    """
    return quote(article_id, safe="")


def decode_id(encoded: str) -> str:
    """Return the article id that `encode_id` encoded."""
    return unquote(encoded)
