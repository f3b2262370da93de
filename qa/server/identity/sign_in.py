"""`/sign-in` and `/sign-out`: a person's token or password becomes a session of the page.

The cookie is HttpOnly and SameSite=Lax: scripts cannot read it, and no other site's page can send
it, neither with a form or a script nor from inside a frame; only a link to the page bears it.
"""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from qa.chat.small_pages.document import sign_in_html
from qa.server.page_language import page_language

from .access import Refusal
from .gate import Gate, caller_of, cookie_name, same_origin, session_id
from .visitor import visitor_of

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
MAX_FORM = 4_000  # bytes
NO_STORE = {"cache-control": "no-store"}


def sign_in_routes(gate: Gate) -> list[Route]:
    """Return the routes; the guard has checked the host and the origin of requests."""

    async def sign_in(request: Request) -> Response:
        headers = request.headers
        language = page_language(headers)
        if request.method in ("GET", "HEAD"):
            return HTMLResponse(sign_in_html(language), headers=NO_STORE)
        if not same_origin(headers):
            return PlainTextResponse("sign in on the page itself\n", 403)
        body = await request.body()
        if len(body) > MAX_FORM:
            return PlainTextResponse("the form is too large\n", 413)
        fields = parse_qs(body.decode(errors="replace"))
        name, secret = (fields.get(key, [""])[0].strip() for key in ("name", "secret"))
        caller = caller_of(request.scope)
        found = gate.identify(name, secret, caller)
        if isinstance(found, Refusal):
            page = sign_in_html(language, "slow" if found.status == 429 else "wrong")
            return HTMLResponse(page, found.status, {**dict(found.headers), **NO_STORE})
        gate.sessions.end(session_id(headers, caller))  # another one begins, under a new id
        response = RedirectResponse("/", 303, NO_STORE)
        _set_cookie(response, request, gate.sessions.start(found))
        signed_in = found.user or (token.name if (token := gate.tokens.valid(found.token)) else "")
        gate.audit.note("signed in", who=signed_in, where=caller.address, request=caller.request)
        return response

    async def sign_out(request: Request) -> Response:
        gate.sessions.end(session_id(request.headers, caller_of(request.scope)))
        visitor_of(request.scope).note("signed out")
        response = RedirectResponse("/", 303, NO_STORE)
        _set_cookie(response, request, "")
        return response

    return [
        Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
        Route(SIGN_OUT, sign_out, methods=["POST"]),
    ]


def _set_cookie(response: Response, request: Request, value: str) -> None:
    """Set the cookie until the browser ends, or take it away."""
    caller = caller_of(request.scope)
    response.set_cookie(
        cookie_name(request.headers, caller), value, max_age=None if value else 0, path="/",
        secure=caller.secure, httponly=True, samesite="lax",
    )  # fmt: skip
