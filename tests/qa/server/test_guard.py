"""The middleware before everything that is served, over the real routes of the page."""

import base64
import os
import re
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from qa.accounts.roles import Role
from qa.server.embed.box import PATHS
from qa.server.guard import (
    MAX_BODY,
    MAX_PENDING,
    MAX_UPLOAD,
    UPLOAD_LIFETIME,
    Guard,
    Rules,
    remove_expired,
)
from qa.server.identity.access import Access, Refusal, access_for
from qa.server.identity.gate import Caller
from tests.support.gates import Door
from tests.support.quick import quick
from tests.support.serving import served

PUBLIC = ("/gradio_api/startup-events",)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guard")


@pytest.fixture(scope="module")
def chat(folder: Path) -> Iterator[TestClient]:
    with served(folder) as running:
        yield running


def test_without_the_password_nothing_is_served(tmp_path: Path) -> None:
    access = access_for(["anna"], "127.0.0.1", environment={"ARCHIVE_QA_PASSWORD": "sesame"})
    with served(tmp_path, access) as chat:
        routes = [*chat.app.routes]  # type: ignore[attr-defined]
        for included in [route for route in routes if not hasattr(route, "path")]:
            routes += included.original_router.routes
        paths = {re.sub("{.*?}", "x", getattr(route, "path", "/")) for route in routes}
        assert {"/", "/config", "/gradio_api/upload", "/gradio_api/queue/join"} <= paths
        for path in paths - set(PUBLIC):
            for method in ("GET", "POST"):
                assert chat.request(method, path).status_code == 401, path
        secret = base64.b64encode(b"anna:sesame").decode()
        known = {"Authorization": f"Basic {secret}"}
        assert chat.get("/config", headers=known).json()["title"] == "Archive QA"
        data = {"data": ["How many people did the ferry carry?", "", "", "", ""]}
        answer = chat.post("/gradio_api/run/answer", json=data, headers=known).json()
        assert answer["data"][0]["text"] == "312 people"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../index/archive.sqlite",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/file=http://127.0.0.1:1/",
        "/gradio_api/file=HTTPS://127.0.0.1:1/",
        "/gradio_api/file/http://127.0.0.1:1/",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/deep_link?session_hash=x",
        "/monitoring",
        "/monitoring/summary",
    ],
)
def test_neither_files_nor_other_servers_are_served(path: str, chat: TestClient) -> None:
    assert chat.get(path).status_code in (403, 404)


def test_the_archive_s_own_files_are_not_served(chat: TestClient, folder: Path) -> None:
    for file in (folder / "index" / "archive.sqlite", folder / "seeds" / "all.jsonl"):
        assert file.exists()
        assert chat.get(f"/gradio_api/file={file}").status_code == 403


def test_an_uploaded_html_page_is_only_ever_a_download(chat: TestClient) -> None:
    sent = chat.post("/gradio_api/upload", files={"files": ("../x.html", b"<script></script>")})
    (path,) = sent.json()
    assert path.endswith("/x.html")
    got = chat.get(f"/gradio_api/file={path}")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


def test_every_response_forbids_loading_from_elsewhere(chat: TestClient) -> None:
    for path in ("/config", "/gradio_api/info", "/no/such/page"):
        policy = chat.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize("path", ["/", "/gradio_api/startup-events", "/api/v1/archive"])
def test_cookies_that_take_long_to_read_are_refused(path: str) -> None:
    slow = 'a="' + "\\" * 60_000 + '"'
    with quick():
        for rules in (Rules(), Rules(without_password={path})):
            refused = rules.admit("GET", path, {"cookie": slow}, Caller())
            assert isinstance(refused, Refusal)
            assert refused.status == 431
            long = rules.admit("GET", path, {"cookie": "a" * 60_000}, Caller())
            assert not isinstance(long, Refusal)


def test_no_proxy_may_keep_a_response_for_somebody_else(chat: TestClient) -> None:
    for path in ("/config", "/openapi.json", "/no/such/page"):
        kept = chat.get(path).headers["cache-control"]
        assert kept in ("private", "private, no-cache", "no-store", "no-cache"), (path, kept)


def test_pages_of_other_origins_are_refused(chat: TestClient) -> None:
    data = {"data": ["Who?", "", "", "", ""]}
    response = chat.post(
        "/gradio_api/run/answer", json=data, headers={"Origin": "http://e.example"}
    )
    assert response.status_code == 403


def test_large_bodies_are_refused_unread(chat: TestClient) -> None:
    join = "/gradio_api/queue/join"
    assert chat.post(join, content=b" " * (MAX_BODY + 1)).status_code == 413
    assert chat.post(join, content=iter([b"{}"])).status_code == 411  # no Content-Length


def test_a_request_of_two_lengths_is_refused() -> None:
    rules = Rules()
    headers = {"host": "x", "content-length": "2", "transfer-encoding": "chunked"}
    refusal = rules.refusal("POST", "/gradio_api/queue/join", headers)
    assert refusal is not None
    assert refusal.status == 411
    assert rules.refusal("POST", "/gradio_api/queue/join", {"host": "x"}) is None  # no body


