"""Citations: where a text occurs in the archive, verbatim, and where it occurs again.

Does not decide whether a sentence answers the question (`answering.py`) nor how a citation is shown
(`qa/chat/source.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.article import Location
from index.passage import Passage, sentences
from index.store.base.protocol import Version
from qa.permalink import digest_of, permalink_of
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit

from .context import Context, context_around
from .near_duplicates import find_near_duplicate

KIND_PREFERENCE = ("body", "title", "teaser")  # which of several equal sentences is cited


@dataclass(frozen=True, slots=True)
class Place:
    """Another occurrence of a cited text: word for word, or a near duplicate if not `verbatim`."""

    article_id: str
    title: str | None
    path: str
    start: int
    end: int
    kind: str
    verbatim: bool = True
    place: str = ""
    archive: str = ""  # its name, where several are open


@dataclass(frozen=True, slots=True)
class Change:
    """That a cited article had another text before."""

    since: date  # the day of the version before, or on which a build replaced it
    sentences: int  # that differ; 0 if that is not known
    versions: int  # how many earlier ones the archive knows of

    @classmethod
    def of(cls, last: Version, versions: int, day: date | None) -> "Change":
        """Return the change from the last of its versions to an article of this `day`."""
        dated = last.date and day and last.date < day
        since = last.date if dated and last.date else last.replaced.date()
        return cls(since, last.sentences, versions)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of an article; offsets are code points into that article's text.

    The citation of a teaser has the teaser's own title, or None; all else describes the article
    that holds it. `path` is the file in the seeds folder; `place` adds the member, entry or line in
    it, as in "outer.zip#inner/a.txt". `location` is the page or time at which the text starts.
    `context` is the rest of the paragraph, None if unknown; it is not compared, and `as_dict` in
    `answering.py` leaves it out.
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
    context: Context | None = field(default=None, repr=False, compare=False)
    location: Location | None = None
    author: str | None = None
    digest: str = ""  # of the article's text, in hexadecimal; "" if unknown
    changed: Change | None = None  # of the article, as far as the archive knows
    also_published: tuple[str, ...] = ()  # ids of other articles with the same URL
    archive: str = ""  # its name, where several are open; then `article_id` starts with it

    @property
    def permalink(self) -> str | None:
        """The address of the cited text, relative to the page's; None if no digest is known."""
        return permalink_of(self.digest, self.start, self.end, self.text)


def source_name(source: Citation | Place) -> str:
    """Return what a source is called when shown: its file, with the line or member in it.

    Of several archives, its own comes first: "news: a.zip#b.txt".
    """
    name = source.place or source.path
    return f"{source.archive}: {name}" if source.archive else name


def sentence_bounds(passage: Passage, span: Span) -> tuple[int, int]:
    """Return the bounds of the sentence(s) that a span touches, as offsets into the passage."""
    start, end = span.start, span.end
    for left, right in sentences(passage.text, passage.language):
        if left <= span.start < right:
            start = left
        if left < span.end <= right:
            end = right
    return start, end


def cite(hit: Hit, start: int, end: int) -> Citation:
    """Cite `hit.article.text[start:end]`; a headline's context includes the first paragraph."""
    article, passage = hit.article, hit.passage
    is_title = passage.kind == "title"
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
        location=article.location(start),
        author=article.author,
        digest=digest_of(article),
        context=context_around(article.text, start, end, next_paragraph=is_title),
        archive=article.archive,
    )


def cite_sentence(hit: Hit, sentence: str, answer: str) -> Citation | None:
    """Cite the sentence in a hit, or a near duplicate of it that holds the same answer.

    Returns None if the passage has neither.
    """
    passage = hit.passage
    start = passage.text.find(sentence)
    if start >= 0:
        return cite(hit, passage.start + start, passage.start + start + len(sentence))
    if near := find_near_duplicate(passage, sentence, answer):
        return cite(hit, passage.start + near[0], passage.start + near[1])
    return None


def merge(citations: Sequence[Citation], text: str) -> Citation:
    """Merge citations of the same sentence into one; the others become its `also_in`.

    Prefers a body to a title to a teaser, then one that reads exactly `text`, then the first.
    """
    first, *others = sorted(
        citations, key=lambda c: (KIND_PREFERENCE.index(c.kind), c.text != text)
    )
    also_in = tuple(
        Place(
            c.article_id, c.title, c.path, c.start, c.end, c.kind, c.text == first.text, c.place,
            c.archive,
        )
        for c in others
    )  # fmt: skip
    return replace(first, also_in=also_in)
