"""Cookies of requests, in time that grows with their length.

Python's own parser takes the square of it for quoted values with backslashes (CVE-2024-7592, in
3.11 and before 3.12.6): a request of 60 kB, from somebody who has not signed in, takes 15 seconds
in which nobody else is served. Starlette reads cookies by the same parser, so the guard refuses
such requests (`is_slow`).
"""

from starlette.types import Scope

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


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers of a request, names in lower case; HTTP/2 proxies divide its cookies."""
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
    if "cookie" in headers:
        every = (v.decode("latin-1") for k, v in scope["headers"] if k == b"cookie")
        headers["cookie"] = "; ".join(every)
    return headers
