"""Remove what recurs at the top and bottom of a document's pages: running titles, page numbers.

They would end up in the middle of sentences that go on over a page. A line goes only if it is the
same on several pages, letter for letter and digit for digit, or if it is nothing but the number of
its page: a line that differs in numbers states something. A whole sentence that recurs is kept
once. A tab separates what stands far apart on one line.
"""

import re
from collections import Counter
from collections.abc import Iterator

from .page_numbers import DIGITS, WORDS, is_page_number

MAX_LINES = 4  # removed from the top, and from the bottom, of a page
MIN_REPEATS = 3
LONG_LINE = 0.7  # of the longest line
SENTENCE = re.compile(r"""(?:\w+\W+){3}.*[.!?。!?…]["'”’»」』)\]]*$|.{8,}[。!?]$""")
SEPARATOR = re.compile(rf"\t|\s*[|·•]\s*|\s[–—-]\s|[,\s]+(?=(?i:{WORDS})\b\.?\s*\d+\W*$)")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
Page = list[str]  # its lines


def without_running_lines(pages: list[Page]) -> tuple[list[Page], list[str]]:
    """Return the pages without running lines, and each text that is gone, page numbers apart.

    >>> without_running_lines([["News", "One.", "1"], ["News", "Two.", "2"], ["News", "3.", "3"]])
    ([['One.'], ['Two.'], ['3.']], ['News'])
    """
    pages = [list(page) for page in pages]
    removed: dict[str, None] = {}
    for edge in (0, -1):
        kept: dict[str, int] = {}  # sentence -> the page to keep it on
        active = [i for i, page in enumerate(pages) if page]
        for _ in range(MAX_LINES):
            running = _running(pages, active, edge)
            active = []
            for i, line in running:
                del pages[i][edge]
                if SENTENCE.search(line):
                    kept.setdefault(line, i)
                    kept[line] = i if edge else kept[line]
                else:
                    removed |= {p: None for p in _pieces(line) if not is_page_number(p)}
                if pages[i]:
                    active.append(i)
        for line, i in kept.items():  # alone in its paragraph
            pages[i] = [line, "", *pages[i]] if edge == 0 else [*pages[i], "", line]
    return pages, list(removed)


def _running(pages: list[Page], active: list[int], edge: int) -> list[tuple[int, str]]:
    """The pages whose outermost line is a running line, each with the line."""
    longest = max((len(line) for page in pages for line in page), default=0)
    lines = {i: pages[i][edge].strip() for i in active if not _is_body(pages[i], edge, longest)}
    counts: list[Counter[str]] = [Counter(), Counter()]  # of pieces, on odd and on even pages
    offsets: Counter[int] = Counter()  # of the printed number from the page's
    for i, line in lines.items():
        counts[i % 2].update(set(_pieces(line)))
        offsets.update({number - i for number in _page_numbers(line)})

    def is_running(i: int, piece: str) -> bool:
        if is_page_number(piece):
            number = _number(piece)
            in_step = offsets[number - i] >= min(MIN_REPEATS, len(pages))
            return in_step or _is_repeated(piece, i, counts, len(pages))
        return _is_repeated(piece, i, counts, len(pages))

    return [(i, line) for i, line in lines.items() if all(is_running(i, p) for p in _pieces(line))]


def _is_body(page: Page, edge: int, longest: int) -> bool:
    """Whether the outermost line is part of a sentence of the body."""
    line, following = page[edge], page[1:2] if edge == 0 else []
    goes_on = bool(following) and following[0][:1].islower() and len(line) > LONG_LINE * longest
    return goes_on or (line[:1].islower() and not is_page_number(_pieces(line)[0]))


def _is_repeated(piece: str, i: int, counts: list[Counter[str]], pages: int) -> bool:
    """Whether a text stands at the edge of most pages, or of those on its side of the book."""
    if pages <= 2:
        return False
    on_its_side = counts[i % 2][piece]
    side = (pages + 1 - i % 2) // 2
    whole_side = pages > MIN_REPEATS and on_its_side == side
    return on_its_side >= MIN_REPEATS or whole_side or 2 * sum(c[piece] for c in counts) > pages


def _pieces(line: str) -> list[str]:
    return [" ".join(piece.split()) for piece in SEPARATOR.split(line) if piece.strip()]


def _page_numbers(line: str) -> Iterator[int]:
    return (_number(piece) for piece in _pieces(line) if is_page_number(piece))


def _number(piece: str) -> int:
    """The number that a page's number starts with; Roman numerals count too."""
    if digits := DIGITS.search(piece):
        return int(digits[0])
    numeral = re.sub(r"[^ivxlc]", "", piece.lower().split()[-1])
    values = [ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
