"""Which role an operation asks of the caller: the one place where roles are decided.

There are no roles yet: whoever the guard (`qa/server/guard.py`) lets through has all of them.
"""

from typing import Any, Literal

from fastapi import Depends, Request

Role = Literal["ask", "add", "admin"]


def needs(role: Role) -> Any:
    """Return the dependency of operations that take a caller with this role.

    It runs before anything of the request but its headers is used; raise `Problem` to refuse.
    """

    def admitted(request: Request) -> None:
        """The guard has checked the password already, and every user may do everything."""

    return Depends(admitted)
