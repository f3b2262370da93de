"""Questions -> passages -> verbatim answers with citations."""

from .answering import Answer
from .archive import Archive, answer
from .citing import Citation, Place
from .retriever import Hit

__all__ = ["Answer", "Archive", "Citation", "Hit", "Place", "answer"]
