"""Files and builds over HTTP: what the page does, with its limits, for those who may add."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.store.doors import begin_build
from qa.accounts.audit_log import AuditLog, read_audit
from qa.accounts.roles import Role
from qa.accounts.token_file import TokenFile
from qa.rest.routes.adding import rebuild
from qa.rest.service import Adding, Service
from qa.server.admission import Admission
from qa.server.endpoints.api import request_queue
from qa.server.guard import UPLOAD_LIFETIME, UPLOADS
from qa.server.identity.access import Access
from qa.server.identity.gate import Gate
from qa.server.problem import Problem
from qa.server.request_queue import BusyError, RequestQueue
from tests.support.serving import served

FILES, REBUILD = "/api/v1/files", "/api/v1/rebuild"
FOG = b"Fog came in over the quay at noon."


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[TestClient]:
    with served(tmp_path) as client:
        yield client


def test_a_file_is_added_and_read(chat: TestClient, tmp_path: Path) -> None:
    added = chat.post(FILES, params={"name": "../../fog bank.txt"}, content=FOG)
    assert (added.status_code, added.json()) == (200, {"saved_as": "fog-bank.txt"})
    again = chat.post(FILES, params={"name": "fog-bank.txt"}, content=FOG)
    assert again.json() == {"saved_as": "fog-bank-2.txt"}
    assert (tmp_path / "seeds" / "fog-bank.txt").read_bytes() == FOG
    report = chat.post(REBUILD).json()
    assert (report["added"], report["unchanged"], report["skipped"]) == (2, 2, [])
    found = chat.get("/api/v1/article", params={"id": "fog-bank.txt"}).json()
    assert found["text"] == FOG.decode()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.zip", FOG, "files of this kind are not taken"),
        ("a.exe", FOG, "files of this kind are not taken"),
        ("a.pdf", FOG, "'a.pdf' was not added"),
        ("a.txt", b"", "'a.txt' was not added"),
        ("", FOG, "at least 1 character"),
    ],
)
def test_what_holds_no_article_is_refused(
    name: str, content: bytes, why: str, chat: TestClient, tmp_path: Path
) -> None:
    refused = chat.post(FILES, params={"name": name}, content=content)
    assert (refused.status_code, why in refused.json()["detail"]) == (422, True)
    assert os.listdir(tmp_path / "seeds") == ["all.jsonl"]


def test_files_have_the_limits_of_the_page(chat: TestClient, tmp_path: Path) -> None:
    large = chat.post(FILES, params={"name": "a.txt"}, content=b"x" * (UPLOADS[FILES] + 1))
    assert (large.status_code, large.json()["type"]) == (413, "/api/v1/docs#problem-too-large")
    chat.post(FILES, params={"name": "a.txt"}, content=FOG)
    (kept,) = (tmp_path / "uploads").iterdir()  # counts as sent within the last hour
    past = time.time() - UPLOAD_LIFETIME - 60
    os.utime(kept, (past, past))
    chat.post(FILES, params={"name": "b.txt"}, content=FOG)
    assert not kept.exists()


def test_a_build_that_cannot_be_is_a_conflict(chat: TestClient, tmp_path: Path) -> None:
    with begin_build(tmp_path / "index"):
        refused = chat.post(REBUILD)
    assert (refused.status_code, "under way" in refused.json()["detail"]) == (409, True)


class Full(RequestQueue):
    """Turns that are all taken."""

    async def run(self, work: Any) -> Any:
        raise BusyError("full")


def test_a_second_build_is_a_conflict(tmp_path: Path) -> None:
    adding = Adding(tmp_path, tmp_path, Full(1, 0))
    archive: Any = None  # that is never reached
    with pytest.raises(Problem, match="another build is under way") as raised:
        asyncio.run(rebuild(Service(archive, request_queue(), None, adding)))
    assert raised.value.kind.status == 409


def test_where_nothing_can_be_added_there_is_no_such_operation(tmp_path: Path) -> None:
    with served(tmp_path, addable=False) as chat:
        assert chat.post(REBUILD).status_code == 404
        assert chat.post(FILES, params={"name": "a.txt"}, content=FOG).status_code == 403
        assert not {FILES, REBUILD} & set(chat.get("/openapi.json").json()["paths"])


def test_who_may_only_ask_adds_nothing(tmp_path: Path) -> None:
    tokens, audit = TokenFile(tmp_path / "tokens.json"), AuditLog(tmp_path / "audit.jsonl")
    asks, adds = (tokens.create(role.word, role)[1] for role in (Role.ASK, Role.ADD))
    admission = Admission(Access(), Gate(Access(), tokens, audit))
    with served(tmp_path, admission=admission) as chat:
        for token, status in ((asks, 403), (adds, 200)):
            known = {"Authorization": f"Bearer {token}"}
            sent = chat.post(FILES, params={"name": "a.txt"}, content=FOG, headers=known)
            built = chat.post(REBUILD, headers=known)
            assert (sent.status_code, built.status_code) == (status, status)
            assert (tmp_path / "seeds" / "a.txt").exists() == (status == 200)
    noted = [(e["who"], e["did"], e.get("by")) for e in read_audit(audit.file)]
    assert noted == [
        ("ask", "refused", None), ("ask", "refused", None),
        ("add", "added", FILES), ("add", "rebuilt", REBUILD),
    ]  # fmt: skip
