"""The batches of a run. Each is known by the number of its step alone, so a run can resume."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from torch.utils.data import IterableDataset, get_worker_info

from .batches import Batch, Rows, collate
from .sampling import GroupSampler
from .schedule import Schedule


@dataclass(slots=True)
class Steps(IterableDataset[Batch]):
    """The batches of one process from a step on.

    Attributes:
        sampler: Draws the windows of questions.
        rows: Turns them into token ids.
        schedule: The order of the questions.
        questions: Read in each process at each step.
        chunk_tokens: That the model reads at once.
        seed: The same gives the same batches.
        rank: Of this process, from 0.
        size: Number of processes.
        first: The first step.
    """

    sampler: GroupSampler
    rows: Rows
    schedule: Schedule
    questions: int
    chunk_tokens: int
    seed: int
    rank: int = 0
    size: int = 1
    first: int = 0

    def __iter__(self) -> Iterator[Batch]:
        """Yield batch after batch, without end; a loader's worker yields its share of them."""
        worker = get_worker_info()
        number, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        step = self.first + number
        while True:
            yield self.batch(step)
            step += workers

    def batch(self, step: int) -> Batch:
        """Draw the batch of a step."""
        number = step * self.size + self.rank
        rng = random.Random(f"{self.seed} {number}")  # noqa: S311
        questions = self.schedule.questions(number * self.questions, self.questions)
        groups = [group for q in questions for group in self.sampler.draw(q, rng)]
        while not groups:  # short contexts have no windows without their answer
            other = rng.randrange(len(self.sampler.texts.question_context))
            groups = list(self.sampler.draw(other, rng))
        return collate(groups, self.rows, self.chunk_tokens)

    def epochs(self, step: int) -> float:
        """Return how many epochs are read before a step."""
        return self.schedule.epochs(step * self.size * self.questions)
