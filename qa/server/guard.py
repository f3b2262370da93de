"""Middleware before everything that is served: who may send requests, and how much they may send.

Gradio's own log-in does not cover the tools for language models, and it checks the origin of
requests only on the machine itself; this covers every address of the server alike. Who may send
requests is decided in `access.py`.
"""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.chat.upload import MAX_FILES, MAX_MEGABYTES

from .access import Access, Refusal
from .problem import PREFIX, of_status
from .request_id import HEADER, request_id

MB = 1_000_000
MAX_BODY = MB  # bytes of a request that uploads no files
MAX_UPLOAD = MAX_FILES * MAX_MEGABYTES * MB + MB  # bytes of a request that does
MAX_PENDING = 10 * MAX_UPLOAD  # bytes of uploaded files that wait to be added
UPLOAD_LIFETIME = 3600  # seconds until an uploaded file is deleted
UPLOAD, STARTUP = "/gradio_api/upload", "/gradio_api/startup-events"
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
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is served to whom."""

    access: Access = field(default_factory=Access)
    uploads: Path | None = None  # the folder of uploaded files; None refuses them
    without_password: Set[str] = frozenset()  # paths that can be read by those who are no users
    routes: Sequence[BaseRoute] = ()  # addresses beside the page's, such as those of feeds

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> Refusal | None:
        """Return why a request is refused, or None. Header names are in lower case."""
        if path == STARTUP:  # Gradio requests it from itself; the response tells nothing
            return None
        open_to_all = path in self.without_password and method in ("GET", "HEAD")
        access = replace(self.access, users={}) if open_to_all else self.access
        if refusal := access.refusal(headers):
            return refusal
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
        is_upload = path.rstrip("/") == UPLOAD
        if is_upload and self.uploads is None:
            return Refusal(403, "uploads are refused: this archive is read-only")
        limit = MAX_UPLOAD if is_upload else MAX_BODY
        if size > limit:
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

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(k.encode(), v.encode()) for k, v in fixed.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        refusal = self._rules.refusal(scope["method"], scope["path"], headers)
        if refusal and self._on_refusal:
            self._on_refusal(refusal)
        app = _response(refusal, scope) if refusal else self._app
        await app(scope, receive, send_with_headers)


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


def _response(refusal: Refusal, scope: Scope) -> ASGIApp:
    if scope["path"].startswith(PREFIX):
        return of_status(refusal.status, refusal.why, dict(refusal.headers)).response(scope)
    return PlainTextResponse(f"{refusal.why}\n", refusal.status, dict(refusal.headers))
