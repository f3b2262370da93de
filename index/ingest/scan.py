"""One pass over the seeds: what was added, changed and removed since the last build.

It reads every file that may have changed and tells the writer; embedding is not its business.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from index.article import Article
from index.errors import ArchiveError
from index.formats.registry import read_articles
from index.formats.seed_file import Refused
from index.passage import passages
from index.store.base.digest import with_rules
from index.store.sqlite.schema import Settings
from index.store.sqlite.writer import StoredArticle, Writer

from .skips import Skip

SETTLED = 2_000_000_000  # ns; a file younger than the clock's grain could change unnoticed


@dataclass(slots=True)
class BuildReport:
    """What a build did; all counts but `passages` (the whole index's) are of articles."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)  # path, why
    passages: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        counts = (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged, {len(self.skipped)} skipped"
        )
        return f"{counts}; {self.passages} passages in the index; {self.seconds:.1f} s"


class Scan:
    """One pass over the seeds folder `source`; `run` does it."""

    def __init__(
        self,
        writer: Writer,
        settings: Settings,
        source: Path,
        progress: bool,
        ready: Callable[[Path], bool] | None = None,
    ) -> None:
        self.writer, self.source, self.progress = writer, source, progress
        self.above = os.path.join(source, "")  # what comes before a file's name in the archive
        self.ready = ready  # whether a file is whole, not still being written
        self.tokens = settings.passage_tokens
        self.report = BuildReport()
        self.new: Counter[bytes] = Counter()  # digests of added articles
        # part of every digest: under other rules every article has changed
        self.rules = (settings.passage_tokens, settings.rules)
        old = writer.settings or settings
        self.read_all = self.rules != (old.passage_tokens, old.rules)
        if old.terms != settings.terms:
            writer.remake_keywords()

    def run(self, allow_empty: bool) -> BuildReport:
        files = sorted(self._files())
        for path in tqdm(files, "reading", unit=" files", disable=not self.progress, delay=1):
            self._file(path)
        self._remove_the_unseen(allow_empty)
        for path in set(self.writer.paths()).difference(files):
            self.writer.set_unread(path)
        return self.report

    def _files(self) -> Iterator[str]:
        """All files that are not hidden, as paths relative to the seeds folder with "/"."""

        def refuse(error: OSError) -> None:
            if path := self._named(error.filename):
                why = f"cannot be listed: {error.strerror}"
                kept = self._kept(why, self.writer.see_below(path))
                self.report.skipped.append((path, kept))

        for folder, folders, names in os.walk(self.source, onerror=refuse):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in folders:
                link = os.path.join(folder, name)
                if os.path.islink(link) and (path := self._named(link)):
                    why = "is a link to a folder, which is not followed: copy it"
                    self.report.skipped.append((path, why))
            for name in names:
                if not name.startswith(".") and (path := self._named(os.path.join(folder, name))):
                    yield path

    def _named(self, file: str) -> str | None:
        """How the archive names `file`; one whose name is no text is skipped: None."""
        path = file[len(self.above) :] or "."  # a Path for each file would take most of the time
        readable = path.encode(errors="backslashreplace").decode()
        if readable == path:
            return path
        self.report.skipped.append((readable, "its name is not UTF-8: rename it"))
        return None

    def _file(self, path: str) -> None:
        stamp = _stamp(self.above + path)
        if stamp and not self.read_all and self._is_known(path, stamp):
            return
        file = self.source / path
        if self.ready and not self.ready(file):
            self.report.unchanged += self.writer.see("path", path)
            return
        skips: list[Skip] = []
        refused: list[Refused] = []
        for found in read_articles(file, path):
            if isinstance(found, Refused):
                refused.append(found)
            elif skip := self._article(found):
                skips.append(skip)
        for bad in refused:  # last, as a line that moved may have been seen by its id meanwhile
            skips.append(Skip(bad.place, self._kept(bad.why, self.writer.see_in(path, bad.place))))
        self.report.skipped += [(skip.place, skip.why) for skip in skips]
        if stamp and all(bad.lasting for bad in refused):
            self.writer.set_read(path, stamp, skips)
        else:
            self.writer.set_unread(path)

    def _is_known(self, path: str, stamp: str) -> bool:
        """Whether the file was read before as it is now; what was skipped is reported again."""
        skips = self.writer.skips(path, stamp)
        if skips is None or not all(self._stays(path, skip) for skip in skips):
            return False
        self.report.unchanged += self.writer.see("path", path)
        self.report.skipped += [(skip.place, skip.why) for skip in skips]
        return True

    def _stays(self, path: str, skip: Skip) -> bool:
        """Whether reading the file would skip it again: the id of another article may be free."""
        if skip.identity is None:
            return True
        stored = self.writer.find(skip.identity)
        if stored is None or not (stored.seen or stored.path == path):
            return False
        return skip.why == _taken(skip.identity, stored)

    def _article(self, article: Article) -> Skip | None:
        """Take up one article; gives why not, if not."""
        digest = with_rules(article, self.rules)
        stored = self.writer.find(article.id)
        if stored and stored.seen:
            return Skip(article.place, _taken(article.id, stored), article.id)
        if stored and (stored.path, stored.digest) == (article.path, digest):
            self.writer.see_at(article.id, article.place)
            self.report.unchanged += 1
            return None
        if stored and stored.path != article.path:
            self.writer.set_unread(stored.path)  # that file lost an article
        self.writer.put(article, digest, passages(article, self.tokens))
        if stored:
            self.report.changed += 1
        else:
            self.report.added += 1
            self.new[digest] += 1
        return None

    def _remove_the_unseen(self, allow_empty: bool) -> None:
        unseen = self.writer.unseen()
        if unseen and not allow_empty and len(unseen) == self.writer.count("article"):
            raise ArchiveError(
                f"the seeds folder '{self.source}' holds no article that can be read, but the "
                f"index holds {len(unseen)}: to empty the index too, say --allow-empty "
                "(allow_empty=True)"
            )
        for identity, digest in unseen:
            self.writer.remove(identity)
            if self.new[digest]:  # the same article under another name
                self.new[digest] -= 1
                self.report.added -= 1
                self.report.changed += 1
            else:
                self.report.removed += 1

    def _kept(self, why: str, count: int) -> str:
        """Why something was skipped, and that what the index has of it stays."""
        self.report.unchanged += count
        stays = f" (what the index has of it is kept: {count} of its articles)"
        return why + stays if count else why


def _taken(identity: str, stored: StoredArticle) -> str:
    return f"its id '{identity}' is already that of an article in {stored.path}"


def _stamp(file: str) -> str | None:
    """Size and times of a file: equal stamps mean an equal file. None if that cannot be said."""
    try:
        about = os.stat(file)
    except OSError:
        return None
    if time.time_ns() - about.st_mtime_ns < SETTLED:
        return None
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"
