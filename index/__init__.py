"""Seeds -> articles -> passages -> vectors and keywords on disk."""

from .article import Article
from .builder import build
from .errors import ArchiveError, StorageError
from .passage import Passage
from .scan import BuildReport
from .store import Store

__all__ = ["ArchiveError", "Article", "BuildReport", "Passage", "StorageError", "Store", "build"]
