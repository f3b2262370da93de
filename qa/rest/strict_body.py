"""Bodies of requests: JSON in UTF-8 and nothing else, read strictly.

Python's parser takes more than JSON (NaN, two members of one name, other encodings), and what two
programs read differently is a way around checks.
"""

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from qa.server.problem import MALFORMED, MEDIA, Problem

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        """Return the body's value. Raises Problem if it is no JSON in UTF-8."""
        if not hasattr(self, "_value"):
            self._value = parse(await self.body())
        return self._value


class StrictRoute(APIRoute):
    """A route that refuses bodies that are no JSON."""

    def get_route_handler(self) -> Handler:
        """Return the handler of a request."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            if self.body_field is not None:
                check_media_type(request)
            try:
                return await handler(StrictRequest(request.scope, request.receive))
            except Exception as error:
                # FastAPI takes what is raised while it parses a body for a 400 of its own
                if isinstance(error.__cause__, Problem):
                    raise error.__cause__ from None
                raise

        return handle


def check_media_type(request: Request) -> None:
    """Raise Problem unless a request declares a JSON body that is not compressed."""
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    if message.get_content_type() != "application/json":
        given = request.headers.get("content-type", "none")[:80]
        raise Problem(MEDIA, f"the Content-Type is '{given}': send application/json")
    charset = message.get_param("charset", "utf-8")
    if str(charset).lower() not in ("utf-8", "utf8"):
        raise Problem(MEDIA, f"the charset is '{str(charset)[:40]}': send UTF-8")
    if (coding := request.headers.get("content-encoding", "identity")) != "identity":
        raise Problem(MEDIA, f"the Content-Encoding is '{coding[:40]}': send it uncompressed")


def parse(body: bytes) -> Any:
    """Return the value of a JSON text.

    >>> parse(b'{"k": 3}')
    {'k': 3}

    Raises:
        Problem: It is not UTF-8, not JSON, nested too deeply, or names a member twice.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"it is not UTF-8 at byte {error.start}") from None
    try:
        return json.loads(
            text, parse_constant=_constant, parse_float=_finite, object_pairs_hook=_members
        )
    except json.JSONDecodeError as error:
        raise _malformed(f"{error.msg} at character {error.pos}") from None
    except RecursionError:
        raise _malformed("it is nested too deeply") from None
    except ValueError:  # an integer of more digits than Python converts
        raise _malformed("a number is too large") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _malformed("an object has two members of one name")
    return members


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise _malformed("a number is too large")
    return value


def _constant(name: str) -> NoReturn:
    raise _malformed(f"{name} is no JSON value")


def _malformed(why: str) -> Problem:
    return Problem(MALFORMED, f"the body cannot be read as JSON: {why}")
