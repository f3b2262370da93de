"""Questions -> passages -> verbatim answers with citations."""

from .archive import Answer, Archive, Citation, Place, answer
from .retriever import Hit

__all__ = ["Answer", "Archive", "Citation", "Hit", "Place", "answer"]
