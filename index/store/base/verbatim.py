"""Is a stored article what was read from its seed, and are its passages verbatim and complete?

The only thing that cannot be verified here is the line of a .jsonl that an article came from.
"""

from collections.abc import Iterable, Iterator

from index.article import Article

from .digest import SIZE, of_article, of_text
from .records import Problem

PassageRow = tuple[int, int, int, str, str | None, bytes]


def wrong_article(
    article: Article, number: int, digest: bytes, rows: Iterable[PassageRow]
) -> Iterator[Problem]:
    """Yield what is wrong with an article and its passages.

    Args:
        article: As it is stored.
        number: Its row.
        digest: Of what was read from its seed.
        rows: (id, start, end, kind, own title, content) of its passages, by start.
    """
    # an index of an earlier version has digests that cannot be compared
    if digest == b"" or (len(digest) > SIZE and digest[:SIZE] != of_article(article)):
        sentence = f"the article '{article.id}' is not what was read from {article.place}"
        yield Problem("article", sentence, number)
    if not article.place.startswith(article.path):
        sentence = f"the article '{article.id}' is in {article.path} and in {article.place}"
        yield Problem("article", sentence, number)
    yield from _wrong_passages(article, number, rows)


def wrong_text_digest(article: Article, number: int, stored: bytes | None) -> Iterator[Problem]:
    """Yield a problem unless `stored` is the digest of the text of the article in row `number`."""
    if stored != of_text(article.text):
        yield Problem("article", f"the article '{article.id}' cannot be found by its text", number)


def _wrong_passages(article: Article, number: int, rows: Iterable[PassageRow]) -> Iterator[Problem]:
    def wrong(identity: int, what: str) -> Problem:
        return Problem("passage", f"passage {identity} of '{article.id}' {what}", number)

    at = 0
    for identity, start, end, kind, title, content in rows:
        if not 0 <= start < end <= len(article.text):
            yield wrong(identity, f"is from {start} to {end} of {len(article.text)} characters")
            continue
        if of_text(article.text[start:end]) != content:
            yield wrong(identity, "is not the text that was embedded")
        if not any(
            part.start <= start and end <= part.end and (part.kind, part.title) == (kind, title)
            for part in article.parts
        ):
            yield wrong(identity, f"is no {kind} of that article")
        if start < at:
            yield wrong(identity, "overlaps the one before it")
        elif article.text[at:start].strip():
            yield wrong(identity, f"comes after {start - at} characters that are in no passage")
        at = max(at, end)
    if article.text[at:].strip():
        sentence = f"the end of '{article.id}', from {at}, is in no passage"
        yield Problem("passage", sentence, number)
