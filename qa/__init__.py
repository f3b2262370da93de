"""Questions -> passages -> verbatim answers with citations."""

from qa.answers.answering import Answer
from qa.answers.citing import Citation, Place
from qa.retrieval.retriever import Hit

from .archive import Archive, answer

__all__ = ["Answer", "Archive", "Citation", "Hit", "Place", "answer"]
