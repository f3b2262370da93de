"""Take the page furniture off one scraped page: what remains is headline, body and related teasers.

A pure function of one file: nothing is ever removed because it stands in other files too. A page
is read as blocks (separated by blank lines) in the order in which such pages stand:

    caption + "AI image" line | headline | marks | body blocks ... | "Related articles"
    | teasers, some under a picture and a headline of their own | empty blocks | cookie banner

Pages of which nothing matches, plain text say, come out as they are, but for the headline: a first
block of one short line without final punctuation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.control import CONTROL

from .cookie_banner import without_banner, without_foot
from .patterns import FINAL, IMAGE, MARKS, QUESTION, RELATED, is_line

LONGEST_TITLE = 200  # characters
LONGEST_CAPTION = 500
WIDEST_HEADING = 130  # like characters, an ideograph counting three: of a headline without picture
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article: its text, its kind, and for a teaser its own headline."""

    text: str
    kind: str  # "title" | "body" | "teaser"
    title: str | None = None


def clean(page: str) -> list[Block]:
    """The blocks of an article, in order: at most one title, then body, then teasers.

    >>> page = "A man eats.\\nAI-generated image\\n\\nMan eats dog\\n\\nReported by AI\\n\\nHe did."
    >>> [(block.kind, block.text) for block in clean(page)]
    [('title', 'Man eats dog'), ('body', 'He did.')]
    """
    blocks = without_foot(without_banner(_split(page)))
    heading = _related(blocks)
    return [*_main(blocks[:heading]), *_teasers(blocks[heading + 1 :])]


def _split(page: str) -> list[str]:
    """Blocks without the white space around them; a block of only a no-break space is ""."""
    page = CONTROL.sub("", re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029\x85]", "\n", page))
    return [
        block.strip() for block in re.split(r"\n(?:[ \t\u3000]*\n)+", page.strip("\n \t\u3000"))
    ]


def _related(blocks: list[str]) -> int:
    """Where the heading over the teasers stands; it has an article above it."""
    above = False
    for i, block in enumerate(blocks):
        if above and is_line(RELATED, block):
            return i
        above = above or bool(_content(block))
    return len(blocks)


def _main(blocks: list[str]) -> Iterator[Block]:
    title = _title_between_marks(blocks)
    if title is None:
        title = _title_on_top(blocks)
    if title is not None:
        yield Block(blocks[title], "title")
    for block in blocks if title is None else blocks[title + 1 :]:
        if text := _content(block):
            yield Block(text, "body")


def _title_between_marks(blocks: list[str]) -> int | None:
    """The headline stands after the first mark and a mark follows it; before it is only furniture.

    Without a picture the byline alone says it: the first block, if a byline follows.
    """
    first = next((i for i, block in enumerate(blocks) if _marked(block)), None)
    if first is None:
        return None
    for i in (first + 1, first - 1):
        between = 0 <= i < len(blocks) - 1 and is_line(MARKS, blocks[i + 1])
        if between and _short_line(blocks[i]) and next(_contents(blocks), None) == i:
            return i
    return None


def _title_on_top(blocks: list[str]) -> int | None:
    """The first block, if it looks like a headline of the next."""
    first, second = [*_contents(blocks), None, None][:2]
    if first is None or second is None or blocks[first] != _content(blocks[first]):
        return None
    asks = QUESTION.search(blocks[first]) and len(blocks[second]) > 2 * len(blocks[first])
    headline = _headline(blocks[first]) or (asks and _short_line(blocks[first]))
    return first if headline else None


def _teasers(blocks: list[str]) -> Iterator[Block]:
    """One teaser a block, headlines joined to the block after; an empty block ends it."""
    title, picture, begun = "", False, False
    for i, block in enumerate(blocks):
        if not block and begun:
            break  # what follows is the foot of the page
        text = _content(block)
        if not text:
            picture = picture or (not title and _pictured(block))
            continue
        begun = True
        if not title and _heads(blocks, i, picture):
            title = text
        else:
            yield Block(f"{title}\n\n{text}" if title else text, "teaser", title or None)
            title = ""
        picture = _pictured(block)


def _heads(blocks: list[str], i: int, picture: bool) -> bool:
    """Whether blocks[i] is the headline of the teaser that follows; few without a picture are."""
    text, rest = _content(blocks[i]), blocks[i + 1 :]
    following = next((block for block in rest if not is_line(MARKS, block)), "")
    if not _content(following) or not _short_line(text):
        return False
    byline = is_line(MARKS, rest[0])
    if picture:
        return byline or _headline(text)
    wide = len(text) + 2 * len(WIDE.findall(text))
    return _headline(text) and not byline and wide <= WIDEST_HEADING and len(following) > len(text)


def _contents(blocks: list[str]) -> Iterator[int]:
    return (i for i, block in enumerate(blocks) if _content(block))


def _marked(block: str) -> bool:
    return any(is_line(MARKS, line) for line in block.split("\n"))


def _content(block: str) -> str:
    """`block` without marks, and without the caption: the line above an image mark."""
    if not _marked(block):
        return block
    kept: list[str] = []
    above_is_text = False
    for line in block.split("\n"):
        if not is_line(MARKS, line):
            kept.append(line)
        elif above_is_text and is_line(IMAGE, line) and len(kept[-1]) <= LONGEST_CAPTION:
            kept.pop()
        above_is_text = not is_line(MARKS, line)
    return "\n".join(kept).strip()


def _pictured(block: str) -> bool:
    return any(is_line(IMAGE, line) for line in block.split("\n"))


def _short_line(text: str) -> bool:
    return "\n" not in text and len(text) <= LONGEST_TITLE


def _headline(text: str) -> bool:
    return _short_line(text) and FINAL.search(text) is None
