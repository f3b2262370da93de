"""Which of the texts that a build replaces are earlier versions, and so go into the log.

A text that differs only because it is read or cleaned by other rules is no version: the file then
looks as it did when it was last read, or what was cleaned is the same.
"""

import datetime

from index.article import Article
from index.store.base.digest import of_text
from index.store.base.protocol import StoredArticle, Writer
from index.store.base.stored import source_digest
from index.store.base.versions import version_of


class VersionLog:
    """What one build adds to the log; with `mode` "none" nothing, and the log is emptied."""

    def __init__(self, writer: Writer, mode: str) -> None:
        self._writer, self._keeps = writer, mode != "none"
        self._now = datetime.datetime.now(datetime.UTC)
        self.file_changed = True  # whether the file being read has changed since it was last read
        if not self._keeps:
            writer.drop_versions()

    def replaced(self, stored: StoredArticle, article: Article) -> None:
        """Log the text that a build before this one published, if `article` is another version."""
        if not self._keeps or stored.text_digest == of_text(article.text):
            return
        if not stored.digest:  # a repair has found that it was not what was read
            return
        moved = stored.path != article.path
        same_source = stored.source_digest == source_digest(article)
        if moved or (self.file_changed and not same_source):
            self._log(article.id, article)

    def removed(self, identity: str) -> None:
        """Log the text of an article that is about to be removed."""
        if self._keeps:
            self._log(identity, None)

    def earlier(self, article: Article, later: Article | None) -> None:
        """Log a line of a file that states an earlier version itself."""
        if self._keeps:
            self._writer.log(version_of(article, later, self._now, line=True))

    def superseded(self, identity: str, later: Article) -> None:
        """Log the line that this build has met before `later`, as `earlier` does."""
        if self._keeps and (met := self._writer.article(identity)):
            self.earlier(met, later)

    def _log(self, identity: str, later: Article | None) -> None:
        if article := self._writer.article(identity):
            self._writer.log(version_of(article, later, self._now))
