"""`/source/...`: the files that articles are from, by article id only, and the viewer of PDFs.

The guard covers these addresses like every other one. A file is never shown by the browser under
this server's origin: it is saved, or passed to the viewer's frame, which has no origin.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from index.errors import ArchiveError, StorageError
from qa.archive import Archive

from .pdf_viewer import data_file, viewer
from .request_queue import RequestQueue

MAX_RUNNING, MAX_WAITING = 2, 20  # files that are read at once, and that wait
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
    queue = RequestQueue(MAX_RUNNING, MAX_WAITING)

    async def file(request: Request) -> Response:
        identity = request.query_params.get("id", "")
        if not 0 < len(identity) <= MAX_ID:
            return PlainTextResponse("name an article by its id\n", 404, HEADERS)
        try:
            source = await queue.run(lambda: archive.source(identity))
        except StorageError:
            return PlainTextResponse("the index cannot be read\n", 503, HEADERS)
        except ArchiveError as error:
            return PlainTextResponse(f"{error}\n", 404, HEADERS)
        media_type = TYPES.get(source.kind, "application/octet-stream")
        disposition = f"attachment; filename*=UTF-8''{quote(source.name, safe='')}"
        headers = {**HEADERS, "content-disposition": disposition, "content-type": media_type}
        return Response(source.data, headers=headers)

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
