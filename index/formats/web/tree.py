"""Look at the tree of a web page and change it, in time linear in its size however it is built."""

from collections.abc import Container, Iterable, Iterator, Mapping

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def text_of(element: Element) -> str:
    """All text below an element, with its white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def replace_by_text(texts: Mapping[Element, str]) -> None:
    """Put texts in the place of elements, which are given in the order of the document."""
    pieces: dict[tuple[Element, Element | None], list[str]] = {}
    for element, text in texts.items():
        parent = element.getparent()
        if parent is not None:
            place = parent, element.getprevious()
            pieces.setdefault(place, []).extend((text, element.tail or ""))
            parent.remove(element)
    # joined once for each place: many elements may follow one another
    for (parent, before), added in pieces.items():
        if before is None:
            parent.text = "".join((parent.text or "", *added))
        else:
            before.tail = "".join((before.tail or "", *added))


def drop(elements: Iterable[Element]) -> None:
    """Take out elements, which are given in the order of the document; what follows them stays."""
    replace_by_text(dict.fromkeys(elements, ""))


def outermost(root: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements of some names that are in no other one of these."""
    walk = iterwalk(root, events=("start",), tag=tags)
    for _, element in walk:
        walk.skip_subtree()
        yield element


def measured(root: Element) -> Iterator[tuple[str, Element, int]]:
    """Yield ("start" or "end", element, characters before that point, white space collapsed)."""
    length, at_gap = 0, False
    for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("start", "end"):
            yield event, element, length
        text = element.text if event == "start" else element.tail
        if words := (text or "").split():
            gap = length > 0 and (at_gap or text[0].isspace())
            length += sum(map(len, words)) + len(words) - 1 + gap
        if text:
            at_gap = text[-1].isspace()


def lengths(root: Element, wanted: Container[Element]) -> dict[Element, int]:
    """Return how many characters of text the wanted elements hold, white space collapsed."""
    found: dict[Element, int] = {}
    for _, element, length in measured(root):
        if element in wanted:
            found[element] = length - found.get(element, 0)
    return found
