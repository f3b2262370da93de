"""Origins of web sites, such as "https://news.example", as an option and a policy have them."""

import re
from collections.abc import Iterable

from index.errors import ArchiveError

# What a Content-Security-Policy takes, and nothing that could end its directive or its header
FORM = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
)
MAX_LENGTH = 260  # characters


def origin(text: str) -> str:
    """Return an origin in its one form.

    Raises:
        ArchiveError: It is none, for example because of a path.

    >>> origin("HTTPS://News.example/"), origin("https://*.news.example:8443")
    ('https://news.example', 'https://*.news.example:8443')
    """
    found = text.strip(" ").removesuffix("/").lower()
    if len(found) > MAX_LENGTH or not FORM.fullmatch(found):
        shown = "".join(c if c.isprintable() else "?" for c in text[:80])
        raise ArchiveError(
            f"'{shown}' is no site: write scheme and host, like https://news.example or "
            "https://*.news.example (names that are not ASCII: in their xn-- form)"
        )
    return found


def origins(texts: Iterable[str]) -> tuple[str, ...]:
    """Return origins in their one form, each once, in order; errors as `origin`."""
    return tuple(dict.fromkeys(origin(text) for text in texts))


def covers(allowed: str, site: str) -> bool:
    """Whether every page of `site` is one of `allowed`; both are origins.

    >>> covers("https://*.news.example", "https://a.news.example")
    True
    >>> covers("https://*.news.example", "https://news.example")
    False
    """
    scheme, star, rest = allowed.partition("*.")
    if not star:
        return site == allowed
    return site.startswith(scheme) and site.removeprefix(scheme).endswith(f".{rest}")
