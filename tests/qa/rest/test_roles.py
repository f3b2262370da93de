"""Every operation but that of health asks for a role."""

from pathlib import Path

import pytest
from fastapi import Request
from fastapi.routing import APIRoute

from qa.accounts.audit_log import AuditLog
from qa.accounts.roles import Role
from qa.rest.application import ROUTERS
from qa.rest.roles import needs
from qa.server.identity.visitor import Visitor, put_visitor
from qa.server.problem import Problem


def test_every_operation_but_health_needs_a_role() -> None:
    admitted = needs("ask").dependency.__qualname__
    open_to_all = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        and admitted not in {d.dependency.__qualname__ for d in route.dependencies if d.dependency}
    ]
    assert open_to_all == ["/health"]


def asked_by(visitor: Visitor) -> Request:
    scope = {"type": "http", "method": "POST", "path": "/answer", "headers": []}
    put_visitor(scope, visitor)
    return Request(scope)


def test_a_caller_without_the_role_is_refused() -> None:
    with pytest.raises(Problem, match="may not see the tokens") as refused:
        needs("admin").dependency(asked_by(Visitor(role=Role.ADD)))
    assert refused.value.kind.status == 403
    needs("add").dependency(asked_by(Visitor(role=Role.ADD)))


def test_what_a_caller_does_is_noted(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    visitor = Visitor("anna", Role.ASK, audit=AuditLog(file))
    needs("ask").dependency(asked_by(visitor))
    assert not file.exists()
    needs("ask", did="asked").dependency(asked_by(visitor))
    assert '"anna"' in file.read_text()
