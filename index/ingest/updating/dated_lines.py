"""Lines of one file that state the same id on different days: the newest of them is the article.

Without a day on both lines, or in another file or member of an archive, the id is taken: the second
article is skipped.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from index.article import Article
from index.passage import Passage
from index.store.base.protocol import StoredArticle

MAX_WAITING = 1_000  # articles held in memory; without waiting, more of them are put in twice

Place = Literal["first", "newer", "older", "waits", "taken"]
Found = tuple[Article, Iterable[Passage]]


class DatedLines:
    """The lines of the file that is being read, as far as they repeat an id."""

    def __init__(self) -> None:
        self._waiting: dict[str, Found] = {}  # older than what the index has of this file
        self._earlier: Counter[str] = Counter()  # lines of this file beside the newest, by id

    def place(self, article: Article, stored: StoredArticle | None) -> Place:
        """Compare an article with the one of its id that the build has met, if any.

        Returns:
            first: The build has met none.
            newer: It replaces the one that was met.
            older: It is an earlier version of the one that was met.
            waits: The index has a newer line of this file, which may still come.
            taken: Another article has its id.
        """
        waiting = self.waiting(article.id)
        if waiting is None and not (stored and stored.seen):
            waits = self._is_older_line(article, stored) and len(self._waiting) < MAX_WAITING
            return "waits" if waits else "first"
        beside = waiting or stored
        if beside and _table(beside) != _table(article):
            return "taken"
        met = waiting.date if waiting else stored and stored.date
        if not (met and article.date) or met == article.date:
            return "taken"
        if article.date < met:
            return "older"
        return "waits" if waiting and self._is_older_line(article, stored) else "newer"

    def waiting(self, identity: str) -> Article | None:
        """Return the newest of the lines with this id that wait, or None."""
        return self._waiting[identity][0] if identity in self._waiting else None

    def count(self, article: Article) -> None:
        """Count a line that is an earlier version, or whose article has one."""
        self._earlier[article.id] += 1

    def counted(self) -> str:
        """Say at the end of the file how many lines were counted, and forget them; "" if none."""
        lines, articles = self._earlier.total(), len(self._earlier)
        if not lines:
            return ""
        identity = next(iter(self._earlier))
        self._earlier.clear()
        what = f"the article '{identity}'"
        if articles > 1:
            what = f"{articles} articles, such as '{identity}'"
        if lines == 1:
            return f"one line is an earlier version of {what}"
        return f"{lines} lines are earlier versions of {what}"

    def hold(self, article: Article, passages: Iterable[Passage]) -> None:
        """Let an article wait, in place of an older one."""
        self._waiting[article.id] = article, passages

    def release(self, identity: str) -> None:
        """Let no line with this id wait any longer."""
        self._waiting.pop(identity, None)

    def left(self) -> list[Found]:
        """Return what still waits at the end of the file, and forget it."""
        found = list(self._waiting.values())
        self._waiting.clear()
        return found

    def _is_older_line(self, article: Article, stored: StoredArticle | None) -> bool:
        if stored is None or stored.seen or _table(stored) != _table(article):
            return False
        return bool(article.date and stored.date and article.date < stored.date)


def _table(article: Article | StoredArticle) -> tuple[str, str]:
    """Return the file, or the member of it, whose line an article is; no line has its own."""
    table, _, line = article.place.removeprefix(article.path).rpartition("#")
    return article.path, table if line.isdecimal() else article.place
