"""A small archive that is built again and again, with standing questions about it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from index.store.base.search_filter import NO_FILTER, SearchFilter
from index.store.doors import open_store
from qa.answers.answering import Answer
from qa.batch.outcomes import Models
from qa.standing.book import Book
from qa.standing.checking import check
from qa.standing.records import CheckReport
from tests.support.fakes import FakeEncoder, FakeReader

FERRY = "The ferry to Oban carried 312 people on Monday."
LATER = "The ferry to Oban carried 450 people on Tuesday."
# Passages about other things, so that not every passage is read for every question.
FILLERS = {f"other-{n}.txt": f"Nothing new about subject {n} of the council." for n in range(15)}


class CountingReader(FakeReader):
    """Counts the questions that it reads for."""

    def __init__(self, *words: str) -> None:
        super().__init__(*words)
        self.asked: list[str] = []

    def reading(self, question: str, *args: Any, **named: Any) -> Any:
        self.asked.append(question)
        return super().reading(question, *args, **named)


class StandingArchive:
    """An index, the questions that stand, and short forms of what tests do with both."""

    def __init__(self, make: Callable[..., object], folder: Path) -> None:
        self._make = make
        self.index = folder / "index"
        self.reader = CountingReader("312 people", "450 people", "3.5 million")
        self.encoder = FakeEncoder()
        self.book = Book(folder / "data" / "standing.sqlite")

    def build(self, files: Mapping[str, str | None], **options: Any) -> None:
        self._make(files, **options)

    def models(self) -> Models:
        return Models(open_store(self.index), self.encoder, self.reader)

    def add(
        self,
        question: str,
        only: SearchFilter = NO_FILTER,
        *,
        feed: str = "news",
        program: tuple[str, ...] = (),
        answer: Answer | None = None,
    ) -> int:
        return self.book.add(question, only, feed, program, answer)

    def check(self, **options: Any) -> CheckReport:
        self.reader.asked.clear()
        return check(self.models(), self.book, **options)
