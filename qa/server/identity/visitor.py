"""Whoever sends a request: a name, a role, and where from. The guard puts one into each request.

What a role may do is demanded where it is done, by one line, whichever way the request came:
`visitor_of(request.scope).demand(Role.ADD)`.
"""

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from index.errors import ArchiveError
from qa.accounts.audit_log import AuditLog
from qa.accounts.roles import Role

# What the audit log has of the calls of programs; other endpoints only list
NOTED = {
    "answer": "asked", "answer_earlier": "asked", "search": "asked", "search_earlier": "asked",
    "check_draft": "asked", "facets": "asked", "rebuild": "rebuilt",
    "add_standing_question": "watched", "remove_standing_question": "unwatched",
}  # fmt: skip
CHANGING = frozenset({"rebuild", "add_standing_question", "remove_standing_question"})
KEY = "archive_qa.visitor"  # in the ASGI scope of a request
MAY = {
    Role.ASK: "ask questions",
    Role.ADD: "add files, rebuild or change standing questions",
    Role.ADMIN: "see the tokens and the audit log",
}


class ForbiddenError(ArchiveError):
    """The visitor's role does not allow what was asked for."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request; one that no guard has seen may do least."""

    name: str = ""  # of the token or the user; "" if nobody signs in here
    role: Role = Role.ASK
    address: str = ""
    request: str = ""  # the id of the request, in its response's header x-request-id
    audit: AuditLog | None = None
    valid: Callable[[], bool] = lambda: True  # whether it may still see responses
    session: bool = False  # whether a cookie says who it is, as on the page

    def may(self, role: Role) -> bool:
        """Whether this visitor may do now what takes this role."""
        return self.role >= role and self.valid()

    def demand(self, role: Role) -> None:
        """Raise ForbiddenError unless this visitor may do now what takes this role."""
        if self.may(role):
            return
        self.note("refused", why=f"role {self.role.word}" if self.valid() else "no longer valid")
        if not self.valid():
            raise ForbiddenError("you are no longer signed in: the token was revoked or expired")
        raise ForbiddenError(
            f"a token with the role {self.role.word} may not {MAY[role]}: that takes {role.word}"
        )

    def call(self, name: str) -> None:
        """Demand the role that the endpoint `name` for programs takes, and note its use.

        Raises:
            ForbiddenError: The visitor has not the role.
        """
        self.demand(Role.ADD if name in CHANGING else Role.ASK)
        if did := NOTED.get(name):
            self.note(did, by=name)

    def note(self, did: str, **details: str) -> None:
        """Add to the audit log, if one is kept, what this visitor did."""
        if self.audit is not None:
            self.audit.note(did, who=self.name, where=self.address, request=self.request, **details)


def visitor_of(scope: Mapping[str, Any]) -> Visitor:
    """Return who sent the request with this ASGI scope."""
    found = scope.get(KEY)
    return found if isinstance(found, Visitor) else Visitor()


def put_visitor(scope: MutableMapping[str, Any], visitor: Visitor) -> None:
    """Say in an ASGI scope who sent the request."""
    scope[KEY] = visitor
