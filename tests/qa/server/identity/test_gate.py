"""Who sends a request: tokens, passwords, sessions, and failures of all of them."""

import base64
import logging
from pathlib import Path

import pytest

from qa.accounts.roles import Role
from qa.server.identity import gate as module
from qa.server.identity.access import Refusal
from qa.server.identity.gate import (
    BURST,
    Caller,
    caller_of,
    cookie_name,
    same_origin,
    session_id,
)
from qa.server.identity.sessions import Holder
from qa.server.identity.visitor import Visitor
from tests.support.gates import Door

HERE = Caller("192.0.2.1", "id")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def admit(door: Door, headers: dict[str, str], method: str = "GET") -> Visitor | Refusal:
    return door.gate.admit(method, headers, HERE)


def cookie(id: str) -> dict[str, str]:
    return {"cookie": f"archive_qa={id}", "host": "x"}


@pytest.mark.parametrize("role", Role)
def test_a_token_gives_its_role(door: Door, role: Role) -> None:
    for headers in (door.bearer(role), basic("feed reader", door.text[role])):
        visitor = admit(door, headers)
        assert isinstance(visitor, Visitor)
        assert (visitor.name, visitor.role, visitor.session) == (role.word, role, False)
        assert (visitor.address, visitor.request) == ("192.0.2.1", "id")


def test_a_user_may_do_everything(door: Door) -> None:
    visitor = admit(door, basic("paul", "sesame"))
    assert isinstance(visitor, Visitor)
    assert (visitor.name, visitor.role) == ("paul", Role.ADMIN)


def test_no_or_wrong_credentials_are_refused_alike(door: Door) -> None:
    right = door.text[Role.ADMIN]
    wrong = [
        basic("paul", "wrong"), basic("nobody", "sesame"), basic("", ""),
        basic("nobody", right[:-1]),
        {"authorization": f"Bearer {right[:-1]}"}, {"authorization": "Bearer"},
        {"authorization": f"Bearer aqa_aaaaaaaa_{'a' * 43}"}, {"authorization": "Negotiate x"},
        {"authorization": f"Digest {right}"},
    ]  # fmt: skip
    refusals = [admit(door, headers) for headers in wrong]
    assert len(set(map(str, refusals))) == 1
    assert isinstance(refusals[0], Refusal)
    assert refusals[0].status == 401
    assert door.noted().count(("", "refused")) == len(wrong)
    nothing = admit(door, {})
    assert isinstance(nothing, Refusal)
    assert (nothing.status, nothing.page) == (401, "")
    assert ("WWW-Authenticate", 'Bearer realm="Archive QA"') in nothing.headers


