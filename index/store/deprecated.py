"""`index.Store(folder)` of version 0.1, kept for programs written against it."""

import os
import warnings
from pathlib import Path

from .sqlite.store import SqliteStore


class Store(SqliteStore):
    """Deprecated: use `index.store.doors.open_store`, which takes any place of an index."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        warnings.warn(
            "index.Store(folder) is deprecated: use index.store.doors.open_store(folder)",
            DeprecationWarning,
            stacklevel=2,
        )
        super().__init__(Path(folder))
        self.folder = Path(folder)
        _ = self.settings  # raises here if there is no index, as it always did
