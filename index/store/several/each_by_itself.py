"""What stays with each of several archives by itself: its place, repairs, what is kept with it."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from index.encoder.sentence import Encoder
from index.errors import ArchiveError
from index.store.base.protocol import Problem, Repaired, Store


class EachByItself:
    """The part of a store of several archives that does not ask them together."""

    _stores: Mapping[str, Store]
    _only: Sequence[str]  # the names of those that are asked

    @property
    def where(self) -> str:
        """The archives' names, as messages name them."""
        return ", ".join(self._only)

    @property
    def place(self) -> str:
        """Never: each archive has a place of its own."""
        self._one_at_a_time()

    def note(self, name: str) -> str | None:
        """Return the note of the only archive that is asked: it holds for that one alone."""
        return self._stores[self._only[0]].note(name) if len(self._only) == 1 else None

    def set_note(self, name: str, text: str | None) -> NoReturn:
        """Never: see `note`."""
        self._one_at_a_time()

    def forget_versions(self, identities: Sequence[str]) -> NoReturn:
        """Never: each archive has a log of its own."""
        self._one_at_a_time()

    def sizes(self) -> dict[str, int]:
        """Return the bytes that each file or table takes, after its archive's name."""
        return {
            f"{name}/{file}": size
            for name in self._only
            for file, size in self._stores[name].sizes().items()
        }

    def problems(self) -> list[Problem]:
        """Read all archives and return everything that is wrong with them."""
        return [problem for name in self._only for problem in self._stores[name].problems()]

    def repair(self, encoder: Encoder | None = None, progress: bool = False) -> Repaired:
        """Never: each archive is repaired by itself."""
        self._one_at_a_time()

    def _one_at_a_time(self) -> NoReturn:
        raise ArchiveError(f"these are several archives ({self.where}): name one with --index")
