"""What shows of a window without reading it: numbers by which answers must not be told."""

import numpy as np

from qa.training.pack.pack_file import Pack, Texts

from .windows import Window

NAMES = (
    "tokens",
    "sentences",
    "share of the context",
    "begins at, as a share of the context",
    "ends at, as a share of the context",
    "first sentence's number",
    "begins the context",
    "ends the context",
    "begins inside of a sentence",
    "ends inside of a sentence",
    "is a passage of the index",
    "ends with punctuation",
    "begins with a word",
    "digits",
    "unspaced",
)
PUNCTUATION = tuple(".!?…。！？؟।\"'”’」』）)")


class Surface:
    """Measures the windows of a split."""

    def __init__(self, pack: Pack, texts: Texts) -> None:
        self._texts = texts
        self._digits = np.array([sum(map(str.isdigit, piece)) for piece in pack.pieces])
        self._ends = np.array([piece.endswith(PUNCTUATION) for piece in pack.pieces])
        self._starts_word = np.array([piece.startswith("▁") for piece in pack.pieces])
        starts = texts.sentence_start[texts.passage_start]
        self._passages = set(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))

    def features(self, window: Window) -> list[float]:
        """Return the window's numbers, in the order of `NAMES`."""
        starts = self._texts.sentence_start
        low, high = self._texts.context_sentence[window.context : window.context + 2].tolist()
        begin, end = int(starts[low]), int(starts[high])
        first = int(np.searchsorted(starts, window.start, "right")) - 1
        last = int(np.searchsorted(starts, window.end - 1, "right")) - 1
        tokens = self._texts.tokens[window.start : window.end]
        return [
            len(tokens),
            last - first + 1,
            len(tokens) / (end - begin),
            (window.start - begin) / (end - begin),
            (window.end - begin) / (end - begin),
            first - low,
            window.start == begin,
            window.end == end,
            window.start != starts[first],
            window.end != starts[last + 1],
            (window.start, window.end) in self._passages,
            self._ends[tokens[-1]],
            self._starts_word[tokens[0]],
            int(self._digits[tokens].sum()),
            int(self._texts.context_unspaced[window.context]),
        ]
