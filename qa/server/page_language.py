"""The page's language: that of `?lang=`, else one chosen earlier, else the browser's, else English.

A choice by `?lang=` is kept in a cookie, since the page's later requests do not bear its address;
`?lang=` with nothing after it forgets the choice.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.chat.phrases.cldr import direction
from qa.chat.words import PAGE_LANGUAGES

from .cookies import cookie

PAGE = "/"  # its path
COOKIE = "archive-qa-language"
ONE_YEAR = 365 * 24 * 3600  # seconds
TAGS = {"zh": "zh-CN"}  # where the page's language is more than a language
MAX_HEADER = 1000  # characters that are read
# What Gradio serves, and what it becomes: right from the first paint, and for Gradio's own words.
HTML, HEAD = b'lang="en"', b"<head>"
SCRIPT = (
    "<head><script>Object.defineProperties(navigator, {{"
    'language: {{value: "{0}"}}, languages: {{value: ["{0}"]}}}});</script>'
)


def page_language(headers: Mapping[str, str], asked: str | None = None) -> str:
    """Return the language of the page for a request, one of `PAGE_LANGUAGES`.

    Args:
        headers: The request's; names in lower case.
        asked: What the page's address asks for; "" takes an earlier choice back.

    >>> page_language({"accept-language": "nl, fr-CA;q=0.8, en;q=0.5"})
    'fr'
    >>> page_language({"accept-language": "fr", "cookie": "archive-qa-language=ja"}, "ar")
    'ar'
    """
    wanted = [_chosen(headers.get("cookie", "")) if asked is None else asked]
    wanted += _by_preference(headers.get("accept-language", ""))
    codes = (tag.strip().lower().partition("-")[0] for tag in wanted)
    return next((code for code in codes if code in PAGE_LANGUAGES), PAGE_LANGUAGES[0])


def _chosen(cookies: str) -> str:
    return cookie(cookies[: 4 * MAX_HEADER], COOKIE)


def _by_preference(accepted: str) -> list[str]:
    """Return the tags of an Accept-Language header, most wanted first."""
    weighted: list[tuple[float, str]] = []
    for part in accepted[:MAX_HEADER].split(","):
        tag, _, weight = part.partition(";")
        try:
            weighted.append((float(weight.partition("=")[2] or 1), tag))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda one: -one[0]) if weight > 0]


class PageLanguage:
    """ASGI middleware that serves the page's HTML in the reader's language and direction.

    Other HTML passes as it is: originals are handed out byte by byte, and the small pages name
    their scripts by their hashes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite the start of the page."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("GET", PAGE):
            await self._app(scope, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = query.get("lang", [None])[-1]
        await self._app(scope, receive, _Rewriting(scope, send, asked))


class _Rewriting:
    """Holds a page of HTML back until it is whole, then sends it with its language."""

    def __init__(self, scope: Scope, send: Send, asked: str | None) -> None:
        self._send, self._asked = send, asked
        self._language = page_language(Headers(scope=scope), asked)
        self._start: dict[str, Any] | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            is_html = headers.get("content-type", "").startswith("text/html")
            own = "content-encoding" in headers or "content-security-policy" in headers
            if is_html and not own:  # a page with a policy of its own admits no script of ours
                self._start = dict(message)
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: dict[str, Any]) -> None:
        tag = TAGS.get(self._language, self._language)
        html = f'lang="{tag}" dir="{direction(self._language)}"'.encode()
        body = self._body.replace(HTML, html, 1).replace(HEAD, SCRIPT.format(tag).encode(), 1)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        headers.add_vary_header("accept-language")
        if self._asked is not None:
            known = self._asked.lower().partition("-")[0] in PAGE_LANGUAGES
            age, value = (ONE_YEAR, self._language) if known else (0, "")
            cookie = f"{COOKIE}={value}; Path=/; Max-Age={age}; SameSite=Lax"
            headers.append("set-cookie", cookie)
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
