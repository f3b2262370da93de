"""Building on a real Ray cluster of two workers: the same archive as without, whoever dies."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index import build
from index.store.doors import begin_build, open_store
from qa.benchmarks.page.serving import free_port
from tests.support.fakes import ROOT, FakeEncoder

pytest.importorskip("ray", reason="the extra cluster is not installed")
pytestmark = pytest.mark.slow  # a cluster takes 20 seconds to start

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from index import build
from index.ingest.engine import Reader
from index.ingest.ray_cluster import cluster
from index.ingest.seed_files import SeedFolder
from tests.support.fakes import FakeEncoder

def die_once(flag):
    try:
        os.close(os.open(flag, os.O_CREAT | os.O_EXCL))  # one of two that come at once
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)

class Mortal(FakeEncoder):
    def __init__(self, folder):
        self.folder = folder
    def passages(self, texts):
        with open(f"{self.folder}/embedded", "a") as log:
            print(len(texts), os.getpid(), file=log)
        if self.folder.endswith("killed"):
            die_once(f"{self.folder}/died")
        if self.folder.endswith("driver"):
            time.sleep(0.5)
        return self.queries(texts)

class MortalSeeds(SeedFolder):
    def __reduce__(self):
        return MortalSeeds, (self.source,)
    def open(self, path):
        if path == "bad.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        if path == "05.txt":
            die_once(f"{self.source.parent}/read")
        return super().open(path)
"""
SHORT = """
from index.ingest import ray_cluster
ray_cluster.SHORT = sys.argv[-1]
"""
BUILD = """
print(build(sys.argv[1], sys.argv[2], encoder=Mortal(sys.argv[3]), ray="local:2"))
"""
READ = """
seeds = MortalSeeds(Path(sys.argv[1]))
paths = sorted(seeds.files())
reader = Reader(seeds, 128, "")
with cluster("local:2") as engine:
    read = engine.reading(reader, iter(paths))
    for path in paths:
        for item in read(path):
            print(path, item[0].text if isinstance(item, tuple) else item.why)
"""


def sentences(name: str, count: int) -> str:
    return " ".join(
        f"Ship {name}-{n} left port {n * 7} with {n} tons of grain." for n in range(count)
    )


