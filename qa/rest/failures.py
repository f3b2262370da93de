"""Errors -> problem documents.

What was wrong with a request is said in full; of a failure of ours only the request's id, by which
the server's log has the rest: messages for the operator name folders and addresses.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from index.errors import ArchiveError, NoIndexError, StorageError, UnknownArticleError
from index.store.base.search_filter import UNSTORABLE
from qa.server.problem import (
    BUSY,
    CONFLICT,
    FAILED,
    INVALID,
    NOT_FOUND,
    UNAVAILABLE,
    Problem,
    of_status,
)
from qa.server.request_id import request_id
from qa.server.request_queue import BusyError, OverdueError
from qa.standing.book import FullError

RETRY = {"retry-after": "5"}  # seconds
MAX_ERRORS, MAX_NAME = 20, 100  # values named in one document, characters of a name in it
# in place of pydantic's words for them
MESSAGES = {
    "missing": "it is required",
    "extra_forbidden": "there is no value of this name",
    "model_attributes_type": "it must be an object",
}
LOG = logging.getLogger("archive_qa.rest")
Check = Callable[[], None]


def problem_of(error: Exception, scope: Scope, check: Check) -> Problem:
    """Return the problem document's content for an error; log it if it is ours.

    `check` raises ArchiveError if the index cannot be read now.
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, BusyError):
        return Problem(BUSY, str(error), headers=RETRY)
    if isinstance(error, OverdueError):
        return Problem(UNAVAILABLE, str(error), headers=RETRY)
    if isinstance(error, FullError):
        return Problem(CONFLICT, str(error))
    if isinstance(error, UnknownArticleError):
        place = {"parameter": "id"} if scope["method"] == "GET" else {"pointer": "#/article"}
        return Problem(NOT_FOUND, str(error), [{"detail": str(error), **place}])
    if isinstance(error, ArchiveError):
        unavailable = isinstance(error, StorageError | NoIndexError) or _fails(check)
        if not unavailable:
            return Problem(INVALID, UNSTORABLE.sub("\ufffd", str(error)))
        LOG.error("request %s: the index cannot be read: %s", request_id(scope), error)
        return Problem(UNAVAILABLE, "the index cannot be read now", headers=RETRY)
    LOG.error("request %s failed", request_id(scope), exc_info=error)
    return Problem(FAILED, f"an error of ours; the server's log has it as {request_id(scope)}")


def add_handlers(application: FastAPI, check: Check) -> None:
    """Let an application answer every error with a problem document."""

    def handle(request: Request, error: Exception) -> Response:
        return problem_of(error, request.scope, check).response(request.scope)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return of_values(error.errors()).response(request.scope)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _of_http(error, request).response(request.scope)

    application.add_exception_handler(ArchiveError, handle)
    application.add_exception_handler(Problem, handle)
    application.add_exception_handler(RequestValidationError, invalid)
    application.add_exception_handler(HTTPException, http)


def of_values(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Return the problem of values that the models refuse, from pydantic's list of errors."""
    named = [_named(error) for error in errors[:MAX_ERRORS]]
    first = named[0]
    where = first.get("pointer") or first.get("parameter")
    where = "the body" if where == "#" else f"'{where}'"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(INVALID, f"{where}: {first['detail']}{more}", named)


def _named(error: Mapping[str, Any]) -> dict[str, str]:
    source, *path = error["loc"]
    message = MESSAGES.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    detail = UNSTORABLE.sub("\ufffd", message)
    names = [UNSTORABLE.sub("\ufffd", str(name))[:MAX_NAME] for name in path]
    if source != "body":
        return {"detail": detail, "parameter": ".".join(names)}
    steps = (name.replace("~", "~0").replace("/", "~1") for name in names)
    return {"detail": detail, "pointer": "".join(("#", *(f"/{step}" for step in steps)))}


def _of_http(error: HTTPException, request: Request) -> Problem:
    if error.status_code == 404:
        return of_status(404, "nothing is at this address: /openapi.json lists what there is")
    if error.status_code == 405:
        return of_status(405, f"{request.method[:20]} cannot be used here", error.headers)
    return of_status(error.status_code, str(error.detail), error.headers)


def _fails(check: Check) -> bool:
    try:
        check()
    except ArchiveError:
        return True
    return False
