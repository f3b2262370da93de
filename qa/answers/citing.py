"""Citations: where a text stands, word for word, and where else it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from index.passage import Passage, sentences
from qa.retrieval.retriever import Hit

from .near_duplicates import near_sentence

if TYPE_CHECKING:  # importing it imports torch, which takes seconds
    from qa.reader.reader import Span

KINDS = ("body", "title", "teaser")  # the order in which equal sentences are preferred


@dataclass(frozen=True, slots=True)
class Place:
    """Where else a cited text stands: word for word, or nearly so if not `verbatim`."""

    article_id: str
    title: str | None
    path: str
    start: int
    end: int
    kind: str
    verbatim: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of an article; offsets are code points into that article's text.

    A teaser's citation bears the teaser's own title, or None; the rest says where it was found:
    `path` is the file in the seeds folder, `place` also says where in it, "outer.zip#inner/a.txt".
    """

    article_id: str
    title: str | None
    date: date | None
    language: str | None
    path: str
    url: str | None
    start: int
    end: int
    text: str
    kind: str
    also_in: tuple[Place, ...] = ()
    place: str = ""


def named(source: Citation | Place) -> str:
    """What a source is called before people: its file, and which line or member of it."""
    return source.place or source.path


def sentence_around(passage: Passage, span: "Span") -> tuple[int, int]:
    """From the start of the sentence in which the span begins to the end of the one it ends in."""
    start, end = span.start, span.end
    for a, b in sentences(passage.text, passage.language):
        if a <= span.start < b:
            start = a
        if a < span.end <= b:
            end = b
    return start, end


def _offset(passage: Passage, sentence: str) -> int | None:
    at = passage.text.find(sentence)
    return None if at < 0 else passage.start + at


def cite(hit: Hit, start: int, end: int) -> Citation:
    article, passage = hit.article, hit.passage
    return Citation(
        article_id=article.id,
        title=passage.title if passage.kind == "teaser" else article.title,
        date=article.date,
        language=passage.language,
        path=article.path,
        url=article.url,
        start=start,
        end=end,
        text=article.text[start:end],
        kind=passage.kind,
        place=article.place,
    )


def same_sentence(hit: Hit, sentence: str, answer: str) -> Citation | None:
    """Where a found passage holds the sentence, or nearly the same one with the same answer."""
    at = _offset(hit.passage, sentence)
    if at is not None:
        return cite(hit, at, at + len(sentence))
    if near := near_sentence(hit.passage, sentence, answer):
        return cite(hit, hit.passage.start + near[0], hit.passage.start + near[1])
    return None


def together(places: Sequence[Citation], text: str) -> Citation:
    """One citation of all: of a body rather than a teaser, of the very `text` rather than near."""
    first, *rest = sorted(places, key=lambda c: (KINDS.index(c.kind), c.text != text))
    also_in = tuple(
        Place(c.article_id, c.title, c.path, c.start, c.end, c.kind, c.text == first.text, c.place)
        for c in rest
    )
    return replace(first, also_in=also_in)
