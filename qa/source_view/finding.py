"""Find an article in its file again, inside archives too, and check that it still is the same.

An index has no digests of seed files, so what is compared is the text: the file is read as a build
reads it, and must give the article that the index has.
"""

import io
import json
import os
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from index.article import Article
from index.cleaning.assemble import from_draft, from_record
from index.errors import ArchiveError
from index.formats.limits import MAX_DOCUMENT, Budget, LimitError
from index.formats.seed_file import Draft, Original, Record, Seed
from index.ingest.seed_files import SETTLED
from index.store.base.digest import of_text
from index.store.base.settings import Settings

from .opening import is_hidden, open_seed
from .problems import SourceError

# files that are about one thing: they may be handed out whole
WHOLE = {
    ".txt", ".md", ".html", ".htm", ".srt", ".vtt", ".pdf", ".docx", ".odt", ".rtf", ".epub",
    ".eml",
}  # fmt: skip
MAX_UNPACKED = 600_000_000  # bytes, on the way to one article
MAX_KNOWN = 500  # articles whose file is known to be unchanged
Known = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an article: a file, or what belongs to the article in a file of many."""

    place: str  # the file in the seeds folder, and after "#" what is in it
    kind: str  # of `data`, as the suffix of a file: ".pdf"
    name: str  # a name for a file of it
    data: bytes = field(repr=False)  # of a line or a row: its fields as JSON
    # what its reader makes of it; None for a PDF
    item: Draft | Record | None = field(default=None, repr=False)
    charset: str | None = None  # that a web server stated


class SourceFinder:
    """Finds sources in one seeds folder; may be used from several threads."""

    def __init__(self, seeds: Path) -> None:
        self.seeds = seeds
        self._unchanged: OrderedDict[Known, None] = OrderedDict()

    def find(self, article: Article, settings: Settings) -> Source:
        """Return the source of an article of the index with these settings.

        Raises:
            SourceError: It is gone, has changed since the build, or must not be opened.
        """
        place = article.place or article.path
        if is_hidden(place):
            raise SourceError("refused", place)
        with open_seed(self.seeds, article.path) as file:
            status = os.fstat(file.fileno())
            name = article.path.rpartition("/")[2]
            seed = Seed(
                article.path, article.path, name, file, _Limit(status.st_size), status.st_size,
                column=settings.column or None, front_pages=settings.front_pages,
            )  # fmt: skip
            known = self._known(status, article)
            found, other = None, False
            try:
                for source in _candidates(seed, place, known in self._unchanged):
                    if source.item is None or _gives(seed, source.item, article):
                        found = source
                        break
                    other = True
            except LimitError:
                raise SourceError("large", place) from None
            except Exception:  # a file that is no longer what it was makes readers raise anything
                other = True
        if found is None:
            raise SourceError("changed" if other else "gone", place)
        if time.time_ns() - status.st_mtime_ns > SETTLED:
            self._remember(known)
        return replace(found, item=None) if found.kind == ".pdf" else found

    def _known(self, status: os.stat_result, article: Article) -> Known:
        stamp = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        return (*stamp, article.place, of_text(article.text))

    def _remember(self, known: Known) -> None:
        self._unchanged[known] = None
        while len(self._unchanged) > MAX_KNOWN:
            self._unchanged.popitem(last=False)


class _Limit(Budget):
    """A smaller budget than that of a build: nobody waits for gigabytes to be unpacked."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self._left = MAX_UNPACKED

    def spend(self, count: int) -> None:
        super().spend(count)
        self._left -= count
        if self._left < 0:
            raise LimitError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB")


def _candidates(seed: Seed, place: str, unchanged: bool) -> Iterator[Source]:
    """Yield what stands at a place of a seed; a PDF that is known not to have changed, unread."""
    from index.formats.registry import kind_of, reader_for  # imports what reads all kinds

    kind = kind_of(seed)
    data = b""
    if kind in WHOLE:
        data = seed.read(MAX_DOCUMENT)
        if kind == ".pdf" and unchanged and seed.place == place:
            yield Source(place, kind, seed.name, data)
            return
        stream = io.BufferedReader(io.BytesIO(data))
        seed = replace(seed, stream=stream, size=len(data), depth=0)
    for item in reader_for(seed)(seed):
        if isinstance(item, Seed):
            if place == item.place or place.startswith(f"{item.place}#"):
                yield from _candidates(item, place, unchanged)
        elif isinstance(item, Draft | Record) and item.place == place:
            original = item.original if isinstance(item, Draft) else None
            original = original or (Original(kind, data) if data else _as_json(item))
            name = _file_name(place, original.kind)
            yield Source(place, original.kind, name, original.data, item, original.charset)


def _as_json(item: Draft | Record) -> Original:
    """The fields of a line or row, or an entry of a feed; the rest of their file is of others."""
    fields = {**item.metadata, "text": item.text}
    return Original(".json", json.dumps(fields, ensure_ascii=False, default=str, indent=1).encode())


def _gives(seed: Seed, item: Draft | Record, article: Article) -> bool:
    try:
        made, _ = from_draft(seed, item) if isinstance(item, Draft) else from_record(seed, item)
    except ArchiveError:
        return False
    return (made.id, made.text) == (article.id, article.text)


def _file_name(place: str, kind: str) -> str:
    """Return a name for the file of one article.

    >>> _file_name("news/a.zip#b/page.html", ".html"), _file_name("mails.mbox#3", ".eml")
    ('page.html', 'mails-3.eml')
    """
    file, _, member = place.rpartition("#")
    if "." in member.rpartition("/")[2] or not file:
        stem = PurePosixPath(place.rpartition("/")[2].rpartition("#")[2])
        return stem.name if stem.suffix.lower() == kind else f"{stem.name}{kind}"
    return f"{PurePosixPath(file).stem}-{PurePosixPath(member).name or 'entry'}{kind}"
