"""Find the related teasers of a page: at its end, or in a box between paragraphs of the article.

On a page of the known shape, whose pictures or bylines bear marks, whatever follows the heading
"Related articles" is teasers. On any other page the article may go on below the headlines that
follow the heading; then only these are teasers.
"""

import re
from collections.abc import Set

from .lines import content, has_mark, looks_like_headline
from .patterns import RELATED, is_line

TRUNCATED = re.compile(r"(?:…|\.\.\.)\W*$")
MIN_PARAGRAPHS = 2  # below a box; a single one may be a teaser
MIN_CHARACTERS = 15  # of a paragraph of the article; shorter sentences are teasers


def without_boxes(
    blocks: list[str], links: Set[str] = frozenset()
) -> tuple[list[str], list[str], list[str]]:
    """Split a page into the article, the headlines of boxes in it, and the teasers at its end.

    Args:
        blocks: The blocks of the page.
        links: Those lines of a web page that are links.
    """
    article: list[str] = []
    boxes: list[str] = []
    known_shape = any(map(has_mark, blocks))
    while (heading := _related_heading(blocks, begun=bool(article))) < len(blocks):
        article += blocks[:heading]
        blocks = blocks[heading + 1 :]
        size = None if known_shape else _box_size(blocks, links)
        if size is None:  # only on a page of the known shape do empty blocks end the teasers
            return article, boxes, blocks if known_shape else [*filter(None, blocks)]
        boxes += filter(None, blocks[:size])
        blocks = blocks[size:]
    return article + blocks, boxes, []


def _related_heading(blocks: list[str], begun: bool) -> int:
    """The position of the heading above teasers, or len(blocks); an article precedes it."""
    for i, block in enumerate(blocks):
        if begun and is_line(RELATED, block):
            return i
        begun = begun or bool(content(block))
    return len(blocks)


def _box_size(blocks: list[str], links: Set[str]) -> int | None:
    """The number of blocks below a heading that are its box; None if all are teasers.

    The article goes on where two paragraphs follow each other; between teasers there are headlines.
    """
    below = [i for i, block in enumerate(blocks) if block and not is_line(RELATED, block)]
    linked = [_is_link(blocks[i], links) for i in below]
    if linked and linked[0]:
        size = linked.index(False) if False in linked else len(linked)
        return None if any(linked[size:]) or size == len(linked) else below[size]
    start = next((n for n, i in enumerate(below) if _is_paragraph(blocks[i])), None)
    if start is None:
        return None
    if start == 0:  # no headline: what is below the heading may well be the article
        below = [i for i in below if not looks_like_headline(blocks[i])]
    paragraphs = below[start : start + MIN_PARAGRAPHS]
    if len(paragraphs) < MIN_PARAGRAPHS:
        return None
    return paragraphs[0] if all(_is_paragraph(blocks[i]) for i in paragraphs) else None


def _is_paragraph(block: str) -> bool:
    """Whether the block may be a paragraph of the article, as opposed to a headline or teaser."""
    cut = looks_like_headline(block) or TRUNCATED.search(block)
    return not cut and len(block) >= MIN_CHARACTERS


def _is_link(block: str, links: Set[str]) -> bool:
    return " ".join(block.strip(" -|").split()) in links
