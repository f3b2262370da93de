"""Draw what is read together: a question with windows that hold its answer or do not."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.training.pack.pack_file import CARELESS, NEAR_MISS, OWN_CONTEXT_ONLY, SWITCHED, Pack, Texts

from .anchors import Anchors
from .windows import LENGTHS, Anchor, Shape, Window, cut_window, draw_shape

WINDOWS = 3  # of a question
NEAR_MISS_WINDOWS = 2
RANKED, CONTEXT, ARTICLE, LANGUAGE = range(4)  # where the anchor of a window without comes from
SHARES = {RANKED: 0.55, CONTEXT: 0.20, ARTICLE: 0.10, LANGUAGE: 0.15}
ATTEMPTS = 8  # anchors tried from one source
VARIANT_SHARES = {CARELESS: 0.15, SWITCHED: 0.13}
NEAR_MISS_SHARE = 0.35  # of questions whose near miss is read as well
UNMARKED_SHARE = 0.1  # of questions that lack their guide's mark


@dataclass(frozen=True, slots=True)
class Group:
    """A question as token ids, and the windows over which its scores are normalised together.

    `spans` are the answers in each window as positions in `Texts.tokens`, first and last.
    """

    question: list[int]
    windows: list[Window]
    spans: list[list[tuple[int, int]]]


class GroupSampler:
    """Draws the groups of a split's questions."""

    def __init__(self, pack: Pack, texts: Texts) -> None:
        self.texts = texts
        self.anchors = Anchors(pack, texts)
        self._marks = pack.marks
        self._pieces = [piece.replace("▁", " ").casefold() for piece in pack.pieces]
        questions = np.arange(len(texts.question_context) + 1)
        self._ranked = np.searchsorted(texts.ranked_question, questions).tolist()
        self._variants: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        rows = zip(texts.variant_question.tolist(), texts.variant_kind.tolist(), strict=True)
        for number, (question, kind) in enumerate(rows):
            self._variants[question][kind].append(number)
        own = [source.startswith(OWN_CONTEXT_ONLY) for source in pack.sources]
        self._own_only = [own[source] for source in texts.context_source.tolist()]

    def draw(self, question: int, rng: random.Random) -> list[Group]:
        """Draw the question's group, and perhaps one of a near miss; none if no window is found."""
        windows: list[Window] = []
        if answers := self.anchors.of_question(question):
            window = self.window_with(question, rng)
            if window is None:
                return []
            windows.append(window)
        elif window := self.window_without(question, CONTEXT, rng):
            windows.append(window)
        self._fill(windows, WINDOWS, question, rng)
        if len(windows) < 2:
            return []
        spans = [self.spans(question, window) for window in windows]
        groups = [Group(self.question(question, rng), windows, spans)]
        near_misses = self._variants[question][NEAR_MISS]
        if answers and near_misses and rng.random() < NEAR_MISS_SHARE:
            same = windows[:1]
            self._fill(same, NEAR_MISS_WINDOWS, question, rng)
            tokens = self._variant(question, rng.choice(near_misses), rng)
            groups.append(Group(tokens, same, [[] for _ in same]))
        return groups

    def question(self, question: int, rng: random.Random) -> list[int]:
        """Draw how the question is put: its tokens, or those of a variant, with its mark."""
        for kind, share in VARIANT_SHARES.items():
            variants = self._variants[question][kind]
            if variants and rng.random() < share:
                return self._variant(question, rng.choice(variants), rng)
        start, end = self.texts.question_start[question : question + 2]
        return self._marked(question, self.texts.question_tokens[start:end].tolist(), rng)

    def near_misses(self, question: int) -> list[list[int]]:
        """Return the question's near misses as token ids, with its mark."""
        numbers = self._variants[question][NEAR_MISS]
        return [self._variant(question, number, None) for number in numbers]

    def ranked(self, question: int) -> Sequence[int]:
        """Return the passages ranked for the question, the most similar first."""
        start, end = self._ranked[question : question + 2]
        passages: list[int] = self.texts.ranked_passage[start:end].tolist()
        return passages

    def mark(self, question: int) -> list[int]:
        """Return the mark of the question's guide as token ids."""
        return self._marks.get(int(self.texts.question_guide[question]), [])

    def passages(self, context: int) -> Iterator[Window]:
        """Yield the passages of a context, long ones cut to the longest windows."""
        texts = self.texts
        numbers = range(*texts.context_passage[context : context + 2].tolist())
        _, high = LENGTHS[bool(texts.context_unspaced[context])]
        for number in numbers:
            sentences = texts.passage_start[number : number + 2]
            start, end = texts.sentence_start[sentences].tolist()
            for left in range(start, end, high):
                yield Window(context, left, min(left + high, end))

    def spans(self, question: int, window: Window) -> list[tuple[int, int]]:
        """Return the question's answers that are wholly inside the window."""
        return [
            (a.first, a.last)
            for a in self.anchors.of_question(question)
            if window.start <= a.first and a.last < window.end
        ]

    def window_with(self, question: int, rng: random.Random) -> Window | None:
        """Draw a window that holds one of the question's answers."""
        shape = draw_shape(rng)
        anchors = list(self.anchors.of_question(question))
        rng.shuffle(anchors)
        for passage in dict.fromkeys([shape.passage, False]):
            shape = Shape(passage, shape.length, shape.trim)
            for anchor in anchors:
                if window := cut_window(self.texts, anchor, shape, rng):
                    return window
        return None

    def window_without(self, question: int, source: int, rng: random.Random) -> Window | None:
        """Draw a window without the answer, its anchor from `source`, or else from another.

        The shape stays the same however many anchors are tried.
        """
        shape = draw_shape(rng)
        own_only = self._own_only[self.texts.question_context[question]]
        others = [s for s in (LANGUAGE, RANKED, ARTICLE) if s != source]
        for place in [CONTEXT] if own_only else [source, *others]:
            for _ in range(ATTEMPTS):
                anchor = self._anchor(question, place, rng)
                if anchor is None:
                    break
                window = cut_window(self.texts, anchor, shape, rng)
                if window and not self.holds_answer(question, window):
                    return window
        return None

    def holds_answer(self, question: int, window: Window) -> bool:
        """Return whether the window has tokens of a marked answer, or an answer's words."""
        answers = self.anchors.of_question(question)
        if any(a.first < window.end and window.start <= a.last for a in answers):
            return True
        text = self._text(window.start, window.end)
        return any(self._text(a.first, a.last + 1).strip() in text for a in answers)

    def _anchor(self, question: int, source: int, rng: random.Random) -> Anchor | None:
        context = int(self.texts.question_context[question])
        if source == RANKED:
            ranked = self.ranked(question)
            return self.anchors.in_passage(rng.choice(ranked), rng) if ranked else None
        if source == ARTICLE:
            return self.anchors.in_article(context, rng)
        if source == LANGUAGE:
            return self.anchors.in_language(context, rng)
        return self.anchors.in_context(context, rng) or self.anchors.any_sentence(context, rng)

    def _fill(self, windows: list[Window], count: int, question: int, rng: random.Random) -> None:
        """Add windows without the answer, none twice, up to `count`."""
        for _ in range(2 * count):
            if len(windows) >= count:
                return
            (source,) = rng.choices(list(SHARES), list(SHARES.values()))
            window = self.window_without(question, source, rng)
            if window and window not in windows:
                windows.append(window)

    def _variant(self, question: int, number: int, rng: random.Random | None) -> list[int]:
        start, end = self.texts.variant_start[number : number + 2]
        return self._marked(question, self.texts.variant_tokens[start:end].tolist(), rng)

    def _marked(self, question: int, tokens: list[int], rng: random.Random | None) -> list[int]:
        if rng and rng.random() < UNMARKED_SHARE:
            return tokens
        return [*self.mark(question), *tokens]

    def _text(self, start: int, end: int) -> str:
        return "".join(self._pieces[token] for token in self.texts.tokens[start:end].tolist())
