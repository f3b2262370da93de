"""Which role an operation asks of the caller: the one place where roles are decided."""

from typing import Any, Literal

from fastapi import Depends, Request

from qa.accounts.roles import Role
from qa.server.identity.visitor import ForbiddenError, visitor_of
from qa.server.problem import REFUSED, Problem


def needs(role: Literal["ask", "add", "admin"], *, did: str = "") -> Any:
    """Return the dependency of operations that take a caller with this role.

    It runs before anything of the request but its headers is used. `did` is what the audit log says
    that the caller did; nothing is noted without it.
    """

    def admitted(request: Request) -> None:
        visitor = visitor_of(request.scope)
        try:
            visitor.demand(Role.of(role))
        except ForbiddenError as error:
            raise Problem(REFUSED, str(error)) from error
        if did:
            visitor.note(did, by=request.url.path)

    return Depends(admitted)
