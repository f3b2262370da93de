"""Signing in and out on the page, over the real server: cookies, fixation, other sites."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.accounts.roles import Role
from qa.server.identity.sign_in import MAX_FORM
from qa.server.page_language import COOKIE
from tests.support.gates import Door
from tests.support.serving import served

OWN = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    return Door(tmp_path_factory.mktemp("door"))


@pytest.fixture(scope="module")
def running(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("signin"), admission=door.admission) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def chat(running: TestClient, door: Door) -> TestClient:
    running.cookies.clear()
    door.gate.failures._paid.clear()
    return running


def sign_in(chat: TestClient, secret: str, name: str = "", **headers: str) -> int:
    form = {"name": name, "secret": secret}
    return chat.post("/sign-in", data=form, headers={**OWN, **headers}).status_code


def test_a_token_or_a_password_begins_a_session(chat: TestClient, door: Door) -> None:
    for secret, name in ((door.text[Role.ASK], ""), ("sesame", "paul")):
        chat.cookies.clear()
        assert chat.get("/config").status_code == 401
        response = chat.post("/sign-in", data={"secret": secret, "name": name}, headers=OWN)
        assert (response.status_code, response.headers["location"]) == (303, "/")
        cookie = response.headers["set-cookie"]
        assert "HttpOnly; Path=/; SameSite=lax" in cookie
        assert "Max-Age" not in cookie
        assert "Domain" not in cookie
        assert chat.get("/config").json()["title"] == "Archive QA"
    assert ("ask", "signed in") in door.noted()


def test_a_wrong_secret_gets_the_form_again(chat: TestClient) -> None:
    texts = set()
    for name, secret in (("paul", "wrong"), ("nobody", "sesame"), ("", "aqa_x"), ("", "")):
        response = chat.post("/sign-in", data={"secret": secret, "name": name}, headers=OWN)
        assert response.status_code == 401
        assert "set-cookie" not in response.headers
        texts.add(response.text)
    assert len(texts) == 1
    assert 'role="alert"' in texts.pop()


def test_guessing_is_slowed_down(chat: TestClient) -> None:
    statuses = [sign_in(chat, f"guess{number}", "paul") for number in range(15)]
    assert statuses == [401] * 10 + [429] * 5
    response = chat.post("/sign-in", data={"secret": "sesame", "name": "paul"}, headers=OWN)
    assert response.headers["retry-after"] == "30"
    assert "Too many attempts failed" in response.text


def test_a_session_that_somebody_brings_along_is_not_taken_up(chat: TestClient, door: Door) -> None:
    chat.cookies.set("archive_qa", "fixed" * 9, "127.0.0.1")
    assert sign_in(chat, door.text[Role.ASK]) == 303
    first = chat.cookies["archive_qa"]
    assert first != "fixed" * 9
    assert sign_in(chat, door.text[Role.ADD]) == 303
    assert chat.cookies["archive_qa"] != first
    chat.cookies.set("archive_qa", first, "127.0.0.1")
    assert chat.get("/config").status_code == 401  # it has ended


def test_signing_out_ends_the_session_on_the_server(chat: TestClient, door: Door) -> None:
    sign_in(chat, door.text[Role.ASK])
    cookie = chat.cookies["archive_qa"]
    response = chat.post("/sign-out", headers=OWN)
    assert response.status_code == 303
    assert "Max-Age=0" in response.headers["set-cookie"]
    chat.cookies.set("archive_qa", cookie, "127.0.0.1")
    assert chat.get("/config").status_code == 401


def test_a_revoked_token_ends_its_sessions_at_once(chat: TestClient, door: Door) -> None:
    _, text = door.tokens.create("short", Role.ASK)
    sign_in(chat, text)
    assert chat.get("/config").status_code == 200
    door.tokens.revoke("short")
    assert chat.get("/config").status_code == 401
    assert sign_in(chat, text) == 401


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
     {"origin": "null", "sec-fetch-site": "cross-site"}],
)  # fmt: skip
def test_no_other_site_signs_anybody_in_or_out(
    chat: TestClient, door: Door, headers: dict[str, str]
) -> None:
    form = {"secret": door.text[Role.ASK]}
    assert chat.post("/sign-in", data=form, headers=headers).status_code == 403
    assert chat.post("/sign-in", data=form).status_code == 403  # no browser of today
    sign_in(chat, door.text[Role.ASK])
    for path in ("/sign-out", "/gradio_api/run/answer", "/gradio_api/queue/join"):
        assert chat.post(path, json={}, headers=headers).status_code == 403
    assert chat.get("/config").status_code == 200


def test_our_own_form_hides_its_origin(chat: TestClient, door: Door) -> None:
    """Because of our Referrer-Policy, browsers send `Origin: null` with it."""
    hidden = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert sign_in(chat, door.text[Role.ASK], **hidden) == 303


def test_a_token_in_an_address_is_never_accepted(chat: TestClient, door: Door) -> None:
    text = door.text[Role.ADMIN]
    for path in (f"/?token={text}", f"/config?access_token={text}", f"/sign-in?secret={text}",
                 f"/gradio_api/info?authorization=Bearer%20{text}", f"/{text}"):  # fmt: skip
        response = chat.get(path)
        assert response.status_code == (200 if path.startswith("/sign-in") else 401)
        assert "set-cookie" not in response.headers
        assert text not in response.text
    response = chat.post(f"/sign-in?secret={text}", data={"name": ""}, headers=OWN)
    assert response.status_code == 401
    assert text not in door.gate.audit.file.read_text()


@pytest.mark.parametrize("secret", ["x\r\nSet-Cookie: a=b", "\x00", "é" * 100, "%0d%0aA: b", "☃"])
def test_what_is_typed_stays_out_of_headers(chat: TestClient, secret: str) -> None:
    response = chat.post("/sign-in", data={"secret": secret, "name": secret}, headers=OWN)
    assert response.status_code == 401
    assert "set-cookie" not in response.headers
    assert "<p id" in response.text


def test_large_and_strange_forms_are_refused(chat: TestClient) -> None:
    assert chat.post("/sign-in", content=b"a" * (MAX_FORM + 1), headers=OWN).status_code == 413
    for body in (b"\xff\xfe=\xff", b"secret", b"secret=a&secret=b", b"", b"&".join([b"a=b"] * 90)):
        assert chat.post("/sign-in", content=body, headers=OWN).status_code == 401


def test_the_form_can_be_opened_by_its_address(chat: TestClient) -> None:
    response = chat.get("/sign-in", headers={"accept-language": "zh"})
    assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
    assert "令牌或密码" in response.text
    chosen = {"accept-language": "zh", "cookie": f"{COOKIE}=ja", "accept": "text/html"}
    for path in ("/sign-in", "/"):
        assert "トークンまたはパスワード" in chat.get(path, headers=chosen).text


def test_by_https_the_cookie_is_bound_to_the_host(door: Door, tmp_path: Path) -> None:
    with served(tmp_path, admission=door.admission) as client:
        client.base_url = client.base_url.copy_with(scheme="https")
        own = {**OWN, "origin": "https://127.0.0.1"}
        form = {"secret": door.text[Role.ASK]}
        response = client.post("/sign-in", data=form, headers=own, follow_redirects=False)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-archive_qa=")
    assert cookie.endswith("; Secure")
