"""A span model that scores no passages twice for a question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # torch takes seconds to import
    from .span_model import Window


class TokenScorer(Protocol):
    """What the reader requires of a span model."""

    def read(self, question: str, passages: Sequence[str]) -> "list[Window]":
        """Score every passage, in order."""


class Remembering:
    """Keeps the windows of what it has read, for as long as it lasts."""

    def __init__(self, model: TokenScorer) -> None:
        """Read with `model`."""
        self._model = model
        self._windows: dict[tuple[str, tuple[str, ...]], list[Window]] = {}

    def read(self, question: str, passages: Sequence[str]) -> "list[Window]":
        """Return the windows of these passages, read now if they were not before."""
        key = question, tuple(passages)
        if key not in self._windows:
            self._windows[key] = self._model.read(question, passages)
        return self._windows[key]
