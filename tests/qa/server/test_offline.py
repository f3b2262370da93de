"""The running chat connects to no other machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from qa.server.offline import is_remote

ROOT = Path(__file__).parent.parent.parent.parent
TRY = """
import socket, sys
from qa.server.offline import block_network
block_network("192.0.2.7", ["database.invalid"])
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
socket.getaddrinfo("192.0.2.7", 80)
tries = {
    "database": lambda: socket.gethostbyname("database.invalid"),
    "connect": lambda: socket.socket().connect(("192.0.2.1", 80)),
    "look up": lambda: socket.getaddrinfo("example.invalid", 80),
    "look up 2": lambda: socket.gethostbyname("example.invalid"),
    "send": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
}
try:
    socket.getaddrinfo("database.invalid", 5432)
except socket.gaierror:
    print("looked up")
for name, attempt in tries.items():
    try:
        attempt()
    except PermissionError as error:
        print(name, "refused:", error)
"""


@pytest.mark.parametrize("target", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "0.0.0.0", "::"])
def test_this_machine_is_not_remote(target: str) -> None:
    assert not is_remote(target, "192.0.2.7")


@pytest.mark.parametrize(
    "target", ["192.0.2.1", "10.0.0.1", "fe80::1%eth0", "localhost.evil.example"]
)
def test_other_machines_are_remote(target: str) -> None:
    assert is_remote(target, "192.0.2.7")
    assert not is_remote(target, target)


def test_a_process_can_connect_only_to_its_own_machine() -> None:
    done = subprocess.run([sys.executable, "-c", TRY], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split(" refused")[0] for line in done.stdout.splitlines()] == [
        "looked up", "database", "connect", "look up", "look up 2", "send",
    ]  # fmt: skip
