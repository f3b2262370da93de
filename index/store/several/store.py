"""`SeveralStore`: archives that are open together, for reading.

One that fails is left out, and every snapshot says which were. Building, repairing and what is kept
with an index stay with each archive by itself.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from index.encoder.sentence import Encoder
from index.errors import ArchiveError, NoIndexError, PartFailedError, StorageError, UnreachableError
from index.store.base.protocol import Snapshot, Store
from index.store.base.search_filter import SearchFilter
from index.store.base.settings import Settings

from .each_by_itself import EachByItself
from .part import NotAsked, Part
from .ranking import sum_settings
from .snapshot import SeveralSnapshot

T = TypeVar("T")
AGAIN_AFTER = 30.0  # seconds until an archive that failed is tried again: trying may take long


class SeveralStore(EachByItself):
    """Archives by name; documented in `index/store/base/protocol.py`."""

    def __init__(
        self,
        stores: Mapping[str, Store],
        only: Collection[str] = (),
        aside: "dict[str, tuple[float, str]] | None" = None,
        encoder: Encoder | None = None,
    ) -> None:
        """Take stores that need not be open.

        Args:
            stores: The archives by name, in order.
            only: The names of those to ask; () for all.
            aside: Until when which archive is left out, and why; shared by stores of the same.
            encoder: Only archives that were made with it are asked; None: as the first of them.
        """
        self._stores = stores
        self._only = [name for name in stores if name in only] if only else list(stores)
        self._aside = {} if aside is None else aside
        self._encoder = encoder

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all archives, in order."""
        return tuple(self._stores)

    def narrowed(self, names: Collection[str]) -> "SeveralStore":
        """Return a store that asks only these archives, as if the others were not there.

        Raises:
            ArchiveError: There is none of that name.
        """
        for name in names:
            if name not in self._stores:
                raise ArchiveError(
                    f"there is no archive '{name[:80]}': there are {', '.join(self._stores)}"
                )
        return SeveralStore(self._stores, names, self._aside, self._encoder)

    @property
    def settings(self) -> Settings:
        """How the archives were made, with their counts added up."""
        with self.snapshot() as snapshot:
            return snapshot.settings

    @contextmanager
    def snapshot(self) -> Iterator[SeveralSnapshot]:
        """Open each archive as it is now; those that cannot be are named in it.

        Raises:
            ArchiveError: Not one can be asked.
        """
        parts: list[Part] = []
        opened: list[Settings] = []
        missing: list[NotAsked] = []
        error: ArchiveError | None = None
        try:
            for name in self._only:
                try:
                    part, settings = self._open(name, opened[0] if opened else None)
                except ArchiveError as failed:
                    error = error or failed
                    missing.append(NotAsked(name, str(failed)))
                else:
                    parts.append(part)
                    opened.append(settings)
            if not parts:
                assert error is not None
                raise error
            with self._setting_aside():
                yield SeveralSnapshot(parts, sum_settings(opened), tuple(missing))
        finally:
            for part in parts:
                part.close()

    def _open(self, name: str, first: Settings | None) -> tuple[Part, Settings]:
        """Open an archive unless it failed a moment ago; it must be made as the first one."""
        until, why = self._aside.get(name, (0.0, ""))
        if time.monotonic() < until:
            raise StorageError(why)
        stores = list(self._stores)
        try:
            part = Part(name, stores.index(name), len(stores), self._stores[name].snapshot())
        except UnreachableError as error:
            self._set_aside(name, error)
            raise
        try:
            settings = part.snapshot.settings
            part.snapshot.statistics()
            self._require_same(name, settings, first)
        except PartFailedError as error:
            self._set_aside(name, error)
            raise
        except ArchiveError:
            part.close()
            raise
        return part, settings

    def _set_aside(self, name: str, error: ArchiveError) -> None:
        self._aside[name] = time.monotonic() + AGAIN_AFTER, str(error)

    @contextmanager
    def _setting_aside(self) -> Iterator[None]:
        try:
            yield
        except PartFailedError as error:
            if error.archive:
                self._set_aside(error.archive, error)
            raise

    def require_encoder(self, encoder: Encoder) -> None:
        """Raise ArchiveError unless encoder and term rules are those of every archive there is.

        From now on, archives of other ones are not asked.
        """
        self._encoder = encoder
        for name in self._only:
            try:
                settings = self._stores[name].settings
            except (StorageError, NoIndexError):
                continue  # it is not asked
            self._require_same(name, settings)

    def _require_same(self, name: str, settings: Settings, first: Settings | None = None) -> None:
        where = self._stores[name].where
        settings.require_terms(where)
        if self._encoder:
            settings.require_encoder(self._encoder, where)
        elif first and _made(settings) != _made(first):
            raise ArchiveError(
                f"the index in '{where}' was built with the encoder '{settings.encoder}' (revision "
                f"{settings.revision}), the others with '{first.encoder}' (revision "
                f"{first.revision}): embed it again with  archive-qa build SEEDS --index {where} "
                "--re-embed"
            )


def narrowed(store: Store, search_filter: SearchFilter) -> tuple[Store, SearchFilter]:
    """Return the store that a filter's archive leaves, and what is left of the filter.

    One of several archives is asked as if it were open alone.

    Raises:
        ArchiveError: There is no archive of that name.
    """
    name = search_filter.archive
    if name is None:
        return store, search_filter
    if not isinstance(store, SeveralStore):
        raise ArchiveError(f"there is one archive, which needs no name such as '{name[:80]}'")
    return store.narrowed([name]), replace(search_filter, archive=None)


def read(store: Store, work: Callable[[Snapshot], T]) -> T:
    """Do some work in a snapshot; once more without an archive that fails meanwhile.

    Raises:
        ArchiveError: What `work` raises, or the last archive failed.
    """
    while True:
        try:
            with store.snapshot() as snapshot:
                return work(snapshot)
        except PartFailedError as error:
            if not error.archive or not isinstance(store, SeveralStore):
                raise


def _made(settings: Settings) -> tuple[str, str, int]:
    return settings.encoder, settings.revision, settings.dimension
