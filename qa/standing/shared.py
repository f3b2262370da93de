"""The list of standing questions as the page's visitors share it: no programs, and bounded."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from index.errors import ArchiveError
from index.store.base.search_filter import SearchFilter
from qa.answers.answering import Answer
from qa.answers.question import check_question

from .book import Book, FullError
from .news import latest_news, mark_read, news_after, unread
from .records import News, StandingQuestion

MAX_AN_HOUR = 60  # questions that all visitors together may add
MAX_FROM_PAGE = 1_000  # questions of an archive up to which visitors may add one
MAX_SHOWN = 100  # questions
MAX_NEWS = 50


@dataclass(frozen=True, slots=True)
class View:
    """What the list shows: the latest questions and the latest news, and how many there are."""

    questions: tuple[StandingQuestion, ...] = ()
    news: tuple[News, ...] = ()
    total: int = 0  # questions
    unread: frozenset[int] = frozenset()  # ids of the questions with unread news


@dataclass(frozen=True, slots=True)
class SharedList:
    """What visitors may do with the standing questions of an archive."""

    book: Book
    changeable: bool = True  # whether they may add and remove questions
    added: Callable[[], None] = field(default=lambda: None)  # called after a question was added
    _times: deque[float] = field(default_factory=lambda: deque(maxlen=MAX_AN_HOUR))  # of additions

    def stands(self, question: str, search_filter: SearchFilter) -> bool:
        """Whether a question is asked again."""
        return self.book.find(question, search_filter) is not None

    def toggle(self, answer: Answer, search_filter: SearchFilter, wanted: bool) -> bool:
        """Add or remove the question of an answer; return whether it is asked again now.

        Raises:
            ArchiveError: The list cannot be changed, or is full.
        """
        self._require_changeable()
        question = answer.understood or answer.question
        found = self.book.find(question, search_filter)
        if wanted and found is None:
            self._add(question, search_filter, answer)
        elif not wanted and found is not None:
            self.book.remove(found, from_page=True)
        return wanted

    def add(self, question: str, search_filter: SearchFilter) -> int:
        """Add a question whose answer is not known yet; return its id. Errors as `toggle`."""
        self._require_changeable()
        found = self.book.find(question, search_filter)
        return self._add(question, search_filter) if found is None else found

    def remove(self, identity: int) -> bool:
        """Remove a question of the page's; return whether there was one. Errors as `toggle`."""
        self._require_changeable()
        return self.book.remove(identity, from_page=True)

    def news_since(self, number: int, most: int) -> list[News]:
        """Return the news after the one with this number, the oldest first."""
        return news_after(self.book, number, most)

    def counts(self) -> tuple[int, int]:
        """Return how many questions there are, and how many have news that nobody has read."""
        return len(self.book), len(unread(self.book))

    def view(self) -> View:
        """Return what there is to show."""
        questions, news = self.book.questions(), latest_news(self.book, most=MAX_NEWS)
        shown = tuple(reversed(questions[-MAX_SHOWN:]))
        return View(shown, tuple(news), len(questions), frozenset(unread(self.book)))

    def mark_read(self, view: View) -> None:
        """Note that somebody has seen the news of a view; nobody is told of them again.

        A page that is read-only notes nothing.
        """
        if self.changeable and view.unread and view.news:
            mark_read(self.book, view.news[0].number)

    def _add(self, question: str, search_filter: SearchFilter, answer: Answer | None = None) -> int:
        check_question(question)  # one that cannot be asked does not count
        self._require_turn()
        identity = self.book.add(question, search_filter, answer=answer, most=MAX_FROM_PAGE)
        self.added()
        return identity

    def _require_changeable(self) -> None:
        if not self.changeable:
            raise ArchiveError("this page is read-only: its standing questions stay as they are")

    def _require_turn(self) -> None:
        """Count a question that is to be added, unless visitors added too many of late."""
        now = time.monotonic()
        if len(self._times) == MAX_AN_HOUR and now - self._times[0] < 3600:
            raise FullError(
                f"visitors added {MAX_AN_HOUR} standing questions within an hour: try again later"
            )
        self._times.append(now)
