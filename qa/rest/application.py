"""The REST interface as routes that a server mounts beside its page.

An application of its own, so that neither its document nor its errors mix with Gradio's. The guard
(`qa/server/guard.py`) is before it; further groups of operations are added to ROUTERS.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.question_log.log import REQUEST
from qa.server.problem import DOCS, of_status
from qa.server.request_id import request_id

from .caching import HEADERS
from .docs_page import docs_page
from .document import ADDRESS, PREFIX, document
from .failures import Check, add_handlers, problem_of
from .routes import about, adding, articles, asking, checking, facets, standing, streaming
from .service import Service

ROUTERS = (
    asking.router, streaming.router, articles.router, facets.router, checking.router,
    standing.reading, standing.changing, adding.router, about.router,
)  # fmt: skip
HEALTH = f"{PREFIX}/health"  # which may be open to those without a password
ADDED = {"cross-origin-resource-policy": "same-origin"}
DEFAULT = {"cache-control": "no-store"}  # unless an operation says otherwise


def rest_routes(
    service: Service, *, password: bool = False, tokens: bool = False
) -> list[BaseRoute]:
    """Return the routes of the interface, of its document and of the page made from it.

    Args:
        service: The archive, and what else there is to do here.
        password: Whether the guard takes one, as the document then says.
        tokens: Whether it takes tokens.
    """
    application = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        # within Starlette's own handling of errors, which would log them and answer in plain text
        middleware=[Middleware(Boundary, check=service.archive.check)],
    )
    application.state.service = service
    missing = _missing_here(service)
    for router in ROUTERS:
        if router not in missing:
            application.include_router(router)
    add_handlers(application, service.archive.check)
    described = document(application, password=password, tokens=tokens)
    page = docs_page(described)

    def show_document(request: Request) -> Response:
        return JSONResponse(described, headers=HEADERS)

    def show_page(request: Request) -> Response:
        return Response(page, headers=HEADERS, media_type="text/html")

    return [
        Route(ADDRESS, show_document),
        Route(DOCS, show_page),
        Mount(PREFIX, app=application),
    ]


def _missing_here(service: Service) -> list[APIRouter]:
    """Return the groups of operations that there are not, as there are not on the page."""
    shared = service.standing
    missing = [facets.router] if service.archive.archives else []
    missing += [standing.reading] if shared is None else []
    missing += [standing.changing] if shared is None or not shared.changeable else []
    return missing + ([adding.router] if service.adding is None else [])


class Boundary:
    """What every request passes: pages of other sites are kept out, and no error gets through."""

    def __init__(self, app: ASGIApp, check: Check) -> None:
        self._app, self._check = app, check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        started = False
        REQUEST.set(request_id(scope))

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [
                    *message["headers"],
                    *_missing(Headers(raw=message["headers"])),
                ]
            await send(message)

        if is_of_another_site(scope["method"], Headers(scope=scope)):
            refused = of_status(403, "requests by pages of other sites are refused")
            await refused.response(scope)(scope, receive, send_with_headers)
            return
        if scope["method"] == "HEAD":  # the server leaves out the body
            scope = {**scope, "method": "GET"}
        try:
            await self._app(scope, receive, send_with_headers)
        except ClientDisconnect:  # nobody is there to be answered
            pass
        except Exception as error:
            if started:
                raise
            problem = problem_of(error, scope, self._check)
            await problem.response(scope)(scope, receive, send_with_headers)


def is_of_another_site(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a browser says that a page of another origin makes this request.

    The guard refuses those with an Origin; pictures and scripts that a page embeds have none.
    Following a link is no such request.
    """
    site = headers.get("sec-fetch-site", "none")
    follows_link = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    return site not in ("none", "same-origin") and not follows_link


def _missing(headers: Headers) -> list[tuple[bytes, bytes]]:
    added: dict[str, Any] = {n: v for n, v in {**DEFAULT, **ADDED}.items() if n not in headers}
    return [(name.encode(), value.encode()) for name, value in added.items()]
