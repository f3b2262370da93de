"""One pass over the seeds: what was added, changed and removed since the last build.

It reads every file that may have changed and tells the writer. It does not embed.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tqdm import tqdm

from index.formats.registry import PAGE_KINDS, TABLE_KINDS, may_hold
from index.formats.seed_file import Omitted, Refused
from index.store.base.protocol import Skip, Writer
from index.store.base.settings import Settings

from . import skips
from .engine import Engine, Read, Reader
from .report import BuildReport
from .seed_files import Seeds
from .updating.articles import ArticleUpdates, taken


class Scan:
    """One pass over the seeds, run once; `engine` reads them.

    `ready` says whether a file is whole rather than still being written; None: all are.
    """

    def __init__(
        self,
        writer: Writer,
        settings: Settings,
        seeds: Seeds,
        engine: Engine,
        ready: Callable[[Path], bool] | None = None,
    ) -> None:
        self._writer, self._seeds, self._engine, self._ready = writer, seeds, engine, ready
        self._reader = Reader.of(seeds, settings)
        self._stamps: dict[str, str | None] = {}  # of files that are being read ahead
        self._report = BuildReport()
        self._articles = ArticleUpdates(writer, settings, self._report)
        old = writer.settings or settings
        rules = settings.passage_tokens, settings.rules  # under new ones every article has changed
        self._read_all = rules != (old.passage_tokens, old.rules)
        self._new_terms = old.terms != settings.terms

    def run(self, allow_empty: bool = False, progress: bool = False) -> BuildReport:
        """Do it; raises ArchiveError if it would empty the index without `allow_empty`."""
        if self._new_terms:
            self._writer.remake_keywords()
        files = sorted(self._seeds.files())
        self._report_unusable()
        read = self._engine.reading(self._reader, self._changed(files))
        with tqdm(files, "reading", unit=" files", disable=not progress, delay=1) as bar:
            for path in bar:
                self._file(path, read)
                bar.set_postfix_str(self._engine.status(), refresh=False)
        self._articles.remove_unseen(str(self._seeds), allow_empty)
        self._writer.settle_versions()
        unusable = (bad.path for bad in self._seeds.unusable)
        for path in set(self._writer.paths()).difference(files, unusable):
            if not self._seeds.is_unlisted(path):
                self._writer.forget(path)
        self._report.passages = self._writer.count_passages()
        return self._report

    def _changed(self, files: Iterable[str]) -> Iterator[str]:
        """Yield the files that will be read whatever the others hold; keep their stamps of now."""
        for path in files if self._ready is None else ():
            stamp = self._stamp(path)
            known = stamp and self._writer.skips(path, stamp, skips.reader()) is not None
            if self._read_all or not known:
                self._stamps[path] = stamp
                yield path

    def _report_unusable(self) -> None:
        for bad in self._seeds.unusable:
            # of a path that is refused today an index may hold what an earlier version read
            see = self._writer.see_below if bad.unlisted else self._writer.see_file
            kept = see(bad.path)
            self._report.skipped.append((bad.path, self._kept(bad.why, kept)))

    def _file(self, path: str, read: Read) -> None:
        stamp = self._stamps.pop(path) if path in self._stamps else self._stamp(path)
        if stamp and not self._read_all and self._is_known(path, stamp):
            return
        if self._ready and not self._ready(Path(str(self._seeds), path)):
            self._report.unchanged += self._writer.see_file(path)
            return
        skipped: list[Skip] = []
        refusals: list[Refused] = []
        self._articles.begin_file(not stamp or not self._writer.looks_as_read(path, stamp))
        for found in read(path):
            if isinstance(found, Refused):
                refusals.append(found)
            elif isinstance(found, Omitted):
                skipped.append(Skip(found.place, found.what, partly=True))
            elif skip := self._articles.read(*found):
                skipped.append(skip)
        for bad in refusals:  # last: an article that moved here may have been met by its id by now
            kept = 0 if bad.unwanted else self._writer.see_in(path, bad.place)
            skipped.append(Skip(bad.place, self._kept(bad.why, kept)))
            if kept:
                skipped += self._partly_read_before(path, bad.place)
        self._articles.end_file(path)
        self._report_skips(skipped)
        if not all(bad.permanent for bad in refusals):
            stamp = None
        self._writer.set_read(path, stamp or "", skipped, skips.reader())

    def _stamp(self, path: str) -> str | None:
        """Return what changes when the file, or what would be read of it, changes."""
        stamp = self._seeds.stamp(path)
        if stamp and self._reader.column and may_hold(TABLE_KINDS, path):
            stamp = f"{stamp} {self._reader.column}"  # another column: other articles
        if stamp and self._reader.front_pages and may_hold(PAGE_KINDS, path):
            stamp = f"{stamp} with front pages"
        return stamp

    def _partly_read_before(self, path: str, place: str) -> list[Skip]:
        """What the articles lack that are kept at or inside a place of a file."""
        return [
            skip
            for skip in self._writer.last_skips(path)
            if skip.partly and (skip.place == place or skip.place.startswith(f"{place}#"))
        ]

    def _is_known(self, path: str, stamp: str) -> bool:
        """Whether the file was read as it is now; if so, what was skipped is reported again."""
        skipped = self._writer.skips(path, stamp, skips.reader())
        if skipped is None or not all(self._still_skipped(path, skip) for skip in skipped):
            return False
        self._report.unchanged += self._writer.see_file(path)
        self._report_skips(skipped)
        return True

    def _report_skips(self, skips: list[Skip]) -> None:
        for skip in skips:
            named = self._report.partly_read if skip.partly else self._report.skipped
            named.append((skip.place, skip.why))

    def _still_skipped(self, path: str, skip: Skip) -> bool:
        """Whether reading would skip it again; an id taken by another article may be free by now.

        Files are read in order, so the other article must have been met, or be in this file.
        """
        if skip.identity is None:
            return True
        stored = self._writer.find(skip.identity)
        if stored is None or not (stored.seen or stored.path == path):
            return False
        return skip.why == taken(skip.identity, stored.path)

    def _kept(self, why: str, count: int) -> str:
        """Return why something was skipped, and that its articles stay in the index."""
        self._report.unchanged += count
        kept = f" (what the index has of it is kept: {count} of its articles)"
        return why + kept if count else why
