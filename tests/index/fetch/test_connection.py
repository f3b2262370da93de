"""One connection: pinned to the address that was checked, with limits on size and time."""

import datetime
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from index.fetch import connection
from index.fetch.addresses import parse
from index.fetch.connection import Connection, origin_of
from index.fetch.failures import ForbiddenError, UnavailableError, UnfitError
from index.fetch.response import Response
from tests.support.sites import Reply, Site, serve_site

NAME = "news.example"


def get(address: str, limit: int = 1_000_000, **more: Any) -> Response:
    url = parse(address)
    opened = Connection(url, allow_private=True)
    try:
        return opened.get(url, {"User-Agent": "test"}, limit, **more)
    finally:
        opened.close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let NAME be this machine the first time, and nowhere later; return what was looked up."""
    look_up, asked = socket.getaddrinfo, []

    def answer(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(host)
        if host != NAME:
            return look_up(host, *args, **more)
        assert asked.count(NAME) == 1, "the name was looked up again"
        return look_up("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_response_is_what_came(site: Site) -> None:
    body = gzip.compress(b"Nine ships.")
    site.replies["/a?b=c"] = Reply(body, "text/plain; charset=x", headers={
        "Content-Encoding": "gzip", "X-Folded": "one\r\n two",
    })  # fmt: skip
    response = get(f"{site.address}/a?b=c")
    assert (response.status, response.reason, response.body) == (200, "OK", body)
    assert response.header("content-type") == "text/plain; charset=x"
    assert response.header("x-folded") == "one two"
    assert response.content(100) == b"Nine ships."
    assert site.asked[0].headers["host"] == site.address.removeprefix("http://")


def test_the_connection_goes_to_the_address_that_was_checked(site: Site, names: list[str]) -> None:
    port = site.address.rpartition(":")[2]
    url = parse(f"http://{NAME}:{port}/")
    opened = Connection(url, allow_private=True)
    site.replies["/"] = Reply("Nine ships.", headers={"Connection": "close"})
    for _ in range(2):  # the second time it connects again
        assert opened.get(url, {}, 100).body == b"Nine ships."
    opened.close()
    assert site.asked[1].headers["host"] == f"{NAME}:{port}"
    assert names.count(NAME) == 1


def test_a_name_of_a_private_address_is_refused(names: list[str]) -> None:
    with pytest.raises(ForbiddenError, match=r"is at 127\.0\.0\.1, which is not"):
        Connection(parse(f"http://{NAME}/"))


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        assert get(f"{site.address}/").status == 404
        assert proxy.asked == []


def test_a_body_over_the_limit_is_refused_or_cut(site: Site) -> None:
    site.replies["/"] = Reply(b"a" * 200_000)
    with pytest.raises(UnfitError, match=r"is larger than 0\.1 MB"):
        get(site.address, limit=100_000)
    assert get(site.address, limit=100_000, cut=True).body == b"a" * 100_000
    packed = Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    site.replies["/"] = packed
    with pytest.raises(UnfitError, match="is larger than 10 MB"):
        get(site.address).content(10_000_000)


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 999, b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n", OK[:9],
        OK + b"Content-Length: 99\r\n\r\nshort",
        OK + b"a: b\r\n" * 200 + b"\r\n", OK + b"a: " + b"b" * 100_000,
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\nab",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
    ids=range(11),
)  # fmt: skip
def test_broken_answers_are_named(site: Site, data: bytes) -> None:
    site.replies["/"] = Reply(raw=lambda connection: connection.write(data))
    with pytest.raises(UnavailableError, match=r"did not arrive \("):
        get(site.address)


@pytest.mark.parametrize("head", [b"", OK, OK + b"Content-Length: 9999\r\n\r\n",
    OK + b"Transfer-Encoding: chunked\r\n\r\n", OK + b"\r\n"])  # fmt: skip
def test_an_answer_that_drips_ends_at_the_deadline(
    site: Site, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    def drip(out: Any) -> None:
        out.write(head)
        for _ in range(2400):
            out.write(b"1" if b"chunked" in head else b"x")
            time.sleep(0.05)

    monkeypatch.setattr(connection, "DEADLINE", 0.2)
    site.replies["/"] = Reply(raw=drip)
    started = time.monotonic()
    with pytest.raises(UnavailableError, match=r"took over 0\.2 seconds"):
        get(site.address)
    assert time.monotonic() - started < 60  # it drips for two minutes


def test_silence_ends_a_request(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SILENCE", 0.1)
    site.replies["/"] = Reply(raw=lambda out: time.sleep(0.5))
    with pytest.raises(UnavailableError, match="did not arrive"):
        get(site.address)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(UnavailableError, match="is on a server that cannot be connected to"):
            get(f"http://127.0.0.1:{port}/")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for NAME, with its key, that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, *plain))
    return file


@contextmanager
def tls_server(certificate: Path) -> Iterator[int]:
    """Answer one request over TLS; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer() -> None:
        accepted, _ = listening.accept()
        with accepted:
            try:
                with context.wrap_socket(accepted, server_side=True) as secure:
                    secure.recv(10_000)
                    secure.sendall(OK + b"Content-Length: 4\r\n\r\nRain")
            except OSError:
                return  # the client did not like the certificate

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def test_certificates_are_checked_against_the_name(
    certificate: Path, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(connection, "_tls", lambda: trusting)
    with tls_server(certificate) as port:
        assert get(f"https://{NAME}:{port}/").body == b"Rain"
    with tls_server(certificate) as port, pytest.raises(UnavailableError, match="certificate"):
        get(f"https://127.0.0.1:{port}/")
    monkeypatch.undo()
    with tls_server(certificate) as port, pytest.raises(UnavailableError, match="certificate"):
        get(f"https://localhost:{port}/")


def test_a_handshake_that_drips_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    def drip() -> None:
        accepted, _ = listening.accept()
        with accepted:
            try:
                accepted.sendall(b"\x16\x03\x03\x20\x00")
                for _ in range(2400):
                    accepted.sendall(b"\x00")
                    time.sleep(0.05)
            except OSError:
                return

    monkeypatch.setattr(connection, "DEADLINE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip)
        thread.start()
        started = time.monotonic()
        with pytest.raises(UnavailableError, match=r"took over 0\.2 seconds"):
            get(f"https://127.0.0.1:{listening.getsockname()[1]}/")
        assert time.monotonic() - started < 60  # it drips for two minutes
        thread.join()


def test_origins() -> None:
    assert origin_of(parse("https://Example.org/a")) == "https://example.org:443"
    assert origin_of(parse("http://example.org:81/a")) == "http://example.org:81"
