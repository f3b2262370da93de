"""Recognise pages that lead to articles and are none: front pages, topic pages, lists of links."""

import re
from collections.abc import Iterator, Sequence, Set

from lxml.etree import _Element as Element

from .tree import text_of

MIN_LINKS = 8  # linked headlines; a box of related articles has fewer
MIN_HEADLINE = 16  # letters, an ideograph counting as three; shorter links are a menu
MIN_SENTENCE = 60  # letters likewise; so much text besides a menu may be the article
IN_LINE = 0.6  # share of a line that is a link: the rest is a date or a bullet
IN_LIST = 0.9  # share of a list's text in such lines
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
MAX_TEASER = 2, 320  # lines below a linked headline, and their characters


def links_away(root: Element) -> frozenset[str]:
    """Return the texts of the links that lead to another page."""
    links = (link for link in root.iter("a") if not (link.get("href") or "#").startswith("#"))
    return frozenset(filter(None, map(text_of, links)))


def leads_elsewhere(lines: Sequence[str], links: Set[str]) -> bool:
    """Whether a text is a list of links, or linked headlines with a teaser each.

    Args:
        lines: The page's text; the first one may be its title.
        links: The texts of its links to other pages.
    """
    stripped = [" ".join(line.strip(" -|").split()) for line in lines]
    linked = [_is_linked(line, links) for line in stripped]
    if sum(linked) < MIN_LINKS:
        return False
    pairs = list(zip(stripped, linked, strict=True))
    headlines = sum(is_link and _width(line) >= MIN_HEADLINE for line, is_link in pairs)
    if headlines < MIN_LINKS:
        return all(is_link or _width(line) < MIN_SENTENCE for line, is_link in pairs)
    in_links = sum(len(line) for line, is_link in pairs if is_link)
    if in_links >= IN_LIST * sum(map(len, stripped)):
        return True
    below = _below_headlines(stripped, linked)
    return all(len(b) <= MAX_TEASER[0] and sum(map(len, b)) <= MAX_TEASER[1] for b in below)


def _width(line: str) -> int:
    return len(line) + 2 * len(IDEOGRAPH.findall(line))


def _is_linked(line: str, links: Set[str]) -> bool:
    """Whether a line is a link, perhaps with a date before or after it."""
    if line in links:
        return True
    words = line.split()
    shorter = [" ".join(words[i:j]) for i, j in ((1, None), (2, None), (None, -1), (None, -2))]
    return any(part in links and len(part) >= IN_LINE * len(line) for part in shorter)


def _below_headlines(lines: Sequence[str], linked: Sequence[bool]) -> Iterator[list[str]]:
    """Yield the lines before the first linked one, and those behind each of them."""
    run: list[str] = []
    for line, is_link in zip(lines, linked, strict=True):
        if is_link:
            yield run
            run = []
        else:
            run.append(line)
    yield run
