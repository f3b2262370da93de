"""`/embed` and `/embed/ID`: a question box that named sites may show in a frame.

One page of a few kilobytes, without Gradio and with nothing to load; it asks at its own address
and gets plain values. It knows neither cookies nor passwords. Where people sign in, it takes a
token that was made for sites (`archive-qa token create NAME --role ask --site ORIGIN`): its id in
the address names the sites that may frame the box, the token itself stays behind the "#" and is
sent as a header. Such a token is no secret; it opens this one address, at a bounded rate, until it
is revoked.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from index.errors import ArchiveError, StorageError
from qa.accounts.audit_log import AuditLog
from qa.accounts.origins import covers
from qa.accounts.token import Token
from qa.accounts.token_file import TokenFile
from qa.archive import Archive
from qa.chat.small_pages.document import box_html, inline_sources
from qa.server.identity.gate import caller_of, same_origin
from qa.server.identity.pace import Pace
from qa.server.page_language import page_language
from qa.server.request_queue import RequestQueue

from .answer import box_answer

PATHS = re.compile(r"/embed(/[a-z2-7]{8})?")
BURST, SECONDS = 10, 6.0  # questions of an address at once, and then one in so many seconds
MAX_RUNNING, MAX_WAITING = 1, 10  # questions of all boxes: the page itself stays quick
_NO_STORE = {"cache-control": "no-store"}
MAX_BODY = 20_000  # bytes: a question of 2,000 characters, escaped


@dataclass(frozen=True, slots=True)
class Box:
    """What boxes are for: an archive, sites that may frame them, and tokens if those are needed."""

    archive: Archive
    sites: Sequence[str]  # origins
    tokens: TokenFile | None = None  # None: everybody may ask
    audit: AuditLog | None = None
    pace: Pace = field(default_factory=lambda: Pace(BURST, SECONDS))
    queue: RequestQueue = field(default_factory=lambda: RequestQueue(MAX_RUNNING, MAX_WAITING))

    def token(self, id: str) -> Token | None:
        """Return the valid token for sites with this id; StorageError if none can be read."""
        token = self.tokens.valid(id) if self.tokens else None
        return token if token and token.sites else None

    def framed_by(self, id: str) -> list[str]:
        """Return the sites that may frame the box with this id; errors as `token`."""
        if self.tokens is None:
            return [] if id else [*self.sites]
        token = self.token(id)
        allowed = token.sites if token else ()
        return [site for site in allowed if any(covers(one, site) for one in self.sites)]

    def asks(self, id: str, authorization: str) -> Token | None:
        """Return the token that a question bears if it is this box's; errors as `token`."""
        scheme, _, text = authorization.partition(" ")
        if self.tokens is None or scheme.lower() != "bearer":
            return None
        token = self.tokens.find(text.strip())
        return token if token and token.id == id and token.sites else None


def box_routes(box: Box) -> list[Route]:
    """Return the routes; the guard has checked the host, the origin and the length of requests."""

    async def respond(request: Request) -> Response:
        public = request.path_params.get("id", "")
        try:
            sites = box.framed_by(public)
        except StorageError:
            return _closed(503)
        if not sites:
            return _closed(404)
        if request.method == "POST":
            return await _answer(box, public, request)
        page = box_html(_language(request), logged=box.archive.log is not None)
        headers = {"cache-control": "no-cache", "vary": "accept-language", **policy(sites)}
        return HTMLResponse(page, headers=headers)

    methods = ["GET", "POST"]
    return [
        Route("/embed", respond, methods=methods),
        Route("/embed/{id}", respond, methods=methods),
    ]


def policy(sites: Sequence[str]) -> dict[str, str]:
    """Return the header by which nothing but the box's own style and script works in it."""
    style, script = inline_sources("box")
    frames = " ".join(sites) or "'none'"
    rules = (
        f"default-src 'none'; style-src {style}; script-src {script}; connect-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
    )
    return {"content-security-policy": rules}


async def _answer(box: Box, id: str, request: Request) -> Response:
    """Answer a question, as plain values in the language of the browser."""
    if not same_origin(request.headers):
        return _problem(403, "only the box itself may ask here")
    caller = caller_of(request.scope)
    if wait := box.pace.wait(caller.address):
        return _problem(429, f"too many questions: wait {wait} seconds", {"retry-after": str(wait)})
    box.pace.count(caller.address)
    authorization = request.headers.get("authorization", "")
    try:
        question = question_in(await request.body(), request.headers.get("content-type", ""))
        token = box.asks(id, authorization)
        if box.tokens is not None and token is None:
            return _problem(401, "the token of this box is missing, revoked or expired")
        if box.audit and token:
            box.audit.note(
                "asked", who=token.name, where=caller.address, request=caller.request,
                by="embed", question=question,
            )  # fmt: skip
        answer = await box.queue.run(lambda: box.archive.answer(question))
        if token and box.asks(id, authorization) is None:
            return _problem(401, "the token of this box was revoked")
    except StorageError:
        return _problem(503, "the archive cannot be read now")
    except ArchiveError as error:
        return _problem(400, str(error))
    return JSONResponse(box_answer(answer, _language(request)), headers=_NO_STORE)


def _language(request: Request) -> str:
    """The browser's language; a choice made on the page is in a cookie, which boxes do not read."""
    return page_language({"accept-language": request.headers.get("accept-language", "")})


def question_in(body: bytes, content_type: str) -> str:
    """Return the question in a JSON body; ArchiveError if there is none."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise ArchiveError("send JSON, with Content-Type: application/json")
    if len(body) > MAX_BODY:
        raise ArchiveError(f"the request has {len(body):,} bytes: send at most {MAX_BODY:,}")
    try:
        values: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise ArchiveError("the request is not JSON") from None
    question = values.get("question") if isinstance(values, dict) else None
    if not isinstance(question, str):
        raise ArchiveError('send {"question": "..."}')
    return question


def _closed(status: int) -> Response:
    return PlainTextResponse("there is no such box\n", status, {**policy(()), **_NO_STORE})


def _problem(status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    all_headers = {**policy(()), **_NO_STORE, **(headers or {})}
    return JSONResponse({"error": why}, status, all_headers)
