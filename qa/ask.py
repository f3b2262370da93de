"""The module-level `answer()`: a question to an index in one call."""

import os
from collections.abc import Mapping, Sequence
from functools import cache

from index.store.doors import Where, resolve
from index.store.several.names import named
from qa.answers.answering import Answer

from .archive import Archive


def answer(
    question: str, index: Where | Sequence[Where] | Mapping[str, Where] = ".index"
) -> Answer:
    """Answer a question from the index in a folder, or from several; see `Archive.open`.

    The archive stays open for further calls; builds that finish in the meantime are seen.
    """
    if not isinstance(index, str | os.PathLike | Mapping) and len(index) == 1:
        (index,) = index
    if isinstance(index, str | os.PathLike):
        return _opened(resolve(index)).answer(question)
    places = tuple((name, resolve(where)) for name, where in named(index).items())
    return _opened(places).answer(question)


@cache
def _opened(index: str | tuple[tuple[str, str], ...]) -> Archive:
    return Archive.open(index if isinstance(index, str) else dict(index))
