"""Before everything that is served: who may ask (`qa/server/access.py`), and how much may be sent.

Gradio's own log-in does not cover its tools for language models, and its rules for pages from
elsewhere hold only on the machine itself; this covers every address of the server alike.
"""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.chat.upload import LARGEST, MOST_FILES

from .access import Access, Refusal

MB = 1_000_000
MOST_SENT = MB  # bytes of a request that uploads nothing
MOST_UPLOADED = MOST_FILES * LARGEST * MB + MB  # bytes of one that does
MOST_KEPT = 10 * MOST_UPLOADED  # bytes of uploads that lie there to be added
KEPT = 3600  # seconds that they do
UPLOAD, STARTED = "/gradio_api/upload", "/gradio_api/startup-events"
# What Gradio offers and this page does not use: fetching from elsewhere, storing, watching
CLOSED = (
    "/gradio_api/file=http", "/gradio_api/file/http", "/gradio_api/proxy=", "/gradio_api/deep_link",
    "/gradio_api/vibe", "/gradio_api/undo-vibe", "/gradio_api/process_recording",
    "/gradio_api/dev", "/monitoring",
)  # fmt: skip
# A second lock behind the escaping: the page can load and send nothing elsewhere.
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
    """What is served to whom; `uploads` is where uploaded files lie, None: none are taken."""

    access: Access = field(default_factory=Access)
    uploads: Path | None = None

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> Refusal | None:
        """Why a request is not served, or None. Header names are in lower case."""
        if path == STARTED:  # the server asks itself, and is told no more than that it runs
            return None
        if refused := self.access.refusal(headers):
            return refused
        if path.lower().startswith(CLOSED):
            return Refusal(404, "there is no such thing here")
        if method in ("GET", "HEAD", "OPTIONS"):
            return None
        return self._too_much(path, headers)

    def _too_much(self, path: str, headers: Mapping[str, str]) -> Refusal | None:
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return Refusal(411, "say with Content-Length how much is sent")
        uploads = path.rstrip("/") == UPLOAD
        if uploads and self.uploads is None:
            return Refusal(403, "nothing can be added to this archive")
        most = MOST_UPLOADED if uploads else MOST_SENT
        if int(length) > most:
            return Refusal(413, f"{int(length):,} bytes are too many: at most {most:,} at once")
        if uploads and self.uploads and swept(self.uploads, time.time()) + int(length) > MOST_KEPT:
            return Refusal(507, "too much has been uploaded within the last hour: try later")
        return None


class Guard:
    """ASGI middleware: serves what `Rules` allow, and tells browsers to load nothing else."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app, self.rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":  # nothing here speaks by web sockets
                await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        refused = self.rules.refusal(scope["method"], scope["path"], headers)
        served = _says(refused) if refused else self.app
        await served(scope, receive, send_with_headers)


def swept(folder: Path, now: float) -> int:
    """Delete what has lain in a folder for an hour; the bytes of what is left.

    Gradio deletes what was uploaded whole; what it refused half-way it leaves.
    """
    left = 0
    for file in [file for file in folder.rglob("*") if file.is_file()]:
        with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
            found = file.stat()
            if now - found.st_mtime > KEPT:
                file.unlink()
            else:
                left += found.st_size
    return left


def _says(refused: Refusal) -> ASGIApp:
    return PlainTextResponse(f"{refused.why}\n", refused.status, dict(refused.headers))
