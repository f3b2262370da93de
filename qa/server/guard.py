"""Middleware before everything that is served: who may send requests, and how much they may send.

Gradio's own log-in does not cover the tools for language models, and it checks the origin of
requests only on the machine itself; this covers every address of the server alike. Who may send
requests is decided in `identity/access.py` and, with `--tokens`, in `identity/gate.py`.
"""

import contextlib
import re
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.accounts.roles import Role
from qa.chat.upload import MAX_FILES, MAX_MEGABYTES

from .cookies import headers_of, is_slow
from .identity.access import Access, Refusal
from .identity.ending import Ending
from .identity.gate import Caller, Gate, caller_of
from .identity.sign_in import SIGN_IN
from .identity.visitor import ForbiddenError, Visitor, put_visitor
from .problem import refused
from .request_id import HEADER, request_id

MB = 1_000_000
MAX_BODY = MB  # bytes of a request that uploads no files
MAX_UPLOAD = MAX_FILES * MAX_MEGABYTES * MB + MB  # bytes of a request that does
MAX_PENDING = 10 * MAX_UPLOAD  # bytes of uploaded files that wait to be added
UPLOAD_LIFETIME = 3600  # seconds until an uploaded file is deleted
UPLOAD, STARTUP = "/gradio_api/upload", "/gradio_api/startup-events"
# where files are sent, and the bytes of a request there
UPLOADS = {UPLOAD: MAX_UPLOAD, "/api/v1/files": MAX_MEGABYTES * MB}
ORIGINALS = "/source/"  # files and the viewer of PDFs, with stricter policies than the page's
# Features of Gradio that this page does not use: fetching from elsewhere, storing, monitoring
BLOCKED = (
    "/gradio_api/file=http", "/gradio_api/file/http", "/gradio_api/proxy=", "/gradio_api/deep_link",
    "/gradio_api/vibe", "/gradio_api/undo-vibe", "/gradio_api/process_recording",
    "/gradio_api/dev", "/monitoring",
)  # fmt: skip
# A second line of defence behind escaping: the page can neither load from nor send to elsewhere.
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "private",  # unless a response says it: no proxy keeps it for somebody else
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is served to whom."""

    access: Access = field(default_factory=Access)
    uploads: Path | None = None  # the folder of uploaded files; None refuses them
    without_password: Set[str] = frozenset()  # paths that can be read by those who are no users
    routes: Sequence[BaseRoute] = ()  # addresses beside the page's, such as those of feeds
    gate: Gate | None = None  # with --tokens: who is who
    box: re.Pattern[str] | None = None  # paths of the embedded box, which admits by itself

    def admit(
        self, method: str, path: str, headers: Mapping[str, str], caller: Caller
    ) -> Visitor | Refusal:
        """Return who sends a request, or why it is refused; header names are in lower case."""
        if is_slow(headers.get("cookie", "")):
            return Refusal(431, "the cookies are too large")
        if path == STARTUP:  # Gradio requests it from itself; the response tells nothing
            return Visitor()
        visitor = self._visitor(method, path, headers, caller)
        if isinstance(visitor, Refusal):
            return visitor
        if refusal := self.refusal(method, path, headers):
            return refusal
        if path.rstrip("/") in UPLOADS:
            try:
                visitor.demand(Role.ADD)
            except ForbiddenError as error:
                return Refusal(403, str(error))
        return visitor

    def is_open(self, method: str, path: str) -> bool:
        """Whether a path is served to those who have not signed in."""
        if path in self.without_password and method in ("GET", "HEAD"):
            return True
        return (self.gate is not None and path == SIGN_IN) or self.is_box(path)

    def is_box(self, path: str) -> bool:
        """Whether a path is the embedded box's, which admits by itself."""
        return self.box is not None and self.box.fullmatch(path) is not None

    def has_policy(self, path: str) -> bool:
        """Whether what is at a path says itself what it may do, and in whose frames."""
        return path.startswith(ORIGINALS) or self.is_box(path)

    def _visitor(
        self, method: str, path: str, headers: Mapping[str, str], caller: Caller
    ) -> Visitor | Refusal:
        if refusal := self.access.source_refusal(headers):
            return refusal
        known = (caller.address, caller.request)
        if self.is_open(method, path):
            return Visitor("", Role.ASK, *known, self.gate.audit if self.gate else None)
        if self.gate:
            return self.gate.admit(method, headers, caller)
        if refusal := self.access.refusal(headers):
            return refusal
        name = self.access.user(headers.get("authorization", "")) or ""
        return Visitor(name, Role.ADMIN, *known)

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request is refused whoever sends it, or None."""
        if path.lower().startswith(BLOCKED):
            return Refusal(404, "not found")
        if method in ("GET", "HEAD", "OPTIONS"):
            return None
        return self._size_refusal(path, headers)

    def _size_refusal(self, path: str, headers: Mapping[str, str]) -> Refusal | None:
        content_length = headers.get("content-length", "0")  # without either header: no body
        if not content_length.isdecimal() or "transfer-encoding" in headers:
            return Refusal(411, "the request needs a Content-Length, and no Transfer-Encoding")
        size = int(content_length)
        most = UPLOADS.get(path.rstrip("/"))
        is_upload = most is not None
        if is_upload and self.uploads is None:
            return Refusal(403, "uploads are refused: this archive is read-only")
        if size > (limit := most or MAX_BODY):
            return Refusal(413, f"the request has {size:,} bytes: send at most {limit:,} at once")
        pending = remove_expired(self.uploads, time.time()) if is_upload and self.uploads else 0
        if pending + size > MAX_PENDING:
            return Refusal(507, "too much was uploaded within the last hour: try again later")
        return None


class Guard:
    """ASGI middleware that applies `Rules` and adds security headers to every response."""

    def __init__(
        self, app: ASGIApp, rules: Rules, on_refusal: Callable[[Refusal], None] | None = None
    ) -> None:
        self._app, self._rules, self._on_refusal = app, rules, on_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request; web sockets are dropped, nothing here uses them."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        fixed = {**HEADERS, HEADER: request_id(scope)}
        own = {b"cache-control"}
        if self._rules.has_policy(scope["path"]):
            own.add(b"content-security-policy")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = own & {name.lower() for name, _ in message["headers"]}
                added = [
                    (k.encode(), v.encode()) for k, v in fixed.items() if k.encode() not in said
                ]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        headers = headers_of(scope["headers"])
        visitor = self._rules.admit(scope["method"], scope["path"], headers, caller_of(scope))
        if isinstance(visitor, Refusal):
            if self._on_refusal:
                self._on_refusal(visitor)
            await refused(visitor, scope)(scope, receive, send_with_headers)
            return
        put_visitor(scope, visitor)
        ending = Ending(visitor.valid, receive, send_with_headers)
        await self._app(scope, ending.receive, ending.send)


def remove_expired(folder: Path, now: float) -> int:
    """Delete files older than `UPLOAD_LIFETIME`; return the bytes of the files that remain.

    Gradio deletes complete uploads itself, but leaves what it stopped receiving half-way.
    """
    remaining = 0
    for file in [file for file in folder.rglob("*") if file.is_file()]:
        with contextlib.suppress(FileNotFoundError):  # deleted in the meantime
            status = file.stat()
            if now - status.st_mtime > UPLOAD_LIFETIME:
                file.unlink()
            else:
                remaining += status.st_size
    return remaining
