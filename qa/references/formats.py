"""The formats of a reference by name."""

import json
from collections.abc import Callable, Sequence

from index.errors import ArchiveError
from qa.answers.citing import Citation

from .bibtex import as_bibtex
from .item import Item, csl_item
from .ris import as_ris


def _footnote(item: Item) -> str:
    from .footnote import as_footnote  # citeproc takes a while to import

    return as_footnote(item)


def _csl_json(item: Item) -> str:
    return json.dumps([item], ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Item], str]] = {
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": _csl_json,
    "footnote": _footnote,
}


def reference(citation: Citation, format: str = "footnote") -> str:
    """Return a citation as a reference, to be used in another program.

    Args:
        citation: What is cited.
        format: "bibtex", "ris", "csl-json" or "footnote".

    Raises:
        ArchiveError: There is no such format.
    """
    if format not in FORMATS:
        raise ArchiveError(f"there is no format '{format[:40]}': choose {', '.join(FORMATS)}")
    return FORMATS[format](csl_item(citation))


def references(citations: Sequence[Citation], format: str) -> str:
    """Return several references as one text; errors as `reference`."""
    if format == "csl-json":
        return json.dumps([csl_item(c) for c in citations], ensure_ascii=False, indent=1)
    separator = "\r\n" if format == "ris" else "\n"
    return separator.join(reference(citation, format) for citation in citations)
