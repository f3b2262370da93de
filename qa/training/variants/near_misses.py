"""Questions that their context all but answers: a name, number, date or place is exchanged.

Only what the context mentions is exchanged, since the answer may not depend on anything else. A
replacement is an entity of the same shape from another question of the source that is not in the
context: of a few that are drawn, the most similar. A small table of opposites serves the main
languages. No rule reads for meaning: a few near misses can still be answered.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import regex

from index.text.scripts import of_text, unspaced

from .chinese import is_traditional, to_traditional
from .entities import NUMBER, Entities, Span
from .opposites import PAIRS

DRAWN = 5  # replacements drawn of those that have much, less and little in common
SYNONYM = 0.8  # a similarity that only other spellings of the same name reach
YEARS_AWAY = 30
TRIES = 8  # numbers tried

YEAR = regex.compile(r"1[0-9]\d\d|20[0-3]\d")
KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
LAST_WORD = regex.compile(r"(\S+)\s*$")
# Numbers up to these stay below them: months, days, minutes.
BOUNDS = (12, 31, 60)

Shape = tuple[object, ...]
Similarities = Callable[[str, Sequence[str]], list[float]]


class NearMisses:
    """Exchanges the entities of questions for others of one source."""

    def __init__(
        self,
        language: str,
        questions: Sequence[tuple[str, str]],
        names: Sequence[str],
        similarities: Similarities,
    ) -> None:
        """Collect the entities of a source.

        Args:
            language: ISO 639-1; for the opposites.
            questions: Each question with its context.
            names: Marked answers and titles of articles.
            similarities: How alike a string is to each of others; 1 is the same.
        """
        self._similarities = similarities
        self._language = language
        self._pairs = PAIRS.get(language, ())
        self._entities = Entities(questions, names)
        by_shape: dict[Shape, dict[str, None]] = defaultdict(dict)
        for question, context in questions:
            for start, end in self._entities.find(question, context):
                for shape in _shapes(question, (start, end)):
                    by_shape[shape][question[start:end]] = None
        self._by_shape = {shape: list(entities) for shape, entities in by_shape.items()}

    def draw(self, question: str, context: str, rng: random.Random, count: int = 2) -> list[str]:
        """Return up to `count` different questions that `context` should not answer."""
        spans = self._entities.find(question, context)
        rng.shuffle(spans)
        exchanged = [self._exchanged(question, span, context.casefold(), rng) for span in spans]
        reversed_ = list(self._reversed(question, context))
        rng.shuffle(reversed_)
        texts = dict.fromkeys(t for t in (*reversed_[:1], *exchanged) if t)
        return list(texts)[:count]

    def _exchanged(self, question: str, span: Span, context: str, rng: random.Random) -> str | None:
        start, end = span
        if NUMBER.fullmatch(question[start:end]):
            known = {*NUMBER.findall(context), *NUMBER.findall(question)}
            drawn = (_other_number(question[start:end], rng) for _ in range(TRIES))
            others = [number for number in drawn if number not in known]
        else:
            others = self._others(question, span, context, rng)
        return question[:start] + others[0] + question[end:] if others else None

    def _others(self, question: str, span: Span, context: str, rng: random.Random) -> list[str]:
        """Return entities that may stand in the place of the one at `span`, the best first."""
        entity = question[span[0] : span[1]]
        drawn: dict[str, None] = {}
        for shape in _shapes(question, span):
            pool = self._by_shape.get(shape, [])
            drawn |= dict.fromkeys(rng.sample(pool, min(DRAWN, len(pool))))
        asked = question.casefold()
        others = [
            other
            for other in drawn
            if (folded := other.casefold()) not in context
            and folded not in asked
            and entity.casefold() not in folded
        ]
        alike = zip(self._similarities(entity, others), others, strict=True)
        return [other for value, other in sorted(alike, reverse=True) if value < SYNONYM]

    def _reversed(self, question: str, context: str) -> Iterator[str]:
        """Yield the question with one word turned into its opposite, if the context lacks that."""
        pairs: Iterable[tuple[str, str]] = self._pairs
        if self._language == "zh" and is_traditional(context):
            pairs = ((to_traditional(first), to_traditional(second)) for first, second in pairs)
        folded = context.casefold()
        for pair in pairs:
            for word, opposite in (pair, pair[::-1]):
                if word in folded and opposite not in folded:
                    match = _whole(word).search(question)
                    if match:
                        yield question[: match.start()] + opposite + question[match.end() :]


@cache
def _whole(word: str) -> regex.Pattern[str]:
    edge = "" if unspaced(word) else r"\b"
    return regex.compile(edge + regex.escape(word) + edge)


def _shapes(question: str, span: Span) -> list[Shape]:
    """Return what an entity and its replacement have in common, from much to little."""
    start, end = span
    entity = question[start:end]
    if unspaced(entity):
        # the last character of a Chinese or Japanese name often tells its kind: 市, 大学, 人
        shape: Shape = (min(len(entity), 4), KANA.search(entity) is None)
        ending, before = entity[-1], question[max(0, start - 1) : start]
        return [(shape, before, ending), (shape, ending), (shape, before, ""), (shape,)]
    words = entity.split()
    capitals = tuple(word[0].isupper() for word in words)
    shape = (of_text(entity), len(words), capitals, any(c.isdigit() for c in entity))
    match = LAST_WORD.search(question[:start])
    ending, before = entity[-2:], match[1].casefold() if match else ""
    return [(shape, before, ending), (shape, before, ""), (shape, ending), (shape,)]


def _other_number(number: str, rng: random.Random) -> str:
    """Return a number of the same form; a year stays near, and a small number small.

    >>> len(_other_number("1,250", random.Random(1)))
    5
    """
    if number.isdecimal() and int(number[0]):
        value = int(number)
        if YEAR.fullmatch(str(value)):
            return _like(number, value + rng.choice((-1, 1)) * rng.randint(1, YEARS_AWAY))
        for bound in BOUNDS:
            if value <= bound:
                return _like(number, rng.randint(1, bound))
    return "".join(_like(c, rng.randint(1, 9)) if c not in "0.,:" else c for c in number)


def _like(number: str, value: int) -> str:
    """Return `value` in the digits of the script of `number`."""
    zero = ord(number[0]) - int(number[0])
    return "".join(chr(zero + int(digit)) for digit in str(value))
