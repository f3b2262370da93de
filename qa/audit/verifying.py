"""Verify all citations of a file against an index."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.store.base.protocol import Snapshot
from index.store.doors import Where, open_stores
from index.store.several.part import require_all
from index.store.several.snapshot import missing_archives

from .citations_in import Found, citations_in
from .difference import as_text, difference
from .locating import SOUND, Evidence, locate


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one citation of a file."""

    place: str  # in the file
    permalink: str  # as it stands there
    status: str  # "unchanged" | "moved" | "edited" | "gone" | "unreadable"
    article_id: str | None = None  # of the article that holds the text, or the nearest one
    title: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""  # as cited
    text: str = ""  # as it is now, or the nearest text
    difference: str = ""  # between these two, if edited: "It cost [-3-]{+4+} euros."
    why: str = ""  # the citation is unreadable
    held_until: str = ""  # the day on which a build replaced the cited text, if that is logged
    version_of: str = ""  # or the day of the earlier version, stated by a line, that has it

    @property
    def sound(self) -> bool:
        """Whether the archive still says what is cited, word for word."""
        return self.status in SOUND


def verify(
    file: str | os.PathLike[str], index: Where | Sequence[Where] | Mapping[str, Where] = ".index"
) -> list[Verdict]:
    """Return what became of each citation of a file, in the file's order.

    Args:
        file: A saved conversation, the JSON of an answer or of citations, or any text
            with permalinks.
        index: Where the index is, or several of them, all of which are needed.

    Raises:
        ArchiveError: The file holds no citation or cannot be read, or there is no index.
    """
    found = citations_in(Path(file))
    store = open_stores(index)
    with store.snapshot() as snapshot:
        snapshot.settings.require_terms(store.where)
        require_all(missing_archives(snapshot))
        return verdicts(snapshot, found)


def verdicts(snapshot: Snapshot, found: Iterable[Found]) -> list[Verdict]:
    """Return what became of each of these citations, in their order."""
    return [_verdict(snapshot, citation) for citation in found]


def _verdict(snapshot: Snapshot, citation: Found) -> Verdict:
    if citation.link is None:
        return Verdict(citation.place, citation.address, "unreadable", why=citation.why)
    evidence = _locate(snapshot, citation)
    article = evidence.article
    quote, text = evidence.link.quote, evidence.text
    edited = evidence.status == "edited"
    version = evidence.version
    return Verdict(
        citation.place,
        citation.address,
        evidence.status,
        article.id if article else None,
        article.title if article else None,
        evidence.start if article else None,
        evidence.end if article else None,
        quote,
        text,
        as_text(difference(quote, text)) if edited else "",
        held_until=str(version.replaced.date()) if version and not version.line else "",
        version_of=str(version.stated) if version and version.line else "",
    )


def _locate(snapshot: Snapshot, citation: Found) -> Evidence:
    """Find a citation by its digest, or by its article's id if no digest is known."""
    link = citation.link
    assert link is not None
    article = snapshot.article(citation.article_id) if citation.article_id else None
    if article and link.quote and article.text[link.start : link.end] == link.quote:
        return Evidence("unchanged", link, article, link.start, link.end)
    return locate(snapshot, link)
