"""Words from outside, made inert: shown as text in HTML and in Markdown alike."""

import re
from urllib.parse import quote, unquote

# What is left out of display: control characters, and those that reorder or embed text around them.
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def text(words: str) -> str:
    """`words` as HTML that shows them literally, in Markdown too: punctuation becomes entities.

    >>> text("<b>$5</b>")
    '&#60;b&#62;&#36;5&#60;&#47;b&#62;'
    """
    shown = PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", visible(words))
    return shown.replace("\n", "<br>")


def attribute(words: str) -> str:
    """`words` for an HTML attribute, on one line.

    >>> attribute('a "b"')
    'a &#34;b&#34;'
    """
    return text(" ".join(words.split()))


def name(identity: str) -> str:
    """An article's id for an HTML attribute; `identity` gives it back as it was.

    >>> identity(name('<a b="c">\u202e')) == '<a b="c">\u202e'
    True
    """
    return quote(identity, safe="")


def identity(name: str) -> str:
    return unquote(name)


def visible(words: str) -> str:
    """`words` without the characters that hide or reorder what stands beside them."""
    whole = words.encode("utf-8", "replace").decode()  # file names may hold half characters
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", whole).replace("\t", " "))


def shortened(words: str, most: int) -> str:
    """At most `most` characters on one line, "…" for what is cut."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def beginning(words: str, most: int) -> str:
    """The first `most` characters, "…" for the rest."""
    return words if len(words) <= most else f"{words[:most]}…"


def ending(words: str, most: int) -> str:
    """The last `most` characters, "…" for what stands before them."""
    return words if len(words) <= most else f"…{words[-most:]}"