def test_every_check_takes_the_same_steps(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name or an id that does not exist costs one comparison of digests, as any other."""
    compared: list[int] = []

    def compare(a: object, b: object) -> bool:
        compared.append(1)
        return a == b

    monkeypatch.setattr("hmac.compare_digest", compare)
    counts = []
    for headers in (
        basic("paul", "wrong"), basic("nobody", "wrong"), basic("paul", f"aqa_aaaaaaaa_{'a' * 43}"),
        {"authorization": "Bearer x"},
        {"authorization": f"Bearer {door.text[Role.ASK][:13]}{'a' * 43}"},
    ):  # fmt: skip
        compared.clear()
        admit(door, headers)
        counts.append(len(compared))
    assert counts == [2] * 5


def test_a_token_for_sites_opens_nothing_here(door: Door) -> None:
    _, text = door.tokens.create("site", Role.ASK, sites=("https://news.example",))
    refusal = admit(door, {"authorization": f"Bearer {text}"})
    assert isinstance(refusal, Refusal)


def test_a_person_gets_a_form(door: Door) -> None:
    refusal = admit(door, {"accept": "text/html,*/*", "accept-language": "zh-CN,zh"})
    assert isinstance(refusal, Refusal)
    assert 'lang="zh-CN"' in refusal.page
    assert 'action="/sign-in"' in refusal.page
    assert "登录" in refusal.page


def test_after_failures_an_address_waits_and_others_do_not(door: Door) -> None:
    for _ in range(BURST):
        admit(door, basic("paul", "wrong"))
    for headers in (basic("paul", "sesame"), basic("paul", "wrong"), {"authorization": "Bearer x"}):
        refusal = admit(door, headers)
        assert isinstance(refusal, Refusal)
        assert refusal.status == 429  # whatever the password is: it is not looked at
        assert refusal.headers == (("Retry-After", "30"),)
    other = door.gate.admit("GET", basic("paul", "sesame"), Caller("192.0.2.2"))
    assert isinstance(other, Visitor)
    for headers in (door.bearer(Role.ASK), cookie(door.gate.sessions.start(Holder(user="paul")))):
        assert isinstance(admit(door, headers), Visitor)  # what cannot be guessed is never slowed
    assert door.noted().count(("", "refused")) == BURST  # nor can failures fill the log


def test_the_log_takes_a_bounded_number_of_failures(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.gate._noted, "_burst", 5)
    for number in range(20):
        door.gate.admit("GET", {"authorization": "Bearer x"}, Caller(f"192.0.2.{number}"))
    assert door.noted().count(("", "refused")) == 5


def test_a_session_is_its_holder_s_while_the_token_is_valid(door: Door) -> None:
    token = door.tokens.find(door.text[Role.ADD])
    assert token
    session = door.gate.sessions.start(Holder(token=token.id))
    visitor = admit(door, cookie(session))
    assert isinstance(visitor, Visitor)
    assert (visitor.name, visitor.role, visitor.session) == ("add", Role.ADD, True)
    door.tokens.revoke("add")
    assert not visitor.may(Role.ASK)  # a request that was let in before, too
    assert isinstance(admit(door, cookie(session)), Refusal)


def test_signing_out_ends_what_is_under_way(door: Door) -> None:
    session = door.gate.sessions.start(Holder(user="paul"))
    visitor = admit(door, cookie(session))
    assert isinstance(visitor, Visitor)
    assert visitor.valid()
    door.gate.sessions.end(session)
    assert not visitor.valid()


def test_with_a_session_only_the_page_itself_changes_things(door: Door) -> None:
    session = cookie(door.gate.sessions.start(Holder(user="paul")))
    for own in ({"sec-fetch-site": "same-origin"}, {"origin": "http://x"}):
        assert isinstance(admit(door, {**session, **own}, "POST"), Visitor)
    for foreign in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
                    {"sec-fetch-site": "none"}):  # fmt: skip
        refusal = admit(door, {**session, **foreign}, "POST")
        assert isinstance(refusal, Refusal)
        assert refusal.status == 403
    assert isinstance(admit(door, session), Visitor)  # a link to the page


def test_an_unreadable_file_lets_no_token_in_and_says_so_once(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.tokens.file.chmod(0o644)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            refusal = admit(door, door.bearer(Role.ADMIN))
            assert isinstance(refusal, Refusal)
            assert refusal.status == 503
            assert str(door.tokens.file) not in refusal.why
    assert caplog.text.count("chmod 600") == 1
    assert isinstance(admit(door, basic("paul", "sesame")), Visitor)


def test_cookies_of_ports_and_of_https_have_names_of_their_own() -> None:
    secure = Caller(secure=True)
    assert cookie_name({"host": "x:7860"}, HERE) == "archive_qa_7860"
    assert cookie_name({"host": "x"}, HERE) == "archive_qa"
    assert cookie_name({"host": "[::1]:7860"}, secure) == "__Host-archive_qa"
    assert session_id({"cookie": "a=b; archive_qa=c", "host": "x"}, HERE) == "c"
    assert session_id({"cookie": "archive_qa=c", "host": "x"}, secure) == ""
    for wrong in ("", ";;;", 'archive_qa="', "\x00=", "archive_qa", "a b=c; [=]"):
        assert session_id({"cookie": wrong, "host": "x"}, HERE) == ""


def test_where_a_request_comes_from() -> None:
    caller = caller_of({"client": ("192.0.2.1", 5), "headers": [], "scheme": "https"})
    assert (caller.address, caller.secure, len(caller.request)) == ("192.0.2.1", True, 32)
    assert caller_of({"headers": []}).address == ""
    assert module.SAFE == ("GET", "HEAD", "OPTIONS")
    assert not same_origin({"sec-fetch-site": "cross-site", "origin": "http://x"})
