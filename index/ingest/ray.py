"""Reading and embedding on a Ray cluster, for the one process that writes.

Tasks are handed out in the order of the files, a few ahead for each worker, and their results are
taken in that order; Ray repeats the tasks of a worker that dies. `ray_cluster.py` connects to it.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from index.encoder.sentence import Encoder, Vectors
from index.errors import ArchiveError, StorageError, first_line
from index.formats.seed_file import Refused

from . import skips
from .engine import Found, Read, Reader
from .ray_tasks import Block, embed_batch, list_files, read_files

AHEAD = 2  # tasks under way for each worker
FILES = 16  # read by one task
UNTAKEN = FILES  # blocks of one task that wait to be taken, until it pauses
BATCH = 64  # passages embedded by one task
ATTEMPTS = 4  # for the task of a worker that died
MEMORY = 1_500_000_000  # bytes for each worker, so that few run on a small machine
POLL = 2.0  # seconds until the workers are counted again

Job = TypeVar("Job")


class RayEngine:
    """Reads and embeds on the workers of the cluster that `ray` is connected to."""

    batch = BATCH

    def __init__(self, ray: Any, streams: bool) -> None:
        """Prepare the tasks; without `streams` (`ray://`) a task's results come all at once."""
        self._ray, self._streams = ray, streams
        self._counted, self._workers = -POLL, 0
        task = partial(ray.remote, num_cpus=1, memory=MEMORY, max_retries=ATTEMPTS - 1)
        self._embed = task()(embed_batch)
        if streams:
            self._read = task(_generator_backpressure_num_objects=UNTAKEN)(read_files)
        else:
            self._read = task()(list_files)
        self._died = (
            ray.exceptions.WorkerCrashedError,
            ray.exceptions.OutOfMemoryError,
            ray.exceptions.NodeDiedError,
            ray.exceptions.ObjectLostError,
        )

    @property
    def workers(self) -> int:
        """How many tasks can run at once on the nodes that are there now."""
        if time.monotonic() - self._counted >= POLL:
            nodes = [node["Resources"] for node in self._ray.nodes() if node["Alive"]]
            rooms = (min(n.get("CPU", 0), n.get("memory", 0) // MEMORY) for n in nodes)
            self._counted, self._workers = time.monotonic(), sum(map(int, rooms))
        return self._workers

    def status(self) -> str:
        """Return the number of workers, to show beside a progress bar."""
        return f"{self.workers} workers"

    def embed(self, encoder: Encoder, batches: Iterator[list[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each batch, in order.

        Raises:
            StorageError: Workers died again and again.
        """
        shared = self._ray.put(encoder)
        for _, vectors in self._in_order(lambda texts: self._embed.remote(shared, texts), batches):
            try:
                yield self._get(vectors)
            except self._died as error:
                raise StorageError(
                    f"workers of the cluster died {ATTEMPTS} times while embedding the same "
                    f"passages ({first_line(error)}): each needs {MEMORY / 1e9} GB; build again "
                    "to go on from here"
                ) from error

    def reading(self, reader: Reader, changed: Iterator[str]) -> Read:
        """Return a function that reads one file: the `changed` ones are read ahead by workers."""
        blocks = self._blocks(reader, iter(lambda: list(islice(changed, FILES)), []))
        following: list[Block] = []  # at most one

        def read(path: str) -> Iterator[Found]:
            following.extend([] if following else islice(blocks, 1))
            if not following or following[0][0] != path:  # was not known to have changed
                yield from reader.read(path)
            while following and following[0][0] == path:
                yield from following.pop()[1]
                following.extend(islice(blocks, 1))

        return read

    def _blocks(self, reader: Reader, chunks: Iterator[list[str]]) -> Iterator[Block]:
        """Yield what is in these files, in order, at least one block for each."""
        for paths, result in self._in_order(lambda paths: self._submit(reader, paths), chunks):
            last, taken = paths[0], 0  # the latest file, and how many of its blocks came
            try:
                for block in self._results(result):
                    taken = taken + 1 if block[0] == last else 1
                    last = block[0]
                    yield block
            except self._died:
                yield from self._one_by_one(reader, paths[paths.index(last) :], taken)

    def _one_by_one(self, reader: Reader, paths: list[str], taken: int) -> Iterator[Block]:
        """Read files one at a time, as one may have killed a worker.

        The first `taken` blocks of the first file are left out.
        """
        for path in paths:
            try:
                for block in self._results(self._submit(reader, [path])):
                    if taken:
                        taken -= 1
                    else:
                        yield block
            except self._died:
                why = f"cannot be read: {ATTEMPTS} workers of the cluster died of it"
                yield path, [Refused(path, why, permanent=False)]
            taken = 0

    def _submit(self, reader: Reader, paths: list[str]) -> Any:
        return self._read.remote(reader, paths, skips.reader())

    def _results(self, result: Any) -> Iterator[Block]:
        if self._streams:
            return map(self._get, result)
        return iter(self._get(result))

    def _in_order(
        self, submit: Callable[[Job], Any], jobs: Iterator[Job]
    ) -> Iterator[tuple[Job, Any]]:
        """Submit jobs ahead, AHEAD for each worker; yield each with what `submit` returned."""
        under_way: deque[tuple[Job, Any]] = deque()
        for job in jobs:
            under_way.append((job, submit(job)))
            if len(under_way) >= AHEAD * max(1, self.workers):
                yield under_way.popleft()
        yield from under_way

    def _get(self, reference: Any) -> Any:
        """Return a task's result, or raise what it raised."""
        try:
            return self._ray.get(reference)
        except self._died:
            raise
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, ArchiveError):
                raise error.cause from None
            raise
        except Exception as error:
            raise StorageError(
                f"the Ray cluster failed ({first_line(error)}): is the same version of archive-qa "
                "installed on all its machines, and does it still run?"
            ) from error
