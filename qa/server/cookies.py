"""Cookies of requests, in time that grows with their length.

Python's own parser takes the square of it for quoted values with backslashes (CVE-2024-7592, in
3.11 and before 3.12.6): a request of 60 kB, from somebody who has not signed in, takes 15 seconds
in which nobody else is served. Starlette reads cookies by the same parser, so the guard refuses
such requests (`is_slow`).
"""

from collections.abc import Iterable

MAX_ESCAPED = 4000  # characters of all cookies, if a backslash is among them


def cookie(header: str, name: str) -> str:
    """Return the value of the last cookie of this name in a Cookie header, or "".

    >>> cookie("a=1; b=x=y; a=2", "a"), cookie("a=1; b=x=y", "b"), cookie("a", "b")
    ('2', 'x=y', '')
    """
    pairs = (part.strip().partition("=") for part in reversed(header.split(";")))
    return next((value.strip('"') for key, _, value in pairs if key == name), "")


def is_slow(header: str) -> bool:
    """Whether Python's parser would take long for a Cookie header."""
    return len(header) > MAX_ESCAPED and "\\" in header


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers of a request by name; of several Cookie headers, all that they hold.

    >>> headers_of([(b"cookie", b"a=1"), (b"host", b"x"), (b"cookie", b"b=2")])
    {'cookie': 'a=1; b=2', 'host': 'x'}
    """
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]
    headers = dict(pairs)
    if "cookie" in headers:
        headers["cookie"] = "; ".join(value for name, value in pairs if name == "cookie")
    return headers
