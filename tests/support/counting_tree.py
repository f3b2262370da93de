"""A tree that counts what is done with it, to tell linear from quadratic time without a clock."""

from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html


class Work:
    """How many characters were read from trees, and how many steps were made in them."""

    count = 0


class _Element(lxml.html.HtmlElement):  # type: ignore[misc]
    @property
    def text(self) -> str | None:
        return _read(super().text)

    @text.setter
    def text(self, value: str | None) -> None:
        lxml.etree.ElementBase.text.__set__(self, value)

    @property
    def tail(self) -> str | None:
        return _read(super().tail)

    @tail.setter
    def tail(self, value: str | None) -> None:
        lxml.etree.ElementBase.tail.__set__(self, value)

    def getparent(self) -> Any:
        Work.count += 1
        return super().getparent()

    def getprevious(self) -> Any:
        Work.count += 1
        return super().getprevious()

    def iterancestors(self, *tags: Any) -> Iterator[Any]:
        for each in super().iterancestors(*tags):
            Work.count += 1
            yield each

    def iter(self, *tags: Any) -> Iterator[Any]:
        for each in super().iter(*tags):
            Work.count += 1
            yield each

    def itertext(self, *tags: Any, **options: Any) -> Iterator[str]:
        for text in super().itertext(*tags, **options):
            Work.count += len(text) + 1
            yield text


def _read(text: str | None) -> str | None:
    Work.count += len(text or "") + 1
    return text


def counting_tree(page: str) -> lxml.etree._Element:
    """Parse a page into a tree that counts in `Work.count`, from 0."""
    parser = lxml.etree.HTMLParser(remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(lxml.etree.ElementDefaultClassLookup(element=_Element))
    root = lxml.etree.fromstring(f"<html><body>{page}</body></html>", parser)
    Work.count = 0
    return root
