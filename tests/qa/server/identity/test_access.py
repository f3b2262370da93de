"""Users, hosts and origins: which requests are refused, and with which status."""

import base64
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.server.identity.access import Access, access_for
from qa.server.identity.passwords import PASSWORD_VARIABLE


def basic(name: str, password: str) -> dict[str, str]:
    """Return the headers of a request by a user."""
    credentials = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"host": "127.0.0.1:7860", "authorization": f"Basic {credentials}"}


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file with a password, readable by its owner only."""
    path = tmp_path / "password"
    path.write_text("öffne dich: bitte\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def status(access: Access, headers: dict[str, str]) -> int | None:
    refusal = access.refusal(headers)
    return refusal.status if refusal else None


def test_without_users_everybody_is_admitted() -> None:
    assert status(access_for([], "0.0.0.0"), {"host": "192.0.2.7:7860"}) is None


def test_a_user_must_know_the_password(password_file: Path) -> None:
    access = access_for([f"anna:{password_file}"], "0.0.0.0")
    assert status(access, basic("anna", "öffne dich: bitte")) is None
    refusal = access.refusal({"host": "192.0.2.7:7860"})
    assert refusal is not None
    assert refusal.status == 401
    assert refusal.headers[0][0] == "WWW-Authenticate"
    for headers in (
        basic("anna", "öffne dich: bitte\n"),
        basic("anna", ""),
        basic("Anna", "öffne dich: bitte"),
        basic("", "öffne dich: bitte"),
        basic("berta", ""),
        {"host": "x", "authorization": "Basic"},
        {"host": "x", "authorization": "Basic %%%"},
        {"host": "x", "authorization": "Basic /w=="},
        {"host": "x", "authorization": "Basic ü"},
        {"host": "x", "authorization": "Bearer YW5uYQ=="},
    ):
        assert status(access, headers) == 401


def test_a_password_may_come_from_the_environment() -> None:
    access = access_for(["anna"], "127.0.0.1", environment={PASSWORD_VARIABLE: "sesame"})
    assert status(access, basic("anna", "sesame")) is None
    assert status(access, basic("anna", "simsalabim")) == 401


def test_several_users_have_passwords_of_their_own(password_file: Path) -> None:
    environment = {PASSWORD_VARIABLE: "sesame"}
    access = access_for([f"anna:{password_file}", "berta"], "::", environment=environment)
    assert status(access, basic("anna", "öffne dich: bitte")) is None
    assert status(access, basic("berta", "sesame")) is None
    assert status(access, basic("anna", "sesame")) == 401


def test_passwords_are_not_kept_in_plain_text(password_file: Path) -> None:
    users = access_for([f"anna:{password_file}"], "127.0.0.1").users
    assert b"bitte" not in b"".join(users.values())


def test_an_entry_without_a_user_name_is_an_error() -> None:
    with pytest.raises(ArchiveError, match="':file' names no user"):
        access_for([":file"], "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:7860", None),
        ("localhost:7860", None),
        ("LOCALHOST", None),
        ("[::1]:7860", None),
        ("evil.example:7860", 403),  # its owner can let it resolve to 127.0.0.1
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_a_local_server_answers_only_to_local_names(host: str, expected: int | None) -> None:
    assert status(access_for([], "127.0.0.1"), {"host": host}) == expected
    assert status(access_for([], "127.0.0.1", ["evil.example"]), {"host": "evil.example"}) is None


def test_a_refused_host_is_named_with_the_option_that_admits_it() -> None:
    refusal = access_for([], "127.0.0.1").refusal({"host": "news.example"})
    assert refusal is not None
    assert refusal.why == "the host name 'news.example' is refused: admit it with --name"


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("http://127.0.0.1:7860", None),
        ("http://127.0.0.1:9999", 403),
        ("http://evil.example", 403),
        ("null", 403),
        ("", 403),
        ("https://news.example", 403),
    ],
)
def test_pages_of_other_origins_are_refused(origin: str, expected: int | None) -> None:
    headers = {"host": "127.0.0.1:7860", "origin": origin}
    assert status(access_for([], "127.0.0.1"), headers) == expected
    assert status(access_for([], "0.0.0.0"), headers) == expected


def test_a_proxy_s_name_is_admitted() -> None:
    access = access_for([], "127.0.0.1", ["News.example"])
    for host in ("127.0.0.1:7860", "news.example"):
        assert status(access, {"host": host, "origin": "https://news.example"}) is None
        assert status(access, {"host": host, "origin": "https://evil.example"}) == 403


def test_an_origin_that_is_no_address_is_refused() -> None:
    access = access_for([], "127.0.0.1")
    assert status(access, {"host": "127.0.0.1:7860", "origin": "http://["}) == 403
