"""A build that is killed at any moment leaves the old archive or the new one."""

import contextlib
import datetime
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import ArchiveError, build
from index.admin.check import check
from index.store.doors import Where, folder_of, open_store
from qa import Archive
from tests.support.archives import TEXT, shown, shown_from_scratch, step
from tests.support.fakes import FakeEncoder

ROOT = Path(__file__).parent.parent.parent

KEPT = {f"archive.sqlite{end}" for end in ("", "-wal", "-shm")} | {"build.lock"}  # and a .faiss

# A separate process, so that killed builds share no lock with the tests. It forks for each build,
# which saves the time of imports, and prints the child's process id, then its exit status.
BUILDER = """
import os, sys, time
sys.path.insert(0, {root!r})
from tests.support.fakes import FakeEncoder
import index.store.base.embedding, index.ingest.seed_files
index.store.base.embedding.BATCH = 2
index.ingest.seed_files.SETTLED = {settled}
class Slow(FakeEncoder):
    def passages(self, texts):
        time.sleep(0.001)
        return super().passages(texts)
FakeEncoder().passages(["loads what is loaded once"])
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            index.build({seeds!r}, {index!r}, encoder=Slow())
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Builder:
    """Starts builds in another process and kills them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _read_number(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def run(self, kill_after: float | None = None) -> bool:
        """Build; kill it after some seconds; return whether it had finished by then."""
        assert self._process.stdin is not None
        self._process.stdin.write("build\n")
        self._process.stdin.flush()
        child = self._read_number()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        ended = self._read_number()
        assert ended in (0, signal.SIGKILL), "the build failed by itself"
        return ended == 0


@contextlib.contextmanager
def builder(seeds: Path, index: Where, settled: int) -> Iterator[Builder]:
    program = BUILDER.format(root=str(ROOT), seeds=str(seeds), index=str(index), settled=settled)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "ready\n"
        yield Builder(process)
        process.stdin.close()


def search(index: Where, encoder: FakeEncoder) -> None:
    """Search the archive: every passage found must be verbatim."""
    archive = Archive.open(index, encoder=encoder, reader=object())  # type: ignore[arg-type]
    for hit in archive.search("Who counted ships at the lighthouse?"):
        p = hit.passage
        assert archive.article(p.article_id).text[p.start : p.end] == p.text


Log = tuple[int, list[tuple[str, str, datetime.datetime]]]


def log_of(index: Where) -> Log:
    """The generation, and the earlier versions of articles that it knows of, in order."""
    with open_store(index).snapshot() as snapshot:
        for identity in ("a", "x", "always.txt"):
            days = [version.stated for version in snapshot.versions(identity)]
            assert days == sorted(days, reverse=True)
        log = [(v.article_id, v.digest, v.replaced) for v in snapshot.all_versions()]
        return snapshot.settings.generation, log


def check_log(before: Log, after: Log) -> None:
    """A killed build has logged nothing, a published one all at once."""
    (old, known), (new, log) = before, after
    assert log == known or new > old
    added = [entry for entry in log if entry not in known]
    assert len({replaced for *_, replaced in added}) <= new - old


def kill_at_random(
    seeds: Path, index: str, encoder: FakeEncoder, moments: int, chance: random.Random
) -> None:
    """Change the seeds and kill builds of them, `moments` times in all; check after each."""
    scratch, folder = seeds.parent / "scratch", folder_of(index)
    (seeds / "always.txt").write_text(TEXT)
    settled = chance.choice([-(10**18), 2 * 10**9])  # trust the stamps of young files, or not
    with builder(seeds, index, settled) as killed:
        started = time.perf_counter()
        killed.run()
        longest = 2 * (time.perf_counter() - started)
        old, done = shown(index), 0
        while done < moments:
            for _ in range(chance.randrange(1, 9)):
                step(seeds, chance)
            (seeds / "always.txt").write_text(TEXT)
            new = shown_from_scratch(seeds, scratch, encoder)
            for _ in range(chance.randrange(1, 4)):
                started, log = time.perf_counter(), log_of(index)
                finished = killed.run(kill_after=chance.uniform(0, longest))
                if finished:
                    longest = 0.5 * longest + 0.5 * (time.perf_counter() - started)
                    longest = max(0.01, longest)
                done += not finished
                check_log(log, log_of(index))
                assert shown(index) == (new if finished else old) or shown(index) == new
                assert check(index) == []
                search(index, encoder)
            assert killed.run()
            assert shown(index) == new
            assert check(index) == []
            left = {file.name for file in folder.iterdir()} - KEPT if folder else {"vectors"}
            assert len(left) == 1, "files of killed builds are still there"
            old = new
            time.sleep(0.02)  # more than a tick of the clock that stamps files


def test_killed_at_a_few_moments(seeds: Path, where: str, encoder: FakeEncoder) -> None:
    kill_at_random(seeds, where, encoder, moments=6, chance=random.Random())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_two_hundred_moments(
    seeds: Path, where: str, encoder: FakeEncoder, seed: int
) -> None:
    kill_at_random(seeds, where, encoder, moments=50, chance=random.Random(seed))


def test_killed_in_the_first_build_of_all(
    seeds: Path, where: str, tmp_path: Path, encoder: FakeEncoder
) -> None:
    index = where
    for i in range(30):
        (seeds / f"{i}.txt").write_text(TEXT.format("north", i))
    with builder(seeds, index, 0) as killed:
        for moment in (0.0, 0.01, 0.02):
            killed.run(kill_after=moment)
            try:
                Archive.open(index, encoder=encoder)  # on a busy machine it is killed late
            except ArchiveError as error:
                assert re.search("there is no index|never finished", str(error))  # noqa: PT017
        assert killed.run()
    assert shown(index) == shown_from_scratch(seeds, tmp_path / "scratch", encoder)
    assert check(index) == []


def test_the_lock_of_a_dead_build_locks_nobody_out(
    seeds: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    """The lock's file stays where it was; the system has freed the lock."""
    (seeds / "a.txt").write_text(TEXT)
    with builder(seeds, tmp_path / "index", 0) as killed:
        killed.run(kill_after=0.005)
    (tmp_path / "index").mkdir(exist_ok=True)
    (tmp_path / "index" / "build.lock").write_text("999999 left by a dead process")
    assert build(seeds, tmp_path / "index", encoder=encoder).passages == 1
