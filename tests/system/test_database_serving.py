"""Chats over one archive in a database: several beside a builder, and what they connect to."""

import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from index import build
from index.store.doors import open_store
from qa.benchmarks.page.serving import READY, START_TIMEOUT, RunningChat, free_port, run_chat
from tests.support.fakes import ROOT
from tests.system.test_meanwhile import write

pytestmark = pytest.mark.slow  # real models, in several processes
CHATS, CLIENTS, SECONDS, BUILDS = 3, 2, 40, 8
QUESTION = "How many ships did the keeper of the north lighthouse count?"
# Groups: port and host; both are empty for IPv6, which nothing here listens to
CONNECT = re.compile(
    r'(?:connect|sendto)\(.*?(?:sin_port=htons\((\d+)\), sin_addr=inet_addr\("(.*?)"\)|AF_INET6)'
)


def run(client: httpx.Client, name: str, *values: Any) -> Any:
    response = client.post(f"/gradio_api/run/{name}", json={"data": [*values, "", "", "", ""]})
    assert response.status_code == 200, response.text
    (result,) = response.json()["data"]
    return result


class Asking:
    """One client that asks a chat until it is told to stop, and what it saw."""

    def __init__(self, chat: RunningChat, stop: threading.Event) -> None:
        self.seconds: list[float] = []
        self.seen: list[int] = []  # builds, in order
        self.wrong: list[str] = []
        self._chat, self._stop = chat, stop
        self.thread = threading.Thread(target=self._ask)
        self.thread.start()

    def _ask(self) -> None:
        with httpx.Client(base_url=self._chat.address, timeout=120) as client:
            while not self._stop.is_set():
                try:
                    started = time.perf_counter()
                    hits = run(client, "search", QUESTION, 30)
                    self.seconds.append(time.perf_counter() - started)
                    builds = {int(hit["text"].split()[2]) for hit in hits}
                    answer = run(client, "answer", QUESTION)
                    builds_then = {int(c["text"].split()[2]) for c in answer["citations"]}
                except Exception as error:  # what must not happen, whatever it is
                    self.wrong.append(f"{type(error).__name__}: {error}")
                    continue
                seen = [*self.seen[-1:], *builds, *builds_then]
                if len(builds) != 1 or len(builds_then) != 1 or seen != sorted(seen):
                    self.wrong.append(f"{builds}, {builds_then} after {self.seen[-1:]}")
                self.seen += seen[-1:]


def test_three_read_only_chats_beside_one_builder(
    seeds: Path, address: str, tmp_path: Path
) -> None:
    chance = random.Random(1)
    write(seeds, 1, chance)
    build(seeds, address)
    with ExitStack() as running:
        chats = []
        for number in range(CHATS):
            (folder := tmp_path / str(number)).mkdir()
            options = ["--read-only", "--index", address]
            chats.append(running.enter_context(run_chat(folder, options)))
        stop = threading.Event()
        asking = [Asking(chat, stop) for chat in chats for _ in range(CLIENTS)]
        n, end = 1, time.monotonic() + SECONDS
        while n < BUILDS or time.monotonic() < end:
            n += 1
            write(seeds, n, chance)
            build(seeds, address)
        time.sleep(5)
        stop.set()
        for one in asking:
            one.thread.join()
        assert [one.wrong for one in asking if one.wrong] == []
        assert [one.seen[-1] for one in asking] == [n] * len(asking)  # without a restart
        for chat in chats:
            assert httpx.get(f"{chat.address}/healthz").status_code == 200
            assert chat.tracebacks() == 0
        seconds = sorted(second for one in asking for second in one.seconds)
        print(
            f"{CHATS} chats, {len(asking)} clients, {n} builds, {len(seconds)} searches and as "
            f"many answers, 0 errors; searches p50 {1000 * statistics.median(seconds):.0f} ms, "
            f"p95 {1000 * seconds[int(0.95 * len(seconds))]:.0f} ms; "
            f"memory {', '.join(f'{chat.memory():.0f}' for chat in chats)} MB"
        )


@pytest.fixture
def traced(address: str, seeds: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A chat whose every connection is written to a file, and that file."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    for file in (ROOT / "seeds").iterdir():
        shutil.copy(file, seeds)
    build(seeds, address)
    trace, log, port = tmp_path / "trace", tmp_path / "log", str(free_port())
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace)]
    command += [sys.executable, "-m", "app", "chat", "--port", port, "--read-only"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--index", address],
            cwd=ROOT, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
        try:
            end = time.monotonic() + START_TIMEOUT
            while READY not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < end, log.read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}", trace
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # the chat too, which outlives its strace
            process.wait(60)


def test_a_chat_connects_to_the_hosts_of_its_address_alone(
    traced: tuple[str, Path], address: str
) -> None:
    """Seen from outside, with its threads and libraries: nothing is asked of any name server."""
    where, trace = traced
    with httpx.Client(base_url=where, timeout=120) as client:
        assert run(client, "answer", "Which golfer signed the golf bag?")["text"]
        assert (
            len(run(client, "search", "golf http://192.0.2.1/ postgresql://192.0.2.1/db", 3)) == 3
        )
        for page in ("/", "/config", "/healthz", "/metrics"):
            assert client.get(page).status_code == 200
    found = [CONNECT.search(line) for line in trace.read_text().splitlines()]
    to = {(match[2], int(match[1] or 0)) for match in found if match}
    own = urlsplit(where).port
    assert ("127.0.0.1", urlsplit(address).port) in to
    assert to <= {("127.0.0.1", urlsplit(address).port), ("127.0.0.1", own)}
    print(f"{len(trace.read_text().splitlines())} system calls; connected to {sorted(to)}")
    assert open_store(address).settings.generation == 1
