"""The interface of the compared systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prediction:
    """A system's best text, "" if it has none, and whether it refused to answer."""

    text: str
    refused: bool


class System(Protocol):
    """A program under test. Models are loaded on construction, so they do not count as building."""

    def build(self) -> None:
        """Embed and store all passages of the plan."""

    def save(self) -> None:
        """Write what was built to the folder given on construction."""

    def search(self, question: str, k: int) -> list[int]:
        """Return the positions of up to `k` passages, best first."""

    def answer(self, question: str) -> Prediction:
        """Search, then read the best passages."""

    def read(self, question: str, positions: Sequence[int]) -> Prediction:
        """Read the passages at these positions."""