def test_requests_below_api_are_refused_by_problem_documents(chat: TestClient) -> None:
    sent = {"Origin": "http://e.example", "X-Request-ID": "mine"}
    for path in ("/api/v1/answer", "/api/v1/docs", "/api/x"):
        refused = chat.get(path, headers=sent)
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["request_id"] == refused.headers["x-request-id"] == "mine"
    assert chat.get("/config", headers=sent).headers["content-type"].startswith("text/plain")


def test_a_read_only_chat_takes_no_uploads(tmp_path: Path) -> None:
    with served(tmp_path, addable=False) as chat:
        sent = chat.post("/gradio_api/upload", files={"files": ("x.txt", b"x")})
        assert sent.status_code == 403
    assert not list((tmp_path / "uploads").iterdir())


def status(rules: Rules, path: str, length: str) -> int | None:
    refusal = rules.refusal("POST", path, {"host": "x", "content-length": length})
    return refusal.status if refusal else None


def test_uploads_are_limited_in_size_and_in_total(tmp_path: Path) -> None:
    rules, path = Rules(Access(), tmp_path), "/gradio_api/upload"
    assert status(rules, path, str(MAX_UPLOAD)) is None
    assert status(rules, f"{path}/", str(MAX_UPLOAD + 1)) == 413
    assert status(rules, path, "-1") == 411
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MAX_PENDING)
    assert status(rules, path, "1") == 507


def test_uploads_expire_after_an_hour(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    old, new = tmp_path / "a" / "old", tmp_path / "a" / "new"
    for file in (old, new):
        file.write_bytes(b"12345")
    now = time.time()
    os.utime(old, (now - UPLOAD_LIFETIME - 60, now - UPLOAD_LIFETIME - 60))
    assert remove_expired(tmp_path, now) == 5
    assert not old.exists()
    assert new.exists()


def test_roles_are_demanded_on_every_way_in(tmp_path: Path) -> None:
    door = Door(tmp_path / "door")
    file = {"files": ("x.txt", b"x")}
    with served(tmp_path, admission=door.admission) as chat:
        for role, expected in ((Role.ASK, 403), (Role.ADD, 200), (Role.ADMIN, 200)):
            own = door.bearer(role)
            for path in ("/gradio_api/upload", "/gradio_api/upload/"):
                sent = chat.post(path, files=file, headers=own, follow_redirects=False)
                assert sent.status_code in (expected, 307 if path.endswith("/") else expected)
            data = {"data": ["How many people did the ferry carry?", "", "", "", ""]}
            answer = chat.post("/gradio_api/run/answer", json=data, headers=own).json()
            assert answer["data"][0]["text"] == "312 people"
    assert [did for who, did in door.noted() if who == "ask"] == ["refused", "refused", "asked"]


def test_a_rebuild_by_gradio_s_queue_takes_the_role_too(tmp_path: Path) -> None:
    door = Door(tmp_path / "door")
    with served(tmp_path, admission=door.admission) as chat:
        config = chat.get("/config", headers=door.bearer(Role.ASK)).json()
        (rebuild,) = [e["id"] for e in config["dependencies"] if e["api_name"] == "rebuild"]
        for role, said in ((Role.ASK, "the role ask may not"), (Role.ADD, "cannot load the enc")):
            own, session = door.bearer(role), f"session{role}"
            join = {"data": [], "fn_index": rebuild, "session_hash": session}
            assert chat.post("/gradio_api/queue/join", json=join, headers=own).status_code == 200
            data = f"/gradio_api/queue/data?session_hash={session}"
            assert said in chat.get(data, headers=own).text  # it would build with another encoder


def test_a_stream_ends_when_its_token_is_revoked(tmp_path: Path) -> None:
    door = Door(tmp_path)

    async def events() -> AsyncIterator[str]:
        yield "one"
        door.tokens.revoke("ask")
        yield "two"

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await StreamingResponse(events())(scope, receive, send)

    rules = door.admission.rules(None, None, frozenset(), [])  # type: ignore[arg-type]
    chat = TestClient(Guard(app, rules))
    assert chat.get("/", headers=door.bearer(Role.ASK)).text == "one"
    door.tokens.create("ask", Role.ASK)
    assert chat.get("/", headers=door.bearer(Role.ADD)).text == "onetwo"  # another's was revoked


def test_the_box_alone_says_itself_who_may_frame_it() -> None:
    rules = Rules(box=PATHS)
    for path in ("/embed", "/embed/abcdefgh"):
        assert rules.is_box(path)
        assert rules.is_open("POST", path)
    for path in ("/", "/embed/", "/embed/../", "/embed/ABCDEFGH", "/embed/abcdefgh/", "/embedx"):
        assert not rules.is_box(path)
        assert not rules.is_open("GET", path)
    assert not Rules().is_box("/embed")
