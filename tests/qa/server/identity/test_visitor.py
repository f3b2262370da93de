"""Visitors: what their role lets them do, now."""

from pathlib import Path

import pytest

from qa.accounts.audit_log import AuditLog, read_audit
from qa.accounts.roles import Role
from qa.server.identity.visitor import ForbiddenError, Visitor, put_visitor, visitor_of


def test_whom_no_guard_has_seen_may_only_ask() -> None:
    assert visitor_of({}) == visitor_of({"archive_qa.visitor": "admin"}) == Visitor()
    assert not Visitor().may(Role.ADD)
    scope: dict[str, object] = {}
    put_visitor(scope, Visitor("anna", Role.ADMIN))
    assert visitor_of(scope).name == "anna"


def test_each_role_is_demanded(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    visitor = Visitor("anna", Role.ADD, "192.0.2.1", "id", log)
    visitor.demand(Role.ASK)
    visitor.demand(Role.ADD)
    with pytest.raises(ForbiddenError, match=r"the role add may not see the tokens .* takes admin"):
        visitor.demand(Role.ADMIN)
    (entry,) = read_audit(log.file)
    assert (entry["who"], entry["did"], entry["why"]) == ("anna", "refused", "role add")


def test_who_is_no_longer_valid_may_nothing() -> None:
    valid = True
    visitor = Visitor("anna", Role.ADMIN, valid=lambda: valid)
    visitor.demand(Role.ADMIN)
    valid = False
    with pytest.raises(ForbiddenError, match="no longer signed in"):
        visitor.demand(Role.ASK)


def test_calls_of_programs_are_noted_without_questions(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl")
    visitor = Visitor("anna", Role.ASK, audit=log)
    for name in ("answer", "search", "articles", "facets"):
        visitor.call(name)
    with pytest.raises(ForbiddenError):
        visitor.call("rebuild")
    assert [(entry["did"], entry.get("by")) for entry in read_audit(log.file)] == [
        ("asked", "answer"), ("asked", "search"), ("asked", "facets"), ("refused", None),
    ]  # fmt: skip
