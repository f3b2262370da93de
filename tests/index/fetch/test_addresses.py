"""Only public addresses of the web are connected to, however they are written."""

import contextlib
import socket

import pytest

from index.fetch.addresses import is_public, parse, port_of, resolve
from index.fetch.failures import ForbiddenError, UnavailableError


@pytest.mark.parametrize(
    ("address", "base", "parsed"),
    [
        ("HTTPS://Example.ORG:443/A%7eb?q=ü#part", "", "https://example.org/A%7Eb?q=%C3%BC"),
        ("http://example.org", "", "http://example.org/"),
        ("http://example.org.:8080/a", "", "http://example.org:8080/a"),
        ("../b", "https://example.org/a/c", "https://example.org/b"),
        ("//other.example/a", "https://example.org/", "https://other.example/a"),
        ("https://zürich.example/", "", "https://xn--zrich-kva.example/"),
        ("https://[2606:4700::1]/a", "", "https://[2606:4700::1]/a"),
        (" https://example.org/a\n", "", "https://example.org/a"),
    ],
)
def test_addresses_are_normalised(address: str, base: str, parsed: str) -> None:
    assert str(parse(address, base)) == parsed


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)",
        "gopher://example.org/", "data:text/html,a", "http://", "http:///a", "http://?a",
        "http://user@example.org/", "http://user:secret@example.org/",
        "http://example.org\\@127.0.0.1/", "http://example.org/a\r\nHost: b", "http://a b/",
        "http://example.org:99999/", "http://example.org:x/", "http://exa$mple.org/",
        "http://a..b/", "http://\ud800/", "http://[::1/",
        "http://example.org/\x00", "http://example.org/" + "a" * 2000, "http://\uff0e\uff0e/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(ForbiddenError):
        parse(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
        "2002:0a00:0001::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1",
        "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.215.14",
        "172.32.0.1",
        "2606:4700::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]",
     "%31%32%37.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"],
)  # fmt: skip
def test_other_spellings_of_this_machine_are_refused(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, look_up = parse(f"http://{host}:8080/"), socket.getaddrinfo

    def as_the_c_library(name: str, port: int, **more: int) -> object:
        with contextlib.suppress(OSError):
            name = socket.inet_ntoa(socket.inet_aton(name))
        return look_up(name, port, **more)

    monkeypatch.setattr(socket, "getaddrinfo", as_the_c_library)
    with pytest.raises(ForbiddenError, match="which is not a public address"):
        resolve(url)


def answers(*addresses: str) -> object:
    kinds = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
    return [
        (kind, socket.SOCK_STREAM, 6, "", (address, 80))
        for kind, address in zip(kinds, addresses, strict=True)
    ]


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answers("93.184.215.14", "2606:4700::1", "10.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    with pytest.raises(ForbiddenError, match=r"is at 10\.0\.0\.1, which is not a public"):
        resolve(parse("http://news.example/"))
    assert resolve(parse("http://news.example/"), allow_private=True)[2] == "10.0.0.1"


def test_a_host_that_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(UnavailableError, match="has a host that is not known"):
        resolve(parse("http://news.example/"))


def test_ports() -> None:
    assert [port_of(parse(f"{a}/")) for a in ("http://a", "https://a", "http://a:81")] == [
        80,
        443,
        81,
    ]
