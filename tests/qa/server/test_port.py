"""Ports that the server can use, and those that it cannot."""

import socket

import pytest

from index.errors import ArchiveError
from qa.benchmarks.page.serving import free_port
from qa.server.port import check_port


def test_a_free_port_is_left_free() -> None:
    port = free_port()
    check_port("127.0.0.1", port)
    check_port("localhost", port)


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ArchiveError, match=f"port {port} is taken.*--port"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 0, "port 0 does not exist: choose one from 1 to 65535"),
        ("127.0.0.1", 65536, "port 65536 does not exist"),
        ("192.0.2.1", 7860, "cannot listen on port 7860 of '192.0.2.1'"),  # for documentation only
        ("::2", 7860, "cannot listen on port 7860 of '::2'"),
        ("", 70000, "port 70000 does not exist"),
    ],
)
def test_an_unusable_address_is_an_error(host: str, port: int, message: str) -> None:
    with pytest.raises(ArchiveError, match=message):
        check_port(host, port)
