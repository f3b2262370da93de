"""What is shown of a source as text: blocks of plain text, and facts that the source states."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .matching import find_quote

MAX_SHOWN = 60_000  # characters on each side of the cited text


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of the source about itself, such as the sender of a mail."""

    name: str  # "from" | "title" | ... , or the name of a field of the source
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of plain text; `marks` are what is cited of it, offsets into `text`, ascending."""

    text: str
    kind: str = "paragraph"  # | "heading" | "item" | "row" | "quote" | "code" | "caption"
    level: int = 0  # of a heading, 1 to 6; how deep a list item is
    seconds: float | None = None  # when it is said in a recording
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is cited."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in (*pieces, (self.text[at:], False)) if piece[0]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A window of blocks around what is cited."""

    blocks: tuple[Block, ...]
    cut_before: bool = False  # whether there is more
    cut_after: bool = False

    @property
    def marked(self) -> bool:
        """Whether the cited text was found."""
        return any(block.marks for block in self.blocks)


def show(blocks: Sequence[Block], quote: str) -> Shown:
    """Mark a quotation in blocks and keep what is near it, or the start if it is not there."""
    marked = list(blocks)
    found = find_quote([block.text for block in blocks], quote) if quote else []
    for part in found:
        block = marked[part.piece]
        marked[part.piece] = replace(block, marks=(*block.marks, (part.start, part.end)))
    first = found[0].piece if found else 0
    start, end, left = first, first, MAX_SHOWN
    while start > 0 and left > 0:
        start -= 1
        left -= len(marked[start].text) + 1
    left = 2 * MAX_SHOWN if not found else MAX_SHOWN
    while end < len(marked) and left > 0:
        left -= len(marked[end].text) + 1
        end += 1
    near = tuple(_cut(block) for block in marked[start:end])
    return Shown(near, start > 0, end < len(marked))


def _cut(block: Block) -> Block:
    """Keep what is near the cited text of a block that is long by itself."""
    if len(block.text) <= 2 * MAX_SHOWN:
        return block
    start = max(0, (block.marks[0][0] if block.marks else 0) - MAX_SHOWN)
    text = block.text[start : start + 2 * MAX_SHOWN]
    marks = tuple(
        (a - start, min(b - start, len(text))) for a, b in block.marks if a - start < len(text)
    )
    return replace(block, text=text, marks=marks)
