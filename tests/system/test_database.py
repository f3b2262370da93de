"""An archive in a PostgreSQL database: its server fails, restarts and fills up; nothing is lost."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psycopg
import pytest

from index import build
from index.admin.check import check
from index.admin.export import export
from index.admin.info import as_text, info
from index.errors import ArchiveError, StorageError
from index.store.doors import open_store
from qa import Archive
from tests.support.archives import TEXT, shown, shown_from_scratch, step
from tests.support.fakes import ROOT, FakeEncoder, FakeReader
from tests.support.postgres import SETTINGS, Server, server_with_vectors

RESTARTS = 3
OFFLINE = """
import sys
from index.store.doors import hosts_of, open_store
from qa.server.offline import block_network
where = sys.argv[1]
block_network("127.0.0.1", hosts_of(where))
print(open_store(where).settings.passages, flush=True)
sys.stdin.readline()
"""
SAFE = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "on")


@pytest.fixture
def fragile() -> Iterator[Server]:
    """A server of this test alone, which keeps its data when it crashes."""
    with server_with_vectors({**SETTINGS, **SAFE}) as server:
        yield server


def test_a_build_with_nothing_to_do_publishes_nothing(
    seeds: Path, address: str, encoder: FakeEncoder
) -> None:
    (seeds / "a.txt").write_text(TEXT)
    assert build(seeds, address, encoder=encoder).added == 1
    again = build(seeds, address, encoder=encoder)
    assert (again.added, again.unchanged) == (0, 1)
    assert open_store(address).settings.generation == 1
    assert "generation  1" in as_text(info(address))
    archive = Archive.open(address, encoder=encoder, reader=FakeReader("lighthouse"))  # type: ignore[arg-type]
    answer = archive.answer("What did the keeper of the lighthouse count?")
    assert (answer.text, answer.sentence) == ("lighthouse", TEXT)
    assert archive.where == address
    with pytest.raises(ArchiveError, match="is in a database, not in a folder"):
        _ = archive.folder
    assert [json.loads(line)["id"] for line in export(address)] == ["a.txt"]


class Questions(threading.Thread):
    """Asks on and on; every passage must be verbatim, and only the server's end may be an error."""

    def __init__(self, where: str) -> None:
        super().__init__(daemon=True)
        self.asked, self.lost, self.wrong = 0, 0, list[str]()
        self.ended = threading.Event()
        self._archive = Archive.open(where, encoder=FakeEncoder(), reader=object())  # type: ignore[arg-type]
        self.start()

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                hits = self._archive.search("Who counted ships at the lighthouse?")
                verbatim = [h.article.text[h.passage.start : h.passage.end] for h in hits]
                if not hits or verbatim != [h.passage.text for h in hits]:
                    self.wrong.append(f"{verbatim}")
                self.asked += 1
            except StorageError:
                self.lost += 1
            except BaseException as error:
                self.wrong.append(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize(
    ("how", "times"),
    [
        (signal.SIGINT, RESTARTS),
        (signal.SIGQUIT, RESTARTS),
        pytest.param(signal.SIGINT, 10, marks=pytest.mark.slow),
        pytest.param(signal.SIGQUIT, 10, marks=pytest.mark.slow),
    ],
    ids=["restart", "crash", "restart 10", "crash 10"],
)
def test_a_server_that_ends_under_builds_and_questions(
    seeds: Path, tmp_path: Path, fragile: Server, how: signal.Signals, times: int
) -> None:
    where, chance, encoder = f"{fragile.address()}?archive=news", random.Random(2), FakeEncoder()
    (seeds / "always.txt").write_text(TEXT)
    build(seeds, where, encoder=encoder)
    store, old, cut = open_store(where), shown(where), 0
    questions = Questions(where)
    for _ in range(times):
        for _ in range(3):
            step(seeds, chance)
        (seeds / "always.txt").write_text(TEXT)
        new = shown_from_scratch(seeds, tmp_path / "scratch", encoder)
        failures: list[BaseException] = []

        def build_on(failures: list[BaseException] = failures) -> None:
            try:
                build(seeds, where, encoder=encoder)
            except BaseException as error:
                failures.append(error)

        builder = threading.Thread(target=build_on)
        builder.start()
        time.sleep(chance.uniform(0, 0.15))
        fragile.stop(how)
        builder.join()
        fragile.start()
        cut += len(failures)
        assert all(isinstance(failure, StorageError) for failure in failures), failures
        assert store.settings.passages > 0  # reconnects by itself
        assert shown(where) in (old, new)
        build(seeds, where, encoder=encoder)
        assert shown(where) == new
        assert check(where) == []
        old = new
    while not questions.asked:  # the server is there
        time.sleep(0.02)
    questions.ended.set()
    questions.join()
    assert questions.wrong == []
    print(
        f"{times} restarts, {cut} of the builds cut off, {questions.asked} questions, "
        f"{questions.lost} without an answer while the server was down; lost 0, mixed 0"
    )


def test_without_a_server_there_is_one_sentence(
    seeds: Path, encoder: FakeEncoder, fragile: Server
) -> None:
    where = fragile.address()
    fragile.stop()
    with pytest.raises(StorageError, match="cannot be reached .* start the server"):  # noqa: RUF043
        build(seeds, where, encoder=encoder)


def test_a_database_copied_with_pg_dump_is_the_same_archive(
    seeds: Path, encoder: FakeEncoder, fragile: Server
) -> None:
    chance = random.Random(9)
    for _ in range(8):
        step(seeds, chance)
    where = f"{fragile.address()}?archive=news"
    build(seeds, where, encoder=encoder)
    file = fragile.folder / "data" / "news.dump"
    fragile.run("pg_dump", "-Fc", "-n", "news", "-f", str(file), fragile.address())
    with psycopg.connect(fragile.address(), autocommit=True) as session:
        session.execute("CREATE DATABASE copy")
    with psycopg.connect(fragile.address("copy"), autocommit=True) as session:
        session.execute("CREATE EXTENSION vector")
    fragile.run("pg_restore", "-d", fragile.address("copy"), str(file))
    copied = f"{fragile.address('copy')}?archive=news"
    assert shown(copied) == shown(where)
    assert check(copied) == []
    assert build(seeds, copied, encoder=encoder).unchanged > 0
    assert open_store(copied).settings.generation == 1


def test_two_builders_exclude_each_other_and_readers_wait_for_neither(
    seeds: Path, address: str, encoder: FakeEncoder
) -> None:
    (seeds / "a.txt").write_text(TEXT)
    build(seeds, address, encoder=encoder)
    (seeds / "b.txt").write_text(TEXT.replace("noon", "dusk"))
    inside, leave = threading.Event(), threading.Event()

    class Waiting(FakeEncoder):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            inside.set()
            leave.wait(300)
            return super().passages(texts)

    first = threading.Thread(target=build, args=(seeds, address), kwargs={"encoder": Waiting()})
    first.start()
    assert inside.wait(120)
    with pytest.raises(ArchiveError, match=r"another build of .* is under way"):
        build(seeds, address, encoder=encoder)
    assert open_store(address).settings.passages == 1
    leave.set()
    first.join()
    assert open_store(address).settings.passages == 2


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="needs Linux's /proc")
def test_only_the_servers_of_the_address_are_connected_to(
    seeds: Path, address: str, encoder: FakeEncoder
) -> None:
    """Seen from outside: libpq connects in C, where Python's audit hook does not look."""
    (seeds / "a.txt").write_text(TEXT)
    build(seeds, address, encoder=encoder)
    command = [sys.executable, "-c", OFFLINE, address]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        assert connections(process.pid) == {f"127.0.0.1:{urlsplit(address).port}"}


def connections(process: int) -> set[str]:
    """Return the addresses at the other end of a process's TCP connections over IPv4."""
    folder = Path(f"/proc/{process}")
    sockets = {os.readlink(file) for file in (folder / "fd").iterdir()}
    found = set()
    for line in (folder / "net/tcp").read_text().splitlines()[1:]:
        _, _, remote, _, *_ = fields = line.split()
        if f"socket:[{fields[9]}]" in sockets:
            host, port = remote.split(":")
            found.add(f"{socket.inet_ntoa(bytes.fromhex(host)[::-1])}:{int(port, 16)}")
    return found
