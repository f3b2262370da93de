"""How two versions of a whole article differ: by sentences, and by words within changed ones.

Bounded in time and in what is returned, whatever the texts are: an article may be 10 MB long.
"""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from index.article import Article
from index.passage import sentences

from .difference import Piece, difference

MAX_COMPARED = 100_000  # characters of a text; longer ones are not compared
MAX_SENTENCES = 2_000  # of each text between its first and its last change that are compared
MAX_CHANGED = 20_000  # characters of changed text that are returned
MAX_BY_WORD = 1_000  # characters of changed text in one place that are compared word by word
MAX_PLACES = 20  # that are compared word by word
GAP = Piece("same", " … ")


def version_difference(old: Article, new: Article) -> list[Piece] | None:
    """Return what changed, each with the sentences around it; None if the texts are too long.

    >>> one, two = (Article("a", None, f"Fog. It rained. Ships {word}. End.", None, "en", "a")
    ...             for word in ("came", "left"))
    >>> [tuple(piece) for piece in version_difference(one, two)][:3]
    [('same', ' … '), ('same', 'It rained. '), ('same', 'Ships ')]
    """
    if max(len(old.text), len(new.text)) > MAX_COMPARED:
        return None
    a, b = _tokens(old), _tokens(new)
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    middle = a[start : len(a) - end], b[start : len(b) - end]
    pieces = [GAP] * (start > 1) + [Piece("same", text) for text in a[start - 1 : start]]
    pieces += _changes(*(texts[:MAX_SENTENCES] for texts in middle))
    if max(map(len, middle)) > MAX_SENTENCES:
        return _cut([*pieces, GAP])
    after = a[len(a) - end :]
    pieces += [Piece("same", text) for text in after[:1]] + [GAP] * (end > 1)
    return _cut(pieces)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Return the changes between two lists of sentences."""
    pieces: list[Piece] = []
    places = 0
    operations = _blocks(old, new)
    for number, (same, i, j, k, n) in enumerate(operations):
        if same:
            text = list(old[i:j])
            before = text[:1] if number else []
            after = text[-1:] if number < len(operations) - 1 else []
            if len(text) <= len(before) + len(after):
                pieces.append(Piece("same", "".join(text)))
            else:
                pieces += [*(Piece("same", t) for t in before), GAP]
                pieces += [Piece("same", t) for t in after]
            continue
        removed, added = "".join(old[i:j]), "".join(new[k:n])
        if removed and added and len(removed) + len(added) <= MAX_BY_WORD and places < MAX_PLACES:
            places += 1
            pieces += difference(removed, added)
        else:
            pieces += [Piece(kind, text) for kind, text in
                       (("removed", removed), ("added", added)) if text]  # fmt: skip
    return pieces


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Return (same, bounds in `old`, bounds in `new`), equal and changed runs by turns."""
    blocks: list[tuple[bool, int, int, int, int]] = []
    stripped = [[text.strip() for text in texts] for texts in (old, new)]
    for operation in Indel.opcodes(*stripped):
        same = operation.tag == "equal"
        bounds = operation.src_start, operation.src_end, operation.dest_start, operation.dest_end
        if blocks and not same and not blocks[-1][0]:
            _, i, _, k, _ = blocks.pop()
            bounds = i, bounds[1], k, bounds[3]
        blocks.append((same, *bounds))
    return blocks


def _tokens(article: Article) -> list[str]:
    """Cut a text into its sentences, each with the space that follows it."""
    text = article.text
    bounds = [*(start for start, _ in sentences(text, article.language)), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many sentences are the same at the start."""
    count = 0
    while count < min(len(a), len(b)) and a[count].strip() == b[count].strip():
        count += 1
    return count


def _cut(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is beyond MAX_CHANGED characters."""
    room, kept = MAX_CHANGED, list[Piece]()
    for kind, text in pieces:
        if room <= 0:
            return [*kept, GAP]
        kept.append(Piece(kind, text[:room]))
        room -= len(text)
    return kept
