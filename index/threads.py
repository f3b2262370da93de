"""Which threads compute: the models all in one, which has the cores; `--threads N` says how many.

OpenMP's pools (torch, FAISS), OpenBLAS's (numpy) and rayon's (tokenizers) take one thread a core
unless told otherwise. Threads that only wait, for a question or for a change of the seeds, do not
count.
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

# read when a library is loaded, and by threads that are started later
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")

Given = ParamSpec("Given")
Result = TypeVar("Result")
NAME = "models"
_models = ThreadPoolExecutor(1, NAME)
os.register_at_fork(after_in_child=lambda: globals().update(_models=ThreadPoolExecutor(1, NAME)))


def models(work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """`work(*args)`, in the one thread of this process in which models are loaded and run.

    Each thread that runs torch gets an OpenMP pool of all cores, and keeps some 40 MB. With a
    second pool GNU's OpenMP sees more threads than cores: from then on the workers of all pools
    sleep between any two steps instead of waiting awake, and a question takes twice as long. So a
    build and the questions that are asked meanwhile take turns.
    """
    if threading.current_thread().name.startswith(NAME):
        return work(*args, **kwargs)
    return _models.submit(work, *args, **kwargs).result()


def add_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--threads", type=int, metavar="N", help="most threads that compute (one a core)"
    )


def use(threads: int | None) -> None:
    """Compute with at most so many threads from now on; None leaves it to the libraries.

    Best called before they are imported. Raises ArchiveError for a number below 1.
    """
    if threads is None:
        return
    if threads < 1:
        raise ArchiveError(f"--threads is {threads}: ask for one thread or more")
    os.environ.update(dict.fromkeys(VARIABLES, str(threads)))
    threadpool_limits(limits=threads)  # the libraries that are here already
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(threads)
