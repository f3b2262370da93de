"""What each of the compared systems does for the benchmark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """A system's best text, "" if it gives none, and whether it says that there is no answer."""

    text: str
    refused: bool


class System(Protocol):
    """Models are loaded when it is made, so that they do not count as building."""

    def build(self) -> None:
        """Embed and store all passages of the plan."""

    def save(self) -> None:
        """Write what was built to the folder given when it was made."""

    def search(self, question: str, k: int) -> list[int]:
        """Numbers of up to `k` passages, best first."""

    def answer(self, question: str) -> Said:
        """Search, and read the best passages."""

    def read(self, question: str, numbers: Sequence[int]) -> Said:
        """Read these passages."""
