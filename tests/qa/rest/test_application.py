"""What every request passes, over the routes of the whole server."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import StorageError
from qa.rest.application import HEALTH, is_of_another_site
from qa.server.guard import MAX_BODY
from qa.server.identity.access import access_for
from tests.support.serving import application, served

PROBLEM = "application/problem+json"


def test_the_document_is_ours_and_gradio_s_addresses_stay(chat: TestClient) -> None:
    assert chat.get("/openapi.json").json()["info"]["title"] == "Archive QA"
    assert chat.get("/config").json()["title"] == "Archive QA"
    assert "/api/v1/answer" not in chat.get("/gradio_api/openapi.json").text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/", 404),
        ("GET", "/api/v1/archive/", 404),  # no redirect to an address that a Host header names
        ("GET", "/api/v1/../../config", 404),
        ("GET", "/api/v1/answer", 405),
        ("DELETE", "/api/v1/archive", 405),
        ("TRACE", "/api/v1/archive", 405),
        ("X" * 500, "/api/v1/archive", 405),
    ],
)
def test_what_is_not_there_is_a_problem(
    method: str, path: str, status: int, chat: TestClient
) -> None:
    response = chat.request(method, path.replace("..", "%2e%2e"))
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    document = response.json()
    assert document["status"] == status
    assert document["instance"].startswith("/api/v1")
    assert (status == 405) == ("allow" in response.headers)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("abc-1.2:3/x+y=@", True),
        ("x" * 128, True),
        ("x" * 129, False),
        ("", False),
        ("-a", False),
        ("a b", False),
        ('a"<b>', False),
        ("a\u00e9", False),
    ],
)
def test_a_request_has_one_id_everywhere(sent: str, kept: bool, chat: TestClient) -> None:
    response = chat.get("/api/v1/nothing", headers=[(b"X-Request-ID", sent.encode("latin-1"))])
    (identity,) = response.headers.get_list("x-request-id")
    assert response.json()["request_id"] == identity
    assert (identity == sent) is kept
    assert re.fullmatch(r"[\x21-\x7e]{1,128}", identity)


def test_head_is_get_without_a_body(chat: TestClient) -> None:
    head = chat.head("/api/v1/articles")
    got = chat.get("/api/v1/articles")
    assert head.status_code == 200
    for name in ("etag", "content-length", "content-type"):
        assert head.headers[name] == got.headers[name]
    assert chat.head("/api/v1/answer").status_code == 405
    assert chat.head("/api/v1/article?id=nowhere").status_code == 404


def test_two_ids_are_none(chat: TestClient) -> None:
    response = chat.get(HEALTH, headers=[("X-Request-ID", "a"), ("X-Request-ID", "b")])
    assert response.headers["x-request-id"] not in ("a", "b")


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"Origin": "http://127.0.0.1"}, False),
        ({"Origin": "http://elsewhere.example"}, True),
        ({"Origin": "null"}, True),  # a sandboxed frame
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, True),  # a picture
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),  # a link
    ],
)
def test_pages_of_other_sites_are_kept_out(
    headers: dict[str, str], refused: bool, chat: TestClient
) -> None:
    response = chat.get("/api/v1/articles", headers=headers)
    assert response.status_code == (403 if refused else 200)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    if refused:
        assert response.json()["type"] == "/api/v1/docs#problem-refused"
        assert "The ferry" not in response.text
    else:
        assert response.headers["cross-origin-resource-policy"] == "same-origin"


def test_another_site_cannot_post_a_form() -> None:
    assert is_of_another_site(
        "POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    )


def test_a_large_body_is_refused_unread(chat: TestClient) -> None:
    large = chat.post("/api/v1/answer", content=b" " * (MAX_BODY + 1))
    assert (large.status_code, large.headers["content-type"]) == (413, PROBLEM)
    unknown = chat.post("/api/v1/answer", content=iter([b"{}"]))  # Transfer-Encoding: chunked
    assert (unknown.status_code, unknown.json()["type"]) == (411, "/api/v1/docs#problem-length")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    access = access_for(["anna"], "127.0.0.1", environment={"ARCHIVE_QA_PASSWORD": "sesame"})
    folder = tmp_path_factory.mktemp("guarded")
    with served(folder, access, without_password={HEALTH}) as client:
        yield client


def test_the_password_covers_everything_but_what_is_opened(guarded: TestClient) -> None:
    assert guarded.get(HEALTH).json() == {"status": "ok"}
    assert guarded.get("/openapi.json").status_code == 401
    document = guarded.get("/openapi.json", auth=("anna", "sesame")).json()
    assert document["security"] == [{"password": []}]
    operations = [
        (method, path) for path, item in document["paths"].items() if path != HEALTH
        for method in item
    ]  # fmt: skip
    assert len(operations) == 15  # those of standing questions are only where there is a list
    for method, path in [*operations, ("get", "/api/v1/docs"), ("post", HEALTH)]:
        refused = guarded.request(method, path)
        assert refused.status_code == 401
        assert "www-authenticate" in refused.headers
        if path.startswith("/api"):
            assert refused.headers["content-type"] == PROBLEM
    asked = guarded.post(
        "/api/v1/answer",
        json={"question": "How many people did the ferry carry?"},
        auth=("anna", "sesame"),
    )
    assert asked.json()["text"] == "312 people"


@pytest.mark.parametrize(
    ("error", "status"), [(StorageError("/secret: disk"), 503), (RuntimeError("/secret"), 500)]
)
def test_a_failure_of_ours_says_only_its_id(
    error: Exception,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    made = application(tmp_path)
    monkeypatch.setattr(made.archive, "explain", fail)
    with TestClient(made.app, "http://127.0.0.1") as client:
        sent = {"X-Request-ID": "mine-1"}
        response = client.post("/api/v1/search", json={"question": "ferry"}, headers=sent)
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert "secret" not in response.text
    assert response.json()["request_id"] == "mine-1"
    assert "mine-1" in caplog.text
    assert "secret" in caplog.text
