"""What an EPUB states about itself: its documents in order, its chapters, title and author."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.etree import _Element as Element

from index.errors import UnreadableError
from index.formats.containers.package import Package
from index.formats.xml import attribute, local_name, parse_xml

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
# these hide fonts only
FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
NOT_TEXT = ("image/", "audio/", "video/")  # all else in the reading order is read as a page


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry of the table of contents."""

    path: str
    fragment: str  # the id of an element, or "" for the whole document
    title: str


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a book."""

    documents: tuple[str, ...]  # their paths, in reading order
    chapters: tuple[Chapter, ...]
    encrypted: frozenset[str]
    metadata: dict[str, object]


def open_book(package: Package) -> Book:
    """Read what a book consists of.

    Raises:
        UnreadableError: It is not an EPUB.
    """
    if CONTAINER not in package:
        raise UnreadableError(f"is not an EPUB: it has no {CONTAINER}")
    root = _first(parse_xml(package.read(CONTAINER)), "rootfile")
    path = (root is not None and root.get("full-path")) or ""
    book = parse_xml(package.read(path))
    items = {
        item.get("id") or "": (_resolved(path, item.get("href") or ""), item)
        for item in book.iter("{*}item")
    }
    contents = [
        at for at, item in items.values() if "nav" in (item.get("properties") or "").split()
    ]
    spine = [items[ref.get("idref") or ""] for ref in book.iter("{*}itemref")
             if ref.get("idref") in items]  # fmt: skip
    documents = (at for at, item in spine if not _media(item).startswith(NOT_TEXT))
    ncx = [at for at, item in items.values() if (item.get("media-type") or "").endswith("ncx+xml")]
    return Book(
        tuple(at for at in dict.fromkeys(documents) if at not in contents),
        tuple(_chapters(package, contents, ncx)),
        frozenset(_encrypted(package)),
        _metadata(book),
    )


def _media(item: Element) -> str:
    return item.get("media-type") or ""


def _resolved(base: str, address: str) -> str:
    """The member that a relative address names; never anything outside of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address)))


def _first(root: Element, name: str) -> Element | None:
    return next(root.iter(f"{{*}}{name}"), None)


def _words(element: Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _chapters(package: Package, contents: list[str], ncx: list[str]) -> Iterator[Chapter]:
    for path in contents + ncx:
        if path not in package:
            continue
        try:
            root = parse_xml(package.read(path))
        except UnreadableError:  # without its table of contents a book is one article
            continue
        found = list(_from_nav(path, root) if path in contents else _from_ncx(path, root))
        if found:
            yield from found
            return


def _from_nav(path: str, root: Element) -> Iterator[Chapter]:
    navs = [nav for nav in root.iter("{*}nav") if attribute(nav, "type") in ("toc", None)]
    for link in navs[0].iter("{*}a") if navs else ():
        yield _chapter(path, link.get("href") or "", _words(link))


def _from_ncx(path: str, root: Element) -> Iterator[Chapter]:
    for point in root.iter("{*}navPoint"):
        content, label = _first(point, "content"), _first(point, "navLabel")
        if content is not None:
            yield _chapter(path, content.get("src") or "", _words(label))


def _chapter(base: str, address: str, title: str) -> Chapter:
    path, _, fragment = address.partition("#")
    return Chapter(_resolved(base, path) if path else base, unquote(fragment), title)


def _encrypted(package: Package) -> Iterator[str]:
    if ENCRYPTION not in package:
        return
    for data in parse_xml(package.read(ENCRYPTION)).iter("{*}EncryptedData"):
        method, reference = _first(data, "EncryptionMethod"), _first(data, "CipherReference")
        if reference is not None and (
            method is None or method.get("Algorithm") not in FONT_METHODS
        ):
            yield posixpath.normpath(unquote(reference.get("URI") or ""))


def _metadata(book: Element) -> dict[str, object]:
    stated: dict[str, list[Element]] = {}
    metadata = _first(book, "metadata")
    for element in metadata.iter() if metadata is not None else ():
        if "purl.org/dc/" in str(element.tag):
            stated.setdefault(local_name(element), []).append(element)
    dates = [each for each in stated.get("date", []) if attribute(each, "event") != "modification"]
    return {
        "title": _words(stated["title"][0]) if "title" in stated else None,
        "author": [name for name in map(_words, stated.get("creator", ())) if name] or None,
        "date": tuple(filter(None, map(_words, dates))),
        "language": _words(stated["language"][0]).split("-")[0] if "language" in stated else None,
    }
