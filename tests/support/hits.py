"""Search hits over small articles, without an index."""

import datetime

from index.article import Article
from index.passage import Passage
from qa.retrieval.retriever import Hit

DATE = datetime.date(2025, 10, 28)


def make_hit(
    text: str,
    within: str | None = None,
    *,
    article_id: str = "a.txt",
    title: str | None = None,
    kind: str = "body",
    score: float = 1.0,
    dense_rank: int | None = 1,
    keyword_rank: int | None = None,
) -> Hit:
    """A hit on the passage `text` of an article whose text is `within`, or the passage itself."""
    whole = text if within is None else within
    start = whole.index(text)
    article = Article(article_id, title, whole, DATE, "en", article_id, place=article_id)
    passage = Passage(article_id, start, start + len(text), text, kind, "en", None)
    return Hit(score, passage, article, dense_rank, keyword_rank)
