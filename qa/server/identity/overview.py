"""`/access/tokens` and `/access/audit`: what an admin may see, as JSON. They change nothing."""

from collections.abc import Callable
from itertools import islice

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from index.errors import ArchiveError, StorageError
from qa.accounts.audit_command import day
from qa.accounts.audit_log import read_audit
from qa.accounts.roles import Role
from qa.accounts.token_command import described

from .gate import Gate
from .visitor import ForbiddenError, visitor_of

MAX_ENTRIES = 10_000
HEADERS = {"cache-control": "no-store"}


def overview_routes(gate: Gate) -> list[Route]:
    """Return the routes; each demands an admin."""

    def tokens(request: Request) -> object:
        return {"tokens": [described(token) for token in gate.tokens.tokens().values()]}

    def audit(request: Request) -> object:
        entries = read_audit(gate.audit.file, day(request.query_params.get("since")))
        found = [*islice(entries, MAX_ENTRIES + 1)]
        return {"entries": found[:MAX_ENTRIES], "more": len(found) > MAX_ENTRIES}

    return [
        Route("/access/tokens", _for_admins(tokens)),
        Route("/access/audit", _for_admins(audit)),
    ]


def _for_admins(values: Callable[[Request], object]) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        try:
            visitor_of(request.scope).demand(Role.ADMIN)
            return JSONResponse(values(request), headers=HEADERS)
        except StorageError:
            return JSONResponse({"error": "it cannot be read: see the server"}, 503)
        except ForbiddenError as error:
            return JSONResponse({"error": str(error)}, 403)
        except ArchiveError as error:
            return JSONResponse({"error": str(error)}, 400)

    return respond
