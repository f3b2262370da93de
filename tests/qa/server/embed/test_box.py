"""The box over the real server: whom it may be framed by, who may ask, and how often."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError
from qa.accounts.roles import Role
from qa.server.admission import Admission
from qa.server.embed.box import MAX_BODY, question_in
from qa.server.identity.access import Access
from tests.support.gates import Door
from tests.support.serving import served

SITES = ("https://news.example", "https://*.other.example")
OWN = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
FERRY = {"question": "How many people did the ferry carry?"}


@pytest.fixture(scope="module")
def open_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A chat that nobody signs in to."""
    admission = Admission(Access(), sites=SITES)
    with served(tmp_path_factory.mktemp("open"), admission=admission) as client:
        yield client


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("door"), SITES)


@pytest.fixture(scope="module")
def chat(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("closed"), admission=door.admission) as client:
        yield client


NUMBERS = iter(range(1000))


def site_token(door: Door, *sites: str) -> tuple[str, str]:
    """Return the name of a new token for sites, and its text."""
    name = f"site{next(NUMBERS)}"
    return name, door.tokens.create(name, Role.ASK, sites=sites or SITES[:1])[1]


def ask(chat: TestClient, path: str, text: str = "", **headers: str) -> Any:
    sent = {**OWN, **({"authorization": f"Bearer {text}"} if text else {}), **headers}
    return chat.post(path, json=FERRY, headers=sent)


def frames(response: Any) -> str:
    policy: str = response.headers["content-security-policy"]
    assert response.headers.get_list("content-security-policy") == [policy]
    return policy.rpartition("frame-ancestors ")[2]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.server.identity.pace.Pace.wait", lambda pace, address: 0)


def test_the_box_of_an_open_chat_is_framed_by_named_sites_alone(open_chat: TestClient) -> None:
    response = open_chat.get("/embed")
    assert frames(response) == "https://news.example https://*.other.example"
    assert "default-src 'none'; style-src 'sha256-" in response.headers["content-security-policy"]
    assert len(response.content) < 8_000
    assert ask(open_chat, "/embed").json()["text"] == "312 people"
    for path in ("/config", "/gradio_api/info", "/embed/abcdefgh/x"):
        assert "frame-ancestors 'self'" in open_chat.get(path).headers["content-security-policy"]
    assert open_chat.get("/embed/abcdefgh").status_code == 404
    foreign = {"origin": "https://news.example"}
    refused = (open_chat.put("/embed", content=b""), open_chat.get("/embed", headers=foreign))
    assert [(one.status_code, frames(one)) for one in refused] == [(405, "'self'"), (403, "'self'")]


def test_without_the_option_there_is_no_box(tmp_path: Path) -> None:
    with served(tmp_path) as plain:
        assert "frame-ancestors 'self'" in plain.get("/embed").headers["content-security-policy"]
        assert plain.post("/embed", json=FERRY, headers=OWN).status_code in (404, 405)


def test_where_people_sign_in_a_box_takes_a_token_for_sites(chat: TestClient, door: Door) -> None:
    name, text = site_token(door, "https://news.example", "https://evil.example")
    path = f"/embed/{text[4:12]}"
    assert frames(chat.get(path)) == "https://news.example"  # not what --embed-from leaves out
    assert ask(chat, path, text).json()["text"] == "312 people"
    assert (name, "asked") in door.noted()
    assert chat.get("/embed").status_code == 404
    assert ask(chat, "/embed", text).status_code == 404


def test_sites_of_a_wildcard_are_named_one_by_one(chat: TestClient, door: Door) -> None:
    _, text = site_token(door, "https://a.other.example")
    assert frames(chat.get(f"/embed/{text[4:12]}")) == "https://a.other.example"
    _, text = site_token(door, "https://another.example")
    response = chat.get(f"/embed/{text[4:12]}")
    assert (response.status_code, frames(response)) == (404, "'none'")


