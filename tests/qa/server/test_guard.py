"""What stands before everything that is served, over the real routes of the page."""

import base64
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.server.access import Access, allowed
from qa.server.guard import KEPT, MOST_KEPT, MOST_SENT, MOST_UPLOADED, Rules, swept
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
    access = allowed(["anna"], "127.0.0.1", environment={"ARCHIVE_QA_PASSWORD": "sesame"})
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
        found = chat.post("/gradio_api/run/answer", json=data, headers=known).json()
        assert found["data"][0]["text"] == "312 people"


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
def test_no_file_and_no_other_place_is_served(path: str, chat: TestClient) -> None:
    assert chat.get(path).status_code in (403, 404)


def test_the_archive_s_own_files_are_not_served(chat: TestClient, folder: Path) -> None:
    for file in (folder / "index" / "archive.sqlite", folder / "seeds" / "all.jsonl"):
        assert file.exists()
        assert chat.get(f"/gradio_api/file={file}").status_code == 403


def test_an_uploaded_page_is_never_shown_as_one(chat: TestClient) -> None:
    sent = chat.post("/gradio_api/upload", files={"files": ("../x.html", b"<script></script>")})
    (path,) = sent.json()
    assert path.endswith("/x.html")
    got = chat.get(f"/gradio_api/file={path}")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


def test_browsers_are_told_to_load_nothing_from_elsewhere(chat: TestClient) -> None:
    for path in ("/config", "/gradio_api/info", "/no/such/page"):
        policy = chat.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "frame-ancestors 'self'" in policy


def test_pages_from_elsewhere_are_refused(chat: TestClient) -> None:
    data = {"data": ["Who?", "", "", "", ""]}
    refused = chat.post("/gradio_api/run/answer", json=data, headers={"Origin": "http://e.example"})
    assert refused.status_code == 403


def test_too_much_is_not_even_read(chat: TestClient) -> None:
    join = "/gradio_api/queue/join"
    assert chat.post(join, content=b" " * (MOST_SENT + 1)).status_code == 413
    assert chat.post(join, content=iter([b"{}"])).status_code == 411  # nobody knows how much


def test_where_nothing_can_be_added_nothing_can_be_uploaded(tmp_path: Path) -> None:
    with served(tmp_path, addable=False) as chat:
        sent = chat.post("/gradio_api/upload", files={"files": ("x.txt", b"x")})
        assert sent.status_code == 403
    assert not list((tmp_path / "uploads").iterdir())


def status(rules: Rules, path: str, length: str) -> int | None:
    refused = rules.refusal("POST", path, {"host": "x", "content-length": length})
    return refused.status if refused else None


def test_uploads_are_limited_in_size_and_in_all(tmp_path: Path) -> None:
    rules, path = Rules(Access(), tmp_path), "/gradio_api/upload"
    assert status(rules, path, str(MOST_UPLOADED)) is None
    assert status(rules, f"{path}/", str(MOST_UPLOADED + 1)) == 413
    assert status(rules, path, "-1") == 411
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST_KEPT)
    assert status(rules, path, "1") == 507


def test_what_was_uploaded_is_swept_after_an_hour(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    old, new = tmp_path / "a" / "old", tmp_path / "a" / "new"
    for file in (old, new):
        file.write_bytes(b"12345")
    now = time.time()
    os.utime(old, (now - KEPT - 60, now - KEPT - 60))
    assert swept(tmp_path, now) == 5
    assert not old.exists()
    assert new.exists()
