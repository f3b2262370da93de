"""`--threads N` limits every library's pool, and all models run on one thread."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import app
from index import threads
from index.errors import ArchiveError

ROOT = Path(__file__).parent.parent.parent
# the pools of a program that has just computed with all its libraries
REPORT = """
import json, sys, threading
import app
from index import threads
before = sys.argv[2] == "before"
if before:
    threads.limit(int(sys.argv[1]))
import faiss, numpy, tokenizers, torch
if not before:
    threads.limit(int(sys.argv[1]))
from threadpoolctl import threadpool_info
numpy.ones((300, 300)) @ numpy.ones((300, 300))
torch.ones(300, 300) @ torch.ones(300, 300)
index = faiss.IndexFlatIP(8)
index.add(numpy.ones((1000, 8), "float32"))
index.search(numpy.ones((64, 8), "float32"), 3)
tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"a": 0}, "a"))
tokenizer.encode_batch(["a a a"] * 2000)
print(json.dumps({
    "torch": torch.get_num_threads(), "faiss": faiss.omp_get_max_threads(),
    **{pool["filepath"]: pool["num_threads"] for pool in threadpool_info()},
    "rayon": sum("rayon" in open(f"/proc/self/task/{t}/comm").read().lower()
                 for t in __import__("os").listdir("/proc/self/task")),
}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("limit", [1, 2])
def test_no_pool_exceeds_the_limit(limit: int, when: str) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "4", "RAYON_NUM_THREADS": "4"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", REPORT, str(limit), when],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    pools = json.loads(done.stdout)
    assert max(pools.values()) <= limit, pools


@pytest.mark.parametrize("number", [0, -2])
def test_fewer_than_one_thread_is_an_error(number: int) -> None:
    with pytest.raises(ArchiveError, match=f"--threads is {number}: ask for one"):
        threads.limit(number)


def test_no_limit_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    threads.limit(None)
    assert os.environ["OMP_NUM_THREADS"] == "7"


@pytest.mark.parametrize("command", ["build", "ask Why?", "evaluate x.txt", "chat"])
def test_every_command_that_computes_has_the_option(command: str) -> None:
    with pytest.raises(ArchiveError, match="--threads is 0"):
        app.main([*command.split(), "--threads", "0"])


CONCURRENT_CALLERS = """
import os, threading
from index.encoder.sentence import SentenceEncoder
from qa.reader.reader import Reader
encoder, reader = SentenceEncoder(), Reader.load()
def ask():
    encoder.queries(["Who signed the treaty?"])
    reader.read("Who signed the treaty?", ["Ada Lovelace signed the treaty. " * 40] * 4)
def count():
    return len(os.listdir("/proc/self/task"))
ask()
alone = count()
barrier = threading.Barrier(5)
def caller():
    ask()
    barrier.wait()
    barrier.wait()
callers = [threading.Thread(target=caller) for _ in range(4)]
for thread in callers:
    thread.start()
barrier.wait()
print(count() - alone)
barrier.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_concurrent_callers_share_one_pool_of_threads() -> None:
    """With a second pool, GNU's OpenMP lets its workers sleep between steps."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CONCURRENT_CALLERS],
        env={**os.environ, "OMP_NUM_THREADS": "3"},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["4"]  # the callers themselves


def test_work_on_the_model_thread_may_nest() -> None:
    assert threads.on_model_thread(lambda: threads.on_model_thread(sum, [1, 2])) == 3


def test_an_error_on_the_model_thread_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        threads.on_model_thread(lambda: 1 / 0)


FORKED = """
import os
from index import threads
threads.on_model_thread(sum, [1])
child = os.fork()
if not child:
    os._exit(threads.on_model_thread(sum, [3, 4]))
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_has_its_own_model_thread() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKED],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert done.stdout.split() == ["7"]


@pytest.mark.parametrize(("given", "kept"), [(None, "10000"), ("7", "7")])
def test_idle_threads_sleep_soon_unless_the_environment_says_otherwise(
    given: str | None, kept: str
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "GOMP_SPINCOUNT"}
    if given is not None:
        environment["GOMP_SPINCOUNT"] = given
    code = "import sys, qa.archive, os; print(os.environ['GOMP_SPINCOUNT'], 'torch' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert ran.stdout.split() == [kept, "False"]
