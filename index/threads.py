"""How many threads compute: `--threads N`, told once to every library that has a pool of its own.

OpenMP's pools (torch, FAISS), OpenBLAS's (numpy) and rayon's (tokenizers) take one thread a core
unless told otherwise. Threads that only wait, for a question or for a change of the seeds, do not
count.
"""

import os
import sys
from argparse import ArgumentParser

from threadpoolctl import threadpool_limits

from .errors import ArchiveError

# read when a library is loaded, and by threads that are started later
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


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