def run(program: str, *arguments: object) -> list[str]:
    command = [sys.executable, "-c", PROGRAM + program, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    # Ray prints that a worker died
    return [line for line in done.stdout.splitlines() if "(raylet)" not in line]


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder for Ray's files, whose paths must be short; a killed driver leaves them there."""
    folder = Path(tempfile.mkdtemp(prefix="", dir="/tmp"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def fleet(seeds: Path) -> Path:
    for n in range(40):
        (seeds / f"{n:02}.txt").write_text(sentences(str(n), 20))
    lines = ({"id": f"line {n}", "text": sentences(f"l{n}", 5)} for n in range(700))
    (seeds / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return seeds


def contents(index: Path) -> list[object]:
    with open_store(index).snapshot() as snapshot:
        return [*snapshot.articles(), *snapshot.all_passages()]


def embedded(log: Path) -> list[int]:
    """The sizes of the batches that workers began to embed."""
    file = log / "embedded"
    lines = file.read_text().splitlines() if file.exists() else []
    return [int(line.split()[0]) for line in lines]


def nearest(index: Path) -> list[float]:
    (vector,) = FakeEncoder().queries(["Ship 7-3 left port 21"])
    with open_store(index).snapshot() as snapshot:
        return [score for _, score in snapshot.nearest(vector, 20)]


def test_a_killed_worker_changes_nothing(fleet: Path, tmp_path: Path) -> None:
    (log := tmp_path / "killed").mkdir()
    plain = build(fleet, tmp_path / "plain", encoder=FakeEncoder())
    (line,) = run(BUILD, fleet, tmp_path / "index", log)
    assert line.startswith(
        f"740 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; {plain.passages} "
    )
    assert contents(tmp_path / "index") == contents(tmp_path / "plain")
    assert np.allclose(nearest(tmp_path / "index"), nearest(tmp_path / "plain"), atol=1e-3)
    assert (log / "died").exists()
    assert plain.passages < sum(embedded(log)) <= plain.passages + 64  # its batch was repeated
    with begin_build(tmp_path / "index") as writer:
        assert writer.count_not_embedded() == 0


def test_a_file_that_kills_its_workers_is_refused_and_the_others_are_read(fleet: Path) -> None:
    (fleet / "bad.txt").write_text("Anything.")
    lines = run(READ, fleet)
    bad = [line for line in lines if line.startswith("bad.txt ")]
    assert bad == ["bad.txt cannot be read: 4 workers of the cluster died of it"]
    assert (fleet.parent / "read").exists()
    expected = [f"{n:02}.txt {sentences(str(n), 20)}" for n in range(40)]
    expected += [*bad, *(f"many.jsonl {sentences(f'l{n}', 5)}" for n in range(700))]
    assert lines == expected


def test_a_killed_driver_is_started_again_where_it_stopped(
    fleet: Path, tmp_path: Path, short: Path
) -> None:
    (log := tmp_path / "driver").mkdir()
    arguments = map(str, (fleet, tmp_path / "index", log, short))
    driver = subprocess.Popen([sys.executable, "-c", PROGRAM + SHORT + BUILD, *arguments], cwd=ROOT)
    while len(embedded(log)) < 6 and driver.poll() is None:
        time.sleep(0.01)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    before = len(embedded(log))
    (line,) = run(BUILD, fleet, tmp_path / "index", log)
    assert line.startswith("740 added")
    with open_store(tmp_path / "index").snapshot() as snapshot:
        passages = snapshot.count_passages()
    assert sum(embedded(log)[before:]) < passages  # what was embedded before the kill was kept


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def head(short: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address for Ray's clients of a cluster that runs already, with two workers."""
    # or "auto" would take 127.0.0.1 for another address of this machine, where nothing listens
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    # a token of its own: Ray gives the user's, if there is one, to the cluster but not to clients
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    port, client = free_port(), free_port()
    command = [
        str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", "--num-cpus=2",
        "--node-ip-address=127.0.0.1", f"--port={port}", f"--ray-client-server-port={client}",
        "--include-dashboard=false", "--disable-usage-stats", f"--temp-dir={short}",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        while running.poll() is None and not listens(client):
            time.sleep(0.2)
        monkeypatch.setenv("RAY_ADDRESS", f"127.0.0.1:{port}")  # "auto"
        yield f"ray://127.0.0.1:{client}"
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def test_a_running_cluster_is_joined(head: str, fleet: Path, tmp_path: Path) -> None:
    for address in ("auto", head):
        (log := tmp_path / address[:4]).mkdir()
        program = BUILD.replace("local:2", address)
        (line,) = run(program, fleet, log / "index", log)
        assert line.startswith("740 added, 0 changed, 0 removed, 0 unchanged, 0 skipped; ")
    assert contents(tmp_path / "auto" / "index") == contents(tmp_path / "ray:" / "index")


@pytest.mark.skipif(shutil.which("ss") is None, reason="ss is not installed")
def test_nothing_listens_on_the_network_and_nothing_is_left_behind(short: Path) -> None:
    program = """
with cluster("local:1") as engine:
    print(engine.workers, len(os.listdir(sys.argv[1])))
    sys.stdout.flush()
    ours = f"ray|gcs_server|pid={os.getpid()},"
    os.system(f"ss -ltnpH | grep -E '{ours}' | awk '{{print $4}}'")
"""
    first, *addresses = run(SHORT + program, short)
    assert first == "1 1"
    assert addresses
    hosts = [address.removeprefix("[::ffff:") for address in addresses]  # IPv4 in an IPv6 socket
    assert [host for host in hosts if not host.startswith("127.")] == []
    assert os.listdir(short) == []
