"""What tests share: no network, a deterministic encoder, and small archives."""

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.support.fakes import ROOT, FakeEncoder

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import psycopg
import pytest

from index import BuildReport, build
from index.ingest.reading import read_articles
from tests.support.builds import AsNobody, Make
from tests.support.postgres import Server, server_with_vectors
from tests.support.reading import Read

# A seed file: text, bytes, or the lines of a .jsonl; None: no file.
Content = str | bytes | list[dict[str, Any]] | None
NUMBERS = itertools.count()
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def _no_network(event: str, args: tuple[object, ...]) -> None:
    """Refuse every connection and name look-up that leaves the machine."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # else a Unix socket
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if isinstance(host, str) and host and not host.startswith(LOOPBACK):
        raise RuntimeError(f"a test tried to reach {host}: nothing here may leave the machine")


sys.addaudithook(_no_network)
# A shell that starts the tests in the background has them ignore interrupts, and so would the
# programs that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write one file and read it."""

    def run(name: str, content: str | bytes) -> list[Any]:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_articles(file, name))

    return run


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """An empty seeds folder."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


@pytest.fixture
def make(request: pytest.FixtureRequest, seeds: Path, tmp_path: Path, encoder: FakeEncoder) -> Make:
    """Write files into the seeds folder (None removes one) and build; return the report.

    The index is in `where` for tests that use this, else in a folder.
    """
    everywhere = "where" in request.fixturenames
    place = request.getfixturevalue("where") if everywhere else tmp_path / "index"

    def run(files: Mapping[str, Content], **options: Any) -> BuildReport:
        for name, content in files.items():
            file = seeds / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                file.unlink()
            elif isinstance(content, bytes):
                file.write_bytes(content)
            elif isinstance(content, str):
                file.write_text(content, encoding="utf-8", newline="")
            else:
                lines = (json.dumps(line, ensure_ascii=False) for line in content)
                file.write_text("\n".join(lines), encoding="utf-8")
        return build(seeds, place, **{"encoder": encoder, **options})

    return run


@pytest.fixture
def as_nobody(tmp_path: Path) -> AsNobody:
    """Call a function as a user who owns nothing; return its result or error as text."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o5 != 0o5:
            folder.chmod(folder.stat().st_mode | 0o5)

    def run(action: Callable[[], object]) -> str:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:  # whatever happens here must not run pytest a second time
            try:
                if os.geteuid() == 0:
                    os.setgroups([])
                    os.setgid(65534)
                    os.setuid(65534)
                result = str(action())
            except BaseException as error:
                result = f"{type(error).__name__}: {error}"
            finally:
                os.write(writer, result.encode())
                os._exit(0)
        os.close(writer)
        with open(reader, encoding="utf-8") as pipe:
            result = pipe.read()
        os.waitpid(child, 0)
        return result

    return run


@pytest.fixture(params=["folder", "database"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where there is no index yet, for a test of every store."""
    if request.param == "folder":
        return str(tmp_path / "index")
    return str(request.getfixturevalue("address"))


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two real seeds, indexed with the real encoder."""
    folder = tmp_path_factory.mktemp("real") / "index"
    build(ROOT / "seeds", folder)
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of our own."""
    with server_with_vectors() as server:
        yield server


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an archive that is not there yet, in a schema that is dropped afterwards.

    In the database that ARCHIVE_QA_TEST_POSTGRES names, else on a server of our own.
    """
    database = os.environ.get("ARCHIVE_QA_TEST_POSTGRES")
    if not database:
        database = request.getfixturevalue("server").address()
    archive = f"test_{os.getpid()}_{next(NUMBERS)}"
    yield f"{database}{'&' if '?' in database else '?'}archive={archive}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {archive}, {archive}_earlier CASCADE")
