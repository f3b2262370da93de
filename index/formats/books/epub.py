"""Read a book (.epub): one draft per chapter that its table of contents names.

Its pages are read as their own words, not as web pages with furniture. Pictures, sounds and
scripts are not read.
"""

import re
import secrets
from collections.abc import Iterator

from index.errors import UnreadableError
from index.formats.containers.package import Package, open_package
from index.formats.decoding import decode_bytes
from index.formats.seed_file import Draft, Omitted, Refused, Seed
from index.formats.web.html import from_fragment

from .contents import Book, Chapter, open_book

PROLOG = re.compile(
    r"\s*(?:<\?xml\b.*?\?>|<!--.*?-->|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)",
    re.DOTALL | re.IGNORECASE,
)
HEAD, HEAD_END = (re.compile(p, re.IGNORECASE) for p in (r"<head\b[^<>]*>", r"</head\s*>"))
# XHTML may close any element so; HTML only those that are always empty
EMPTY = re.compile(r"<(?!(?:br|hr|img|wbr|col|input)\b)([\w:-]+)((?:\s[^<>]*)?)/>")
ID = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"\w+")
DRM = "is protected against copying (DRM): its text is encrypted"


def read_epub(seed: Seed) -> Iterator[Draft | Refused | Omitted]:
    """Yield the chapters, and what of the book cannot be read.

    Raises:
        UnreadableError: It is not an EPUB, is encrypted or has no text.
    """
    with open_package(seed) as package:
        book = open_book(package)
        if book.documents and book.encrypted.issuperset(book.documents):
            raise UnreadableError(DRM)
        chapter, pending, found = None, "", False
        for piece in _pieces(seed, package, book):
            if isinstance(piece, Refused):
                yield piece
                found = True
                continue
            begins, text = piece
            if begins and _has_text(pending, chapter, book):
                yield _draft(seed, book, chapter, pending)
                pending, found = "", True
            chapter = begins or chapter
            pending = f"{pending}\n\n{text}".strip()
        if pending:
            yield _draft(seed, book, chapter, pending)
        elif not found:
            raise UnreadableError("has no text: pictures are not read")


def _draft(seed: Seed, book: Book, chapter: Chapter | None, text: str) -> Draft:
    if chapter is None:
        return Draft(seed.place, text, book.metadata)
    name = f"{chapter.path}#{chapter.fragment}" if chapter.fragment else chapter.path
    title = chapter.title or book.metadata["title"]
    return Draft(f"{seed.place}#{name}", text, {**book.metadata, "title": title})


def _has_text(text: str, chapter: Chapter | None, book: Book) -> bool:
    """Whether a text is more than a title page or the heading of a part: what follows has those."""
    known = chapter.title if chapter else " ".join(map(str, book.metadata.values()))
    return not set(WORD.findall(text)) <= set(WORD.findall(known))


def _pieces(
    seed: Seed, package: Package, book: Book
) -> Iterator[tuple[Chapter | None, str] | Refused]:
    """Yield the text of each document, cut where a chapter begins, and that chapter."""
    for path in book.documents:
        chapters = {c.fragment: c for c in reversed(book.chapters) if c.path == path}
        try:
            if path in book.encrypted:
                raise UnreadableError(DRM)
            page = decode_bytes(package.read(path), markup=True).text
            yield from _cut(page, chapters)
        except UnreadableError as error:
            yield Refused.because(f"{seed.place}#{path}", error)


def _cut(page: str, chapters: dict[str, Chapter]) -> list[tuple[Chapter | None, str]]:
    """Split a page before the elements with the ids of `chapters`; "" stands for its beginning."""
    token = secrets.token_hex(8)  # a text that the page cannot hold
    body = EMPTY.sub(r"<\1\2></\1>", _without_head(page))
    begun: list[Chapter] = []

    def marked(element: re.Match[str]) -> str:
        chapter = chapters.get(element[2])
        if chapter is None or not element[2] or chapter in begun:
            return element[0]
        begun.append(chapter)
        return f"<p>[{token}:{len(begun) - 1}]</p>{element[0]}"

    # marks within comments and hidden elements do not come back
    first, *found = re.split(rf"\[{token}:(\d+)\]", from_fragment(ID.sub(marked, body)))
    pieces = [(chapters.get(""), first.strip())]
    texts = zip(found[::2], found[1::2], strict=True)
    pieces += [(begun[int(number)], text.strip()) for number, text in texts]
    return [(chapter, text) for chapter, text in pieces if chapter or text]


def _without_head(page: str) -> str:
    """A page from its root element on, without its head; in time linear in its length."""
    at = 0
    while prolog := PROLOG.match(page, at):
        at = prolog.end()
    head = HEAD.search(page, at)
    if not head:
        return page[at:]
    end = None if head[0].endswith("/>") else HEAD_END.search(page, head.end())
    return page[at : head.start()] + page[(end or head).end() :]
