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

from .markers import BUTTON, IMAGE, MARKS, NOTICE, RELATED

LONGEST_TITLE = 200  # characters
FINAL = re.compile(r"[.!?…。！？．][\"'”’»)\]」』）】]*$")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")


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
    blocks = _without_banner(_split(page))
    heading = next((i for i, block in enumerate(blocks) if _is(RELATED, block)), len(blocks))
    return [*_main(blocks[:heading]), *_teasers(blocks[heading + 1 :])]


def _split(page: str) -> list[str]:
    """Blocks without the white space around them; a block of only a no-break space is ""."""
    page = CONTROL.sub("", re.sub(r"\r\n?|[\x0c\u2028\u2029\x85]", "\n", page))
    return [block.strip() for block in re.split(r"\n(?:[ \t]*\n)+", page.strip("\n \t"))]


def _is(pattern: re.Pattern[str], block: str) -> bool:
    return len(block) <= 2 * LONGEST_TITLE and pattern.fullmatch(block) is not None


def _without_banner(blocks: list[str]) -> list[str]:
    """Drop each run of cookie-banner lines that says twice that it is one (notice, then button)."""
    kept: list[str] = []
    at = 0
    while at < len(blocks):
        end, lines = at, 0
        while end < len(blocks) and _banner(blocks[end], first=end == at):
            lines += blocks[end].count("\n") + 1
            end += 1
        if lines < 2:
            end = at + 1
            kept.append(blocks[at])
        at = end
    return kept


def _banner(block: str, first: bool) -> bool:
    lines = block.split("\n")
    if first and not _is(NOTICE, lines[0]):
        return False
    return all(_is(NOTICE, line) or _is(BUTTON, line) for line in lines)


def _main(blocks: list[str]) -> Iterator[Block]:
    title = _title_between_marks(blocks)
    if title is None:
        contents = [i for i, block in enumerate(blocks) if _content(block)]
        if len(contents) > 1 and _headline(blocks[contents[0]]):
            title = contents[0]
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
        between = 0 <= i < len(blocks) - 1 and _is(MARKS, blocks[i + 1])
        if between and _content(blocks[i]) and _short_line(blocks[i]):
            return i
    return None


def _teasers(blocks: list[str]) -> Iterator[Block]:
    """One teaser a block, headlines joined to the block after; the first empty block ends it."""
    title, under_picture = "", False
    for i, block in enumerate(blocks):
        if not block:
            break  # what follows is the foot of the page
        text = _content(block)
        if not text:
            under_picture = under_picture or not _is(MARKS, block)
            continue
        marks_follow = i + 1 < len(blocks) and _is(MARKS, blocks[i + 1])
        heads = _headline(text) or (under_picture and marks_follow and _short_line(text))
        if heads and not title and any(map(_content, blocks[i + 1 :])):
            title = text
        else:
            yield Block(f"{title}\n\n{text}" if title else text, "teaser", title or None)
            title = ""
        under_picture = False


def _marked(block: str) -> bool:
    return any(_is(MARKS, line) for line in block.split("\n"))


def _content(block: str) -> str:
    """`block` without marks, and without the caption: the line above an image mark."""
    if not _marked(block):
        return block
    kept: list[str] = []
    for line in block.split("\n"):
        if not _is(MARKS, line):
            kept.append(line)
        elif kept and _is(IMAGE, line):
            kept.pop()
    return "\n".join(kept).strip()


def _short_line(text: str) -> bool:
    return "\n" not in text and len(text) <= LONGEST_TITLE


def _headline(text: str) -> bool:
    return _short_line(text) and FINAL.search(text) is None
