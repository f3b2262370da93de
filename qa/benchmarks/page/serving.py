"""The chat as people run it, in a process of its own, for as long as it is measured."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArchiveError

STARTS_WITHIN = 300  # seconds
READY = "Chat with the archive at"


@dataclass(frozen=True, slots=True)
class Running:
    """A chat that answers at `address`."""

    address: str
    process: int
    log: Path
    started: float  # time.perf_counter() when its process was begun

    def memory(self) -> float:
        """The memory that it holds, in MB."""
        said = subprocess.run(  # noqa: S603
            ["ps", "-o", "rss=", "-p", str(self.process)],  # noqa: S607
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return int(said.stdout) * 1024 / 1e6

    def failures(self) -> int:
        """How many tracebacks it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Traceback")


@contextmanager
def serving(folder: Path, options: Sequence[str], *, ready: bool = True) -> Iterator[Running]:
    """Run the chat on a free port with these options, its log in `folder`; it is ended after.

    Waits until it says that it serves, unless `ready` is False. Raises ArchiveError when it ends.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    log = folder / "chat.log"
    command = [sys.executable, "-m", "app", "chat", "--port", str(port), *options]
    with log.open("w", encoding="utf-8") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603
        try:
            running = Running(f"http://127.0.0.1:{port}", process.pid, log, started)
            while ready and READY not in log.read_text(encoding="utf-8", errors="replace"):
                if process.poll() is not None or time.perf_counter() - started > STARTS_WITHIN:
                    raise ArchiveError(f"the chat does not start: {log.read_text()[-500:]}")
                time.sleep(0.05)
            yield running
        finally:
            process.terminate()
            process.wait(60)
