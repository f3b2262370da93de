"""`--threads N`: no library's pool is larger than was asked for."""

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
# the pools of a program that has just computed with all of its libraries
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
@pytest.mark.parametrize("asked", [1, 2])
def test_no_pool_is_larger_than_asked(asked: int, when: str) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "4", "RAYON_NUM_THREADS": "4"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", REPORT, str(asked), when],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    pools = json.loads(done.stdout)
    assert max(pools.values()) <= asked, pools


@pytest.mark.parametrize("number", [0, -2])
def test_there_is_no_less_than_one_thread(number: int) -> None:
    with pytest.raises(ArchiveError, match=f"--threads is {number}: ask for one"):
        threads.limit(number)


def test_nothing_is_changed_where_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    threads.limit(None)
    assert os.environ["OMP_NUM_THREADS"] == "7"


@pytest.mark.parametrize("command", ["build", "ask Why?", "evaluate x.txt", "chat"])
def test_every_program_that_computes_takes_the_option(command: str) -> None:
    with pytest.raises(ArchiveError, match="--threads is 0"):
        app.main([*command.split(), "--threads", "0"])


ASKED_BY_MANY = """
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
everyone = threading.Barrier(5)
def visitor():
    ask()
    everyone.wait()
    everyone.wait()
visitors = [threading.Thread(target=visitor) for _ in range(4)]
for one in visitors:
    one.start()
everyone.wait()
print(count() - alone)
everyone.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_whoever_asks_the_models_have_one_pool_of_threads() -> None:
    """A second pool makes GNU's OpenMP put its workers to sleep between any two steps."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASKED_BY_MANY],
        env={**os.environ, "OMP_NUM_THREADS": "3"},
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["4"]  # the visitors themselves


def test_work_of_the_models_may_ask_for_more_of_it() -> None:
    assert threads.on_model_thread(lambda: threads.on_model_thread(sum, [1, 2])) == 3


def test_an_error_of_the_models_reaches_who_asked() -> None:
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
def test_models_run_in_a_forked_process() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKED],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["7"]
