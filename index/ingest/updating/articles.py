"""Each article that a build reads: added, replaced, left as it is, or skipped; and counted."""

from collections import Counter
from collections.abc import Iterable

from index.article import Article
from index.errors import ArchiveError
from index.ingest.report import BuildReport
from index.passage import Passage
from index.store.base.digest import with_rules
from index.store.base.protocol import Skip, StoredArticle, Writer
from index.store.base.settings import Settings

from .dated_lines import DatedLines
from .version_log import VersionLog


class ArticleUpdates:
    """Tells the writer what to do with the articles of one build, and counts it in `report`."""

    def __init__(self, writer: Writer, settings: Settings, report: BuildReport) -> None:
        self._writer, self._report = writer, report
        # part of every digest: under new rules every article has changed
        self._rules = (settings.passage_tokens, settings.rules)
        self._added: Counter[bytes] = Counter()  # digests of added articles
        self._lines = DatedLines()
        self._log = VersionLog(writer, settings.versions)

    def begin_file(self, changed: bool) -> None:
        """Begin a file; `changed` says whether it looks otherwise than when it was last read."""
        self._log.file_changed = changed

    def read(self, article: Article, passages: Iterable[Passage]) -> Skip | None:
        """Add or update one article; returns why not, if it is skipped."""
        stored = self._writer.find(article.id)
        waiting = self._lines.waiting(article.id)
        place = self._lines.place(article, stored)
        if place == "taken":
            path = article.path if waiting else stored.path if stored else ""
            return Skip(article.place, taken(article.id, path), article.id)
        if place in ("older", "newer") or waiting:
            self._lines.count(article)
        if place == "older":
            self._log.earlier(article, waiting or self._writer.article(article.id))
            return None
        if waiting:
            self._log.earlier(waiting, article)
        if place == "waits":
            self._lines.hold(article, passages)
            return None
        self._lines.release(article.id)
        self._put(article, passages, stored)
        return None

    def end_file(self, path: str) -> None:
        """Put in the lines that waited for a newer one, unless that is kept unread."""
        for article, passages in self._lines.left():
            stored = self._writer.find(article.id)
            if stored and stored.seen:
                self._log.earlier(article, self._writer.article(article.id))
            else:
                self._put(article, passages, stored)
        if earlier := self._lines.counted():
            self._report.partly_read.append((path, earlier))

    def _put(
        self, article: Article, passages: Iterable[Passage], stored: StoredArticle | None
    ) -> None:
        digest = with_rules(article, self._rules)
        if stored and not stored.seen and (stored.path, stored.digest) == (article.path, digest):
            self._writer.see_at(article.id, article.place)
            self._report.unchanged += 1
            return
        if stored and stored.path != article.path:
            self._writer.set_unread(stored.path)  # that file lost an article
        if stored and stored.seen:
            self._log.superseded(article.id, article)
        elif stored:
            self._log.replaced(stored, article)
        self._writer.put(article, digest, iter(passages))
        self._count(digest, stored)

    def _count(self, digest: bytes, stored: StoredArticle | None) -> None:
        if stored is None:
            self._report.added += 1
            self._added[digest] += 1
        elif not stored.seen:
            self._report.changed += 1
        elif not stored.fresh:  # a line that was there before
            self._report.unchanged -= 1
            self._report.changed += 1
        elif self._added[stored.digest]:
            self._added[stored.digest] -= 1
            self._added[digest] += 1

    def remove_unseen(self, seeds: str, allow_empty: bool) -> None:
        """Remove the articles that the build has not met.

        Raises:
            ArchiveError: That are all, and it is not allowed.
        """
        unseen = self._writer.unseen()
        if unseen and not allow_empty and len(unseen) == self._writer.count_articles():
            raise ArchiveError(
                f"the seeds folder '{seeds}' holds no article that can be read, but "
                f"the index holds {len(unseen)}: to empty the index too, say --allow-empty "
                "(allow_empty=True)"
            )
        for identity, digest in unseen:
            if self._added[digest]:  # the same article under another name
                self._added[digest] -= 1
                self._report.added -= 1
                self._report.changed += 1
            else:
                self._log.removed(identity)
                self._report.removed += 1
            self._writer.remove(identity)


def taken(identity: str, path: str) -> str:
    """Return why an article is skipped whose id is that of an article in the file `path`."""
    return f"its id '{identity}' is already that of an article in {path}"
