"""Problem documents (RFC 9457): errors of the REST interface, in one form whoever refuses.

The guard makes them for requests below `/api/`, `qa/rest` for all others there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Scope

from .identity.access import Refusal
from .request_id import request_id

PREFIX = "/api/"
DOCS = "/api/v1/docs"  # describes the kinds of problems
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: what its address ends in, and what it means to a caller."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The address that identifies and explains the kind, relative to the server's."""
        return f"{DOCS}#problem-{self.name}"


KINDS = (
    MALFORMED := Kind("malformed", 400, "The request cannot be read"),
    PASSWORD := Kind("password", 401, "A user name and a password are required"),
    REFUSED := Kind("refused", 403, "The request is refused"),
    NOT_FOUND := Kind("not-found", 404, "There is no such thing"),
    METHOD := Kind("method", 405, "The address does not take this method"),
    CONFLICT := Kind("conflict", 409, "It cannot be done as things are now"),
    LENGTH := Kind("length", 411, "The request must say its length"),
    TOO_LARGE := Kind("too-large", 413, "The request is too large"),
    MEDIA := Kind("media-type", 415, "The body must be JSON"),
    INVALID := Kind("invalid", 422, "A value cannot be used"),
    BUSY := Kind("busy", 429, "Too many requests are waiting"),
    FAILED := Kind("failed", 500, "The server failed"),
    UNAVAILABLE := Kind("unavailable", 503, "The archive cannot answer now"),
)
BY_STATUS = {kind.status: kind for kind in KINDS}


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818  # the word of RFC 9457
    """Why a request is not served.

    `errors` name the values at fault: each has a `detail`, and the `pointer` into the body or the
    query `parameter` that holds the value.
    """

    kind: Kind
    detail: str
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, scope: Scope) -> dict[str, Any]:
        """Return the problem document for a request."""
        document: dict[str, Any] = {
            "type": self.kind.type,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": instance(scope),
            "request_id": request_id(scope),
        }
        return {**document, "errors": list(self.errors)} if self.errors else document

    def response(self, scope: Scope) -> JSONResponse:
        """Return the response to a request."""
        headers = {"cache-control": "no-store", **self.headers}
        return JSONResponse(self.document(scope), self.kind.status, headers, MEDIA_TYPE)


def of_status(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the problem of an HTTP status; a status that has no kind of its own gets its name."""
    kind = BY_STATUS.get(status) or Kind("other", status, HTTPStatus(status).phrase)
    return Problem(kind, detail, headers=headers or {})


def instance(scope: Scope) -> str:
    """Return the path of a request as it was sent, shortened; it holds no query."""
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    return bytes(raw).decode("ascii", "replace").partition("?")[0][:200]


def refused(refusal: Refusal, scope: Scope) -> ASGIApp:
    """Return the response to a request that the guard refuses, in the form of its address."""
    headers = {**dict(refusal.headers), "cache-control": "no-store"}
    if scope["path"].startswith(PREFIX):
        return of_status(refusal.status, refusal.why, headers).response(scope)
    if refusal.page:
        return HTMLResponse(refusal.page, refusal.status, headers)
    return PlainTextResponse(f"{refusal.why}\n", refusal.status, headers)
