"""Entity tags: what is read from one build is the same until the next."""

from functools import cache
from hashlib import blake2b
from importlib import metadata
from typing import Any

from fastapi import Request, Response
from starlette.responses import JSONResponse

from index.store.base.settings import Settings

HEADERS = {"cache-control": "private, no-cache"}  # kept, but asked for each time


@cache
def program_version() -> str:
    """Return the version of this program."""
    return metadata.version("archive-qa")


def entity_tag(settings: Settings) -> str:
    """Return the tag of everything that an index says as this build left it.

    Take it before reading: what is read from a later build then has too old a tag, and is asked
    for again.
    """
    made = (settings.identity, settings.published, settings.generation, program_version())
    return f'W/"{blake2b(repr(made).encode(), digest_size=12).hexdigest()}"'


def tagged(request: Request, tag: str, content: Any) -> Response:
    """Return a response that a client may keep, without a body if it has it already."""
    headers = {**HEADERS, "etag": tag}
    given = request.headers.get("if-none-match", "")
    if tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in given.split(",")]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(content, headers=headers)
