"""Who may ask, and from where."""

import base64
from pathlib import Path

import pytest

from index.errors import ArchiveError
from qa.server.access import PASSWORD, Access, allowed


def basic(name: str, password: str) -> dict[str, str]:
    secret = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"host": "127.0.0.1:7860", "authorization": f"Basic {secret}"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a password, for its owner alone."""
    path = tmp_path / "password"
    path.write_text("öffne dich: bitte\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def status(access: Access, headers: dict[str, str]) -> int | None:
    refused = access.refusal(headers)
    return refused.status if refused else None


def test_without_users_everybody_may_ask() -> None:
    assert status(allowed([], "0.0.0.0"), {"host": "192.0.2.7:7860"}) is None


def test_with_a_user_only_who_knows_the_password_may(file: Path) -> None:
    access = allowed([f"anna:{file}"], "0.0.0.0")
    assert status(access, basic("anna", "öffne dich: bitte")) is None
    refused = access.refusal({"host": "192.0.2.7:7860"})
    assert refused is not None
    assert refused.status == 401
    assert refused.headers[0][0] == "WWW-Authenticate"
    for headers in (
        basic("anna", "öffne dich: bitte\n"),
        basic("anna", ""),
        basic("Anna", "öffne dich: bitte"),
        basic("", "öffne dich: bitte"),
        basic("berta", ""),
        {"host": "x", "authorization": "Basic"},
        {"host": "x", "authorization": "Basic %%%"},
        {"host": "x", "authorization": "Basic /w=="},
        {"host": "x", "authorization": "Bearer YW5uYQ=="},
    ):
        assert status(access, headers) == 401


def test_a_password_can_come_from_the_environment() -> None:
    access = allowed(["anna"], "127.0.0.1", environment={PASSWORD: "sesame"})
    assert status(access, basic("anna", "sesame")) is None
    assert status(access, basic("anna", "simsalabim")) == 401


def test_there_may_be_several_users(file: Path) -> None:
    access = allowed([f"anna:{file}", "berta"], "::", environment={PASSWORD: "sesame"})
    assert status(access, basic("anna", "öffne dich: bitte")) is None
    assert status(access, basic("berta", "sesame")) is None
    assert status(access, basic("anna", "sesame")) == 401


def test_no_password_is_kept_as_it_is(file: Path) -> None:
    assert b"bitte" not in b"".join(allowed([f"anna:{file}"], "127.0.0.1").users.values())


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (b"", 0o600, "is empty"),
        (b"\n", 0o600, "1 lines"),
        (b"one\ntwo\n", 0o600, "has 2 lines"),
        (b"\xff\xfe", 0o600, "it is not UTF-8 text"),
        (b"sesame", 0o604, "everybody on this machine can read"),
    ],
)
def test_a_password_s_file_must_be_one_line_and_private(
    content: bytes, mode: int, said: str, file: Path
) -> None:
    file.write_bytes(content)
    file.chmod(mode)
    with pytest.raises(ArchiveError, match=said) as raised:
        allowed([f"anna:{file}"], "127.0.0.1")
    assert "sesame" not in str(raised.value)


def test_what_is_no_user_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        allowed([f"anna:{tmp_path / 'none'}"], "127.0.0.1")
    tmp_path.chmod(0o700)
    with pytest.raises(ArchiveError, match="Is a directory"):
        allowed([f"anna:{tmp_path}"], "127.0.0.1")
    with pytest.raises(ArchiveError, match="names no user"):
        allowed([":file"], "127.0.0.1")
    with pytest.raises(ArchiveError, match=f"no password for 'anna'.*{PASSWORD}"):
        allowed(["anna"], "127.0.0.1", environment={})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:7860", None),
        ("localhost:7860", None),
        ("LOCALHOST", None),
        ("[::1]:7860", None),
        ("evil.example:7860", 403),  # its owner may have it point to 127.0.0.1
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_this_machine_is_asked_by_its_own_names_alone(host: str, expected: int | None) -> None:
    assert status(allowed([], "127.0.0.1"), {"host": host}) == expected
    assert status(allowed([], "127.0.0.1", ["evil.example"]), {"host": "evil.example"}) is None


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
def test_pages_from_elsewhere_may_not_ask(origin: str, expected: int | None) -> None:
    headers = {"host": "127.0.0.1:7860", "origin": origin}
    assert status(allowed([], "127.0.0.1"), headers) == expected
    assert status(allowed([], "0.0.0.0"), headers) == expected


def test_a_proxy_s_name_can_be_told() -> None:
    access = allowed([], "127.0.0.1", ["News.example"])
    for host in ("127.0.0.1:7860", "news.example"):
        assert status(access, {"host": host, "origin": "https://news.example"}) is None
        assert status(access, {"host": host, "origin": "https://evil.example"}) == 403
