"""A CSL-JSON item as a footnote, formatted by citeproc-py in our style or any other CSL style."""

import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from index.errors import ArchiveError, first_line

from .item import Item

STYLE = Path(__file__).with_name("footnote.csl")


def as_footnote(item: Item, style: Path = STYLE) -> str:
    """Return a footnote as plain text on one line.

    Raises:
        ArchiveError: The style cannot be read.
    """
    locale = "zh-CN" if item.get("language", "").startswith("zh") else "en-GB"
    key = item["id"].lower()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of every field that a style cannot show
        source = CiteProcJSON([{**item, "id": key}])
        bibliography = CitationStylesBibliography(_style(style, locale), source, formatter.plain)
        citation = Citation([CitationItem(key)])
        bibliography.register(citation)
        return " ".join(str(bibliography.cite(citation, lambda missing: None)).split())


@lru_cache(maxsize=8)
def _style(file: Path, locale: str) -> Any:
    try:
        return CitationStylesStyle(str(file), locale=locale, validate=False)
    except Exception as error:  # whatever lxml and citeproc raise for a file that is no style
        raise ArchiveError(f"cannot read the style '{file}': {first_line(error)}") from None