def test_nothing_else_opens_a_box(chat: TestClient, door: Door) -> None:
    _, text = site_token(door)
    _, other = site_token(door)
    path = f"/embed/{text[4:12]}"
    for wrong in ("", other, text[:-1], "x", door.text[Role.ADMIN], f"{text}\u00e9"[:-1] + "!"):
        assert ask(chat, path, wrong).status_code == 401
    admin = door.text[Role.ADMIN]
    assert chat.get(f"/embed/{admin[4:12]}").status_code == 404
    assert ask(chat, f"/embed/{admin[4:12]}", admin).status_code == 404
    assert chat.post(f"{path}?token={text}", json=FERRY, headers=OWN).status_code == 401
    chat.cookies.clear()
    form = {"secret": admin}
    assert chat.post("/sign-in", data=form, headers=OWN, follow_redirects=False).status_code == 303
    assert ask(chat, path).status_code == 401  # a session is not looked at
    assert ask(chat, path, authorization="Basic cGF1bDpzZXNhbWU=").status_code == 401
    chat.cookies.clear()


def test_a_box_s_token_opens_nothing_else(chat: TestClient, door: Door) -> None:
    _, text = site_token(door)
    bearer = {"authorization": f"Bearer {text}"}
    for path in ("/", "/config", "/gradio_api/info", "/access/tokens", "/feeds/x.atom", "/metrics"):
        assert chat.get(path, headers=bearer).status_code == 401
    assert chat.post("/sign-in", data={"secret": text}, headers=OWN).status_code == 401


def test_a_revoked_token_closes_its_box_at_once(
    chat: TestClient, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, text = site_token(door)
    path = f"/embed/{text[4:12]}"

    def answer(question: str) -> object:
        door.tokens.revoke(name)
        return object()

    assert ask(chat, path, text).status_code == 200
    monkeypatch.setattr("qa.archive.Archive.answer", lambda archive, question: answer(question))
    assert ask(chat, path, text).status_code == 401  # while the answer was looked for
    assert ask(chat, path, text).status_code == 404
    assert chat.get(path).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://news.example"}, {"sec-fetch-site": "cross-site"},
     {"origin": "null", "sec-fetch-site": "cross-site"}, {"host": "evil.example"}],
)  # fmt: skip
def test_the_framing_site_itself_cannot_ask(
    chat: TestClient, door: Door, headers: dict[str, str]
) -> None:
    _, text = site_token(door)
    assert ask(chat, f"/embed/{text[4:12]}", text, **headers).status_code == 403


def test_questions_are_limited_for_each_address(
    open_chat: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.server.identity.pace.Pace.wait", lambda pace, address: 7)
    response = ask(open_chat, "/embed")
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")


def test_wrong_requests_get_a_sentence(open_chat: TestClient) -> None:
    json = {"content-type": "application/json", **OWN}
    bodies = (b"", b"[]", b"{}", b'{"question": 5}', b"\xff", b"[" * 10_000, b'{"question": ""}')
    for body in bodies:
        response = open_chat.post("/embed", content=body, headers=json)
        assert response.status_code == 400
        assert response.json()["error"]
    form = open_chat.post("/embed", data={"question": "Who?"}, headers=OWN)
    assert form.status_code == 400
    long = open_chat.post("/embed", json={"question": "a" * 2001}, headers=OWN)
    assert (long.status_code, "2,000" in long.json()["error"]) == (400, True)
    with pytest.raises(ArchiveError, match="at most 20,000"):
        question_in(b"a" * (MAX_BODY + 1), "application/json; charset=utf-8")
    assert open_chat.put("/embed", content=b"", headers=OWN).status_code == 405


def test_an_unreadable_file_of_tokens_closes_the_box(chat: TestClient, door: Door) -> None:
    _, text = site_token(door)
    door.tokens.file.chmod(0o644)
    try:
        assert chat.get(f"/embed/{text[4:12]}").status_code == 503
        assert ask(chat, f"/embed/{text[4:12]}", text).status_code == 503
    finally:
        door.tokens.file.chmod(0o600)
