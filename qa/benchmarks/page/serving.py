"""Run the chat in a process of its own while it is measured."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError

START_TIMEOUT = 300  # seconds
READY = "Chat with the archive at"


@dataclass(frozen=True, slots=True)
class RunningChat:
    """A chat process that serves at `address`."""

    address: str
    process: int
    log: Path
    started: float  # time.perf_counter() when the process was started

    def memory(self) -> float:
        """Return its resident memory in MB."""
        done = subprocess.run(  # noqa: S603
            ["ps", "-o", "rss=", "-p", str(self.process)],  # noqa: S607
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return int(done.stdout) * 1024 / 1e6

    def tracebacks(self) -> int:
        """Return how many tracebacks it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Traceback")


def free_port() -> int:
    """Return a free port that the system gives to nobody else before a server has started."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)  # below those that it chooses by itself
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def run_chat(folder: Path, options: Sequence[str], *, ready: bool = True) -> Iterator[RunningChat]:
    """Run the chat on a free port with these options and its log in `folder`.

    Waits until it serves, unless `ready` is False. The process is ended on exit.

    Raises:
        ArchiveError: It ended, or did not serve within START_TIMEOUT.
    """
    port = free_port()
    log = folder / "chat.log"
    command = [sys.executable, "-m", "app", "chat", "--port", str(port), *options]
    with log.open("w", encoding="utf-8") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603
        try:
            running = RunningChat(f"http://127.0.0.1:{port}", process.pid, log, started)
            while ready and READY not in log.read_text(encoding="utf-8", errors="replace"):
                if process.poll() is not None or time.perf_counter() - started > START_TIMEOUT:
                    raise ArchiveError(f"the chat did not start: {log.read_text()[-500:]}")
                time.sleep(0.05)
            yield running
        finally:
            process.terminate()
            process.wait(60)
