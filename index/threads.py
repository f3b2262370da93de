"""How many threads compute, and which one runs the models.

All models run on one thread of the process, which has every core. `--threads N` limits the pools
of OpenMP (torch, FAISS), OpenBLAS (numpy) and rayon (tokenizers), which otherwise start one thread
per core. Threads that only wait, for a question or for a change of the seeds, are not limited.

Importing this module makes idle OpenMP threads sleep sooner, unless the environment says otherwise;
it must be imported before torch and FAISS, which read that once.
"""

import os
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

from .errors import ArchiveError

# read when a library is loaded and when it starts another pool
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
# GNU's OpenMP spins 300,000 times at each barrier before it sleeps. While another program holds one
# of the cores, that burns the time slices of the rest: a question took 2.1 s instead of 1.1 beside
# two busy loops on two cores, and is no faster for it when the cores are free.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")

Params = ParamSpec("Params")
Result = TypeVar("Result")
NAME = "models"
_executor = ThreadPoolExecutor(1, NAME)
# a forked child inherits the executor but not its thread
os.register_at_fork(after_in_child=lambda: globals().update(_executor=ThreadPoolExecutor(1, NAME)))


def on_model_thread(
    work: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs
) -> Result:
    """Call `work` on the one thread of this process that loads and runs models, and wait for it.

    Each thread that runs torch gets an OpenMP pool of all cores and about 40 MB. With a second
    pool, GNU's OpenMP sees more threads than cores and lets the workers of every pool sleep
    between steps instead of spinning: a question then takes twice as long. So a build and the
    questions asked meanwhile take turns.
    """
    if threading.current_thread().name.startswith(NAME):
        return work(*args, **kwargs)
    return _executor.submit(work, *args, **kwargs).result()


def add_option(parser: ArgumentParser) -> None:
    """Add `--threads N` to a command line."""
    parser.add_argument(
        "--threads", type=int, metavar="N", help="at most N threads compute (one per core)"
    )


def limit(threads: int | None) -> None:
    """Compute with at most `threads` threads from now on; None leaves it to the libraries.

    Best called before those libraries are imported.

    Raises:
        ArchiveError: `threads` is less than 1.
    """
    if threads is None:
        return
    if threads < 1:
        raise ArchiveError(f"--threads is {threads}: ask for one thread or more")
    os.environ.update(dict.fromkeys(VARIABLES, str(threads)))
    threadpool_limits(limits=threads)  # libraries that are already loaded
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
