"""Seeds -> articles -> passages -> vectors and keywords on disk.

The public names are imported when first used: a program that only asks questions does not load
the parsers of seed files.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.ingest.builder import build
    from index.ingest.report import BuildReport

    from .article import Article
    from .errors import ArchiveError, StorageError
    from .passage import Passage
    from .store.deprecated import Store

__all__ = ["ArchiveError", "Article", "BuildReport", "Passage", "StorageError", "Store", "build"]
_MODULES = {
    "Article": "article",
    "ArchiveError": "errors",
    "BuildReport": "ingest.report",
    "Passage": "passage",
    "StorageError": "errors",
    "Store": "store.deprecated",
    "build": "ingest.builder",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
