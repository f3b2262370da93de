"""`/source/...`: the files that articles are from, by article id only, and the viewer of PDFs.

The guard covers these addresses like every other one. A file is never shown by the browser under
this server's origin: it is saved, or passed to the viewer's frame, which has no origin.
"""

from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from index.errors import ArchiveError, StorageError
from qa.archive import Archive

from .pdf_viewer import data_file, viewer
from .request_queue import BusyError, OverdueError, RequestQueue

MAX_RUNNING, MAX_WAITING = 2, 20  # files that are read at once, and that wait
MAX_SENDING = 200_000_000  # bytes of files in memory while they are sent
PIECE = 256 * 1024  # bytes: a server takes the next ones when these are on their way
MAX_SECONDS = 600.0  # for one download: slower readers would hold it for ever
PATIENCE, LEAST_SPEED = 30.0, 64 * 1024  # seconds that a reader has, and one more for so many bytes
RETRY_AFTER = "30"  # seconds
MAX_ID = 4000  # characters
TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".epub": "application/epub+zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
}
# nothing in a file runs, whatever a browser takes it for; no other site may embed it
HEADERS = {
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "accept-ranges": "none",
    "cache-control": "private, no-store",
}


def source_routes(archive: Archive) -> list[Route]:
    """Return the routes; they find nothing while the archive has no `sources`."""
    queue, downloads = RequestQueue(MAX_RUNNING, MAX_WAITING), Downloads(MAX_SENDING)

    async def file(request: Request) -> Response:
        identity = request.query_params.get("id", "")
        if not 0 < len(identity) <= MAX_ID:
            return PlainTextResponse("name an article by its id\n", 404, HEADERS)
        try:
            source = await queue.run(lambda: archive.source(identity))
        except (BusyError, OverdueError) as error:
            busy = {**HEADERS, "retry-after": RETRY_AFTER}
            return PlainTextResponse(f"{error}\n", 503, busy)
        except StorageError:
            return PlainTextResponse("the index cannot be read\n", 503, HEADERS)
        except ArchiveError as error:
            return PlainTextResponse(f"{error}\n", 404, HEADERS)
        media_type = TYPES.get(source.kind, "application/octet-stream")
        disposition = f"attachment; filename*=UTF-8''{quote(source.name, safe='')}"
        headers = {**HEADERS, "content-disposition": disposition, "content-type": media_type}
        return downloads.response(source.data, headers)

    return [
        Route("/source/file", file),
        Route("/source/viewer", _viewer),
        Route("/source/data/{kind}/{name}", _data),
    ]


def _viewer(request: Request) -> Response:
    document, headers = viewer()
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**headers})
    return Response(document, headers={**headers})


def _data(request: Request) -> Response:
    file = data_file(request.path_params["kind"], request.path_params["name"])
    if file is None:
        return PlainTextResponse("there is no such file\n", 404)
    return Response(file.read_bytes(), media_type="application/octet-stream")


class Downloads:
    """What a server is sending; for one event loop."""

    def __init__(self, most: int, seconds: float = MAX_SECONDS, patience: float = PATIENCE) -> None:
        """Hold at most `most` bytes at once, but always a single file.

        A reader has `patience` seconds, and one more for every LEAST_SPEED bytes that it has taken,
        but at most `seconds`.
        """
        self.most, self.seconds, self.patience, self.held = most, seconds, patience, 0

    def response(self, data: bytes, headers: Mapping[str, str]) -> Response:
        """Return the response that sends `data`, or 503 while too much is being sent."""
        if self.held and self.held + len(data) > self.most:
            why = "too many files are being sent: try again later\n"
            return PlainTextResponse(why, 503, {**HEADERS, "retry-after": RETRY_AFTER})
        return _Download(self, data, headers)


class _Download(StreamingResponse):
    """Counts its bytes as held from when it is made until they are sent, or given up."""

    def __init__(self, downloads: Downloads, data: bytes, headers: Mapping[str, str]) -> None:
        super().__init__(_pieces(data), headers={**headers, "content-length": str(len(data))})
        self._downloads, self._size = downloads, len(data)
        downloads.held += self._size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; if it is given up, the server closes the connection after the last piece."""
        downloads = self._downloads
        try:
            with (
                anyio.move_on_after(downloads.seconds),
                anyio.move_on_after(downloads.patience) as patience,
            ):

                async def send_in_time(message: Message) -> None:
                    await send(message)
                    patience.deadline += len(message.get("body", b"")) / LEAST_SPEED

                await super().__call__(scope, receive, send_in_time)
        finally:
            downloads.held -= self._size


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]
