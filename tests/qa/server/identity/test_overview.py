"""What admins see, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.accounts.roles import Role
from qa.server.identity import overview
from tests.support.gates import Door
from tests.support.serving import served


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("door"))


@pytest.fixture(scope="module")
def chat(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("overview"), admission=door.admission) as client:
        yield client


def test_only_an_admin_sees_tokens_and_the_log(chat: TestClient, door: Door) -> None:
    for path in ("/access/tokens", "/access/audit"):
        assert chat.get(path).status_code == 401
        for role in (Role.ASK, Role.ADD):
            response = chat.get(path, headers=door.bearer(role))
            assert response.status_code == 403
            assert "takes admin" in response.json()["error"]
        assert chat.get(path, headers=door.bearer(Role.ADMIN)).status_code == 200
        assert chat.post(path, headers=door.bearer(Role.ADMIN)).status_code == 405
    assert ("ask", "refused") in door.noted()


def test_neither_secrets_nor_digests_are_told(chat: TestClient, door: Door) -> None:
    response = chat.get("/access/tokens", headers=door.bearer(Role.ADMIN))
    assert response.headers["cache-control"] == "no-store"
    tokens = response.json()["tokens"]
    assert [one["name"] for one in tokens] == ["ask", "add", "admin"]
    for one in tokens:
        assert door.tokens.tokens()[one["id"]].digest not in response.text
        assert one["state"] == "valid"


def test_the_log_since_a_day(chat: TestClient, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = door.bearer(Role.ADMIN)
    for who in ("anna", "bob"):
        door.gate.audit.note("asked", who=who)
    assert chat.get("/access/audit?since=2999-01-01", headers=admin).json()["entries"] == []
    assert chat.get("/access/audit?since=x", headers=admin).status_code == 400
    monkeypatch.setattr(overview, "MAX_ENTRIES", 1)
    found = chat.get("/access/audit?since=2020-01-01", headers=admin).json()
    assert (len(found["entries"]), found["more"]) == (1, True)


def test_what_cannot_be_read_is_no_secret_s_leak(
    chat: TestClient, door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "audit.jsonl").mkdir()
    monkeypatch.setattr(door.gate.audit, "file", tmp_path / "audit.jsonl")
    response = chat.get("/access/audit", headers=door.bearer(Role.ADMIN))
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
