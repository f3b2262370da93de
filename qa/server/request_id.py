"""Request ids: by which a client, an answer to it and a log speak of the same request.

A client may send its own as `X-Request-ID`; one of another form is replaced, because it is written
into headers and logs.
"""

import re
import uuid
from typing import Any

from starlette.types import Scope

HEADER = "x-request-id"
FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}")


def request_id(scope: Scope) -> str:
    """Return the id of a request: the client's if there is one of the right form, else a new one.

    It is kept in the request's state, so that every caller gets the same.
    """
    state: dict[str, Any] = scope.setdefault("state", {})
    if "request_id" not in state:
        given = [v.decode("latin-1") for k, v in scope["headers"] if k.lower() == HEADER.encode()]
        valid = len(given) == 1 and FORM.fullmatch(given[0])
        state["request_id"] = given[0] if valid else uuid.uuid4().hex
    return str(state["request_id"])
