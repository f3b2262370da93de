"""An article, answers about it, and a fake archive that returns a prepared answer."""

import datetime
from collections.abc import Iterator, Sequence

from index.article import Article, Location
from index.errors import ArchiveError
from index.passage import Passage
from index.store.base.protocol import Version
from index.store.base.search_filter import NO_FILTER, SearchFilter
from qa import Answer, Citation, Hit, Place
from qa.answers.context import context_around
from qa.answers.stages import Stage

TEXT = "A headline\n\nIt rained. The mayor, Ann Lee, opened the bridge on Monday. She left.\n\nEnd."
SENTENCE = "The mayor, Ann Lee, opened the bridge on Monday."
PAGE_12 = Location(page=12)
ARTICLE = Article("a.txt", "A headline", TEXT, datetime.date(2025, 1, 2), "en", "a.txt")


def citation(text: str, article: Article = ARTICLE, kind: str = "body") -> Citation:
    """Cite the first occurrence of `text` in an article."""
    start = article.text.index(text)
    return Citation(
        article_id=article.id,
        title=article.title,
        date=article.date,
        language=article.language,
        path=article.path,
        url=article.url,
        start=start,
        end=start + len(text),
        text=text,
        kind=kind,
        context=context_around(
            article.text, start, start + len(text), next_paragraph=kind == "title"
        ),
    )


def answer(text: str | None, *citations: Citation, confidence: float = 0.9) -> Answer:
    """Return an answer found in TEXT, or a refusal if `text` is None."""
    start = TEXT.index(text) if text else None
    return Answer(
        question="Who opened the bridge?",
        answered=text is not None,
        text=text,
        sentence=citations[0].text if text else None,
        start=start,
        end=None if start is None or text is None else start + len(text),
        confidence=confidence,
        citations=citations,
        alternatives=(),
        seconds=0.1,
    )


def an_answer(**changes: object) -> Answer:
    """Return an answer cited in two places, with some of its fields changed."""
    other_place = Place("b.txt", "Copy", "b.txt", 0, 5, "teaser")
    cited = Citation(
        "a.txt", "Bridge", None, "en", "a.txt", None, 0, 26, "It cost 3.5 million euros.", "body",
        (other_place,),
    )  # fmt: skip
    fields: dict[str, object] = {
        "question": "What did it cost?",
        "answered": True,
        "text": "3.5 million euros",
        "sentence": cited.text,
        "start": 8,
        "end": 25,
        "confidence": 0.9,
        "citations": (cited,),
        "alternatives": (),
        "seconds": 0.1,
    }
    return Answer(**{**fields, **changes})  # type: ignore[arg-type]


class FakeArchive:
    """Returns one answer to every question, and records the questions.

    Without an answer, or for an empty question, it refuses as an archive does.
    """

    def __init__(self, prepared: Answer | None, articles: Sequence[Article] = (ARTICLE,)) -> None:
        self.prepared = prepared
        self.articles = {article.id: article for article in articles}
        self.logged: dict[str, list[Version]] = {}
        self.sources: object = None
        self.questions: list[tuple[str, tuple[Answer, ...]]] = []  # with their history

    def stages(
        self,
        question: str,
        history: Sequence[Answer] = (),
        search_filter: SearchFilter = NO_FILTER,
    ) -> Iterator[Stage]:
        self.questions.append((question, tuple(history)))
        if self.prepared is None or not question:
            raise ArchiveError("the question is empty: ask something")
        passage = Passage("a.txt", 0, 10, TEXT[:10], "body", "en", None)
        hits = [Hit(1.0, passage, article, 1, None) for article in self.articles.values()]
        yield Stage(hits)
        yield Stage(hits, self.prepared)

    def count_undated(self) -> int:
        return sum(article.date is None for article in self.articles.values())

    def versions(self, id: str) -> list[Version]:
        return self.logged.get(id, [])

    def earlier(self) -> "FakeArchive":
        raise ArchiveError("the archive keeps no earlier texts")

    def article(self, id: str) -> Article:
        if id not in self.articles:
            raise ArchiveError(f"the archive has no article with the id '{id}'")
        return self.articles[id]
