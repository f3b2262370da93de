"""Which questions a run reads, and in which order. Any step's questions are known at once."""

import random

from qa.training.pack.pack_file import Pack, Texts

# How often a source is read in an epoch, by the longest prefix of its name; 1 for others: small
# ones of high quality are read more often. What part of large ones is in the pack, `pack` decides.
WEIGHTS = {"en-wiki": 1.5, "en-squad": 1.5, "zh-cmrc": 1.5}


def source_weight(source: str) -> float:
    """Return how often questions of the source are read in an epoch."""
    prefixes = [prefix for prefix in WEIGHTS if source.startswith(prefix)]
    return WEIGHTS[max(prefixes, key=len)] if prefixes else 1.0


class Schedule:
    """The reading order of a split's questions, epoch after epoch, the same for equal seeds."""

    def __init__(self, pack: Pack, texts: Texts, seed: int) -> None:
        weights = [source_weight(source) for source in pack.sources]
        sources = texts.context_source[texts.question_context].tolist()
        self._weights = [weights[source] for source in sources]
        self._seed = seed
        self._epochs: list[list[int]] = []

    def questions(self, start: int, count: int) -> list[int]:
        """Return `count` questions from position `start` of the order on."""
        found: list[int] = []
        epoch = 0
        while len(found) < count:
            order = self._order(epoch)
            taken = order[start : start + count - len(found)]
            found += taken
            start = max(0, start - len(order))
            epoch += 1
        return found

    def epochs(self, position: int) -> float:
        """Return how many epochs end at a position of the order, in fractions."""
        return position / len(self._order(0))

    def _order(self, epoch: int) -> list[int]:
        while len(self._epochs) <= epoch:
            rng = random.Random(f"{self._seed} {len(self._epochs)}")  # noqa: S311
            order = [
                question
                for question, weight in enumerate(self._weights)
                for _ in range(int(weight) + (rng.random() < weight % 1))
            ]
            rng.shuffle(order)
            self._epochs.append(order)
        return self._epochs[epoch]
