"""Questions that their context all but answers: a name, number, date or place is exchanged.

The rules know no language. An entity is a number, a run of capitalised words after the first word,
or a string that annotators marked as the answer of some other question; only one that also occurs
in the context is exchanged, since the question's answer may not depend on any other. Its
replacement is an entity of the same shape from a question of the same source, one that follows the
same word if there is any, and does not occur in the context. A small table of opposites serves
the main languages. No rule reads for meaning: some near misses can still be answered.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from index.text.scripts import of_text, unspaced

from .opposites import PAIRS

LONGEST_ANSWER, LONGEST_UNSPACED = 4, 8  # words, characters
COMMON = 0.01  # of a source's questions: an answer in more of them is no name
YEARS_AWAY = 30
TRIES = 8  # replacements tried for one entity

NUMBER = regex.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*")
YEAR = regex.compile(r"1[0-9]\d\d|20[0-3]\d")
CAPITALISED = regex.compile(r"(?<=\S\s)\p{Lu}[\p{L}\p{M}’'.-]*(?: \p{Lu}[\p{L}\p{M}’'.-]*)*")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}’'-]+")
BEFORE = regex.compile(r"(\S+)\s*$")

Span = tuple[int, int]
Shape = tuple[object, ...]


class NearMisses:
    """Exchanges the entities of questions for others of one source."""

    def __init__(self, language: str, questions: Sequence[str], answers: Iterable[str]) -> None:
        """Collect the entities of all questions.

        Args:
            language: ISO 639-1; for the opposites.
            questions: All questions of the source.
            answers: The marked answers of the source.
        """
        self._pairs = PAIRS.get(language, ())
        self._answers = {a for a in answers if _short(a)}
        common = Counter(e for q in questions for e in {q[a:b] for a, b in self._marked(q)})
        self._answers -= {a for a, n in common.items() if n > max(5, COMMON * len(questions))}
        by_shape: dict[Shape, dict[str, None]] = defaultdict(dict)
        for question in questions:
            for start, end in self.entities(question):
                entity = question[start:end]
                by_shape[_shape(entity)][entity] = None
                by_shape[(*_shape(entity), _before(question, start))][entity] = None
        self._by_shape = {shape: list(entities) for shape, entities in by_shape.items()}

    def draw(self, question: str, context: str, rng: random.Random, count: int = 2) -> list[str]:
        """Return up to `count` different questions that `context` should not answer."""
        folded = context.casefold()
        spans = [s for s in self.entities(question) if question[s[0] : s[1]].casefold() in folded]
        rng.shuffle(spans)
        found = [self._exchanged(question, span, folded, rng) for span in spans]
        reversed_ = list(self._reversed(question, folded))
        rng.shuffle(reversed_)
        texts = dict.fromkeys(t for t in (*reversed_[:1], *found) if t and t != question)
        return list(texts)[:count]

    def entities(self, question: str) -> list[Span]:
        """Return what may be exchanged, without overlap: the longest first where two overlap."""
        spans = [m.span() for m in NUMBER.finditer(question)]
        spans += [m.span() for m in CAPITALISED.finditer(question)]
        spans += self._marked(question)
        chosen: list[Span] = []
        for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if all(end <= a or b <= start for a, b in chosen):
                chosen.append((start, end))
        return sorted(chosen)

    def _marked(self, question: str) -> list[Span]:
        """Return the places of the question that are marked answers elsewhere."""
        return [s for s in _stretches(question) if question[s[0] : s[1]] in self._answers]

    def _exchanged(
        self, question: str, span: Span, context: str, rng: random.Random
    ) -> str | None:
        start, end = span
        entity = question[start:end]
        for _ in range(TRIES):
            if NUMBER.fullmatch(entity):
                other = _other_number(entity, rng)
            else:
                shape = _shape(entity)
                same_place = self._by_shape.get((*shape, _before(question, start)), [])
                pool = same_place if len(same_place) > 3 else self._by_shape.get(shape, [])
                other = rng.choice(pool) if pool else entity
            known = other.casefold() in context or other.casefold() in question.casefold()
            if not known and entity.casefold() not in other.casefold():
                return question[:start] + other + question[end:]
        return None

    def _reversed(self, question: str, context: str) -> Iterator[str]:
        """Yield the question with each word turned into its opposite, if the context lacks that."""
        for pair in self._pairs:
            for word, opposite in (pair, pair[::-1]):
                if opposite in context:
                    continue
                edge = "" if unspaced(word) else r"\b"
                pattern = regex.compile(f"{edge}{word}{edge}")
                if (match := pattern.search(question)) and word in context:
                    yield question[: match.start()] + opposite + question[match.end() :]


def _short(answer: str) -> bool:
    """Whether an answer can be a name: short, and with a letter."""
    if unspaced(answer):
        return 2 <= len(answer) <= LONGEST_UNSPACED and answer.isalnum()
    words = answer.split()
    return 1 <= len(words) <= LONGEST_ANSWER and len(answer) > 3 and answer[0].isalpha()


def _stretches(question: str) -> Iterator[Span]:
    """Yield every stretch that might be a marked answer: words, or characters without spaces."""
    if unspaced(question):
        for size in range(LONGEST_UNSPACED, 1, -1):
            yield from ((at, at + size) for at in range(len(question) - size + 1))
        return
    words = [m.span() for m in WORD.finditer(question)]
    for size in range(LONGEST_ANSWER, 0, -1):
        # the first word is seldom a name in the languages that put the question word there
        yield from ((words[i][0], words[i + size - 1][1]) for i in range(1, len(words) - size + 1))


def _shape(entity: str) -> Shape:
    """What an entity and its replacement have in common."""
    if unspaced(entity):
        # the last character of a Chinese or Japanese name often tells its kind: 市, 大学, 人, 年
        return (min(len(entity), 5), entity[-1] if len(entity) > 2 else "")
    words = entity.split()
    capitals = tuple(word[0].isupper() for word in words)
    return (of_text(entity), len(words), capitals, any(c.isdigit() for c in entity))


def _before(question: str, start: int) -> str:
    if unspaced(question):
        return question[max(0, start - 1) : start]
    match = BEFORE.search(question[:start])
    return match[1].casefold() if match else ""


def _other_number(number: str, rng: random.Random) -> str:
    """Return a number of the same form; a year stays near.

    >>> len(_other_number("1,250", random.Random(1)))
    5
    """
    if YEAR.fullmatch(number):
        return str(int(number) + rng.choice((-1, 1)) * rng.randint(1, YEARS_AWAY))
    digits = [rng.choice("0123456789") if c.isdigit() else c for c in number]
    if digits[0] == "0" and number[0] != "0":
        digits[0] = rng.choice("123456789")
    return "".join(digits)
