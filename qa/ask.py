"""The module-level `answer()`: a question to an index in one call."""

import os
from functools import cache

from index.store.doors import resolve
from qa.answers.answering import Answer

from .archive import Archive


def answer(question: str, index: str | os.PathLike[str] = ".index") -> Answer:
    """Answer a question from the index in a folder.

    The archive stays open for further calls; builds that finish in the meantime are seen.
    """
    return _opened(resolve(index)).answer(question)


@cache
def _opened(index: str) -> Archive:
    return Archive.open(index)
