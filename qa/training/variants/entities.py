"""Find the names, numbers and dates of a question that its context mentions too.

The rules know no language. In scripts with capitals a name is a run of words that the source's
texts write with capitals, so that questions in lower case have names as well. In other scripts it
is a title of some article, a quotation, a Chinese transcription with its dots, or a string that
annotators marked as the answer of some question.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import regex

from index.text.scripts import unspaced

LONGEST, LONGEST_UNSPACED = 4, 8  # words, characters
LOWER = 2  # a word without a capital outweighs so many with one
RARE = 0.1  # a name is marked as an answer at least once in ten questions that mention it

NUMBER = regex.compile(r"(?<![\p{L}\p{N}.,])\p{Nd}+(?:[.,:]\p{Nd}+)*(?!\p{Nd})")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-.’'][\p{L}\p{M}\p{N}]+)*")
POSSESSIVE = regex.compile(r"['’]\p{Ll}{0,4}$")  # "Lisbon's", "Ankara'da"
CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
QUOTED = regex.compile(
    "|".join(f"(?<={a})[^{a}{b}]{{2,24}}(?={b})" for a, b in ("《》", "「」", "『』", "“”", "«»"))
)
QUALIFIER = regex.compile(r"\s*[（(].*")  # of a title: "Java (island)"
# Characters that seldom belong to a Chinese or Japanese name; a name ends where the kind of
# character changes or one of these stands.
EDGES = frozenset(
    "的在是由於于与與和及了被有为為从從对對将將给給向到哪何什谁誰几幾多少时時年月日当當以之而其把"
    "会會能曾所同除若如中后後前那这這该該共者使让讓属屬位叫又也都就于於因受至自往来來去不"
)
NAME_PART = rf"[\p{{Han}}--[{''.join(sorted(EDGES))}]]{{1,6}}"
TRANSCRIBED = regex.compile(rf"{NAME_PART}(?:[·•‧]{NAME_PART})+", regex.V1)
KINDS = tuple(map(regex.compile, (r"\p{Han}", r"[\p{Katakana}ー・]", r"\p{Hiragana}", r"\p{Nd}")))

Span = tuple[int, int]


class Entities:
    """Finds what may be exchanged in the questions of one source."""

    def __init__(self, questions: Sequence[tuple[str, str]], names: Iterable[str]) -> None:
        """Learn what is a name.

        Args:
            questions: Each question of the source with its context.
            names: Marked answers and titles of articles; common words among them are left out.
        """
        bare = (QUALIFIER.sub("", name) for name in names)
        marked = Counter(name for name in bare if _may_be_name(name))
        self._names: set[str] = set(marked)
        mentions = Counter(
            name for q, _ in questions for name in {q[a:b] for a, b in self._marked(q)}
        )
        self._names = {name for name, n in marked.items() if n >= RARE * mentions[name]}
        self._capitalised: Counter[str] = Counter()  # +1 for each with a capital, -LOWER without
        for context in dict.fromkeys(context for _, context in questions):
            if CASED.search(context):
                for match in WORD.finditer(context):
                    word = _stem(match.group())
                    self._capitalised[word.casefold()] += 1 if word[:1].isupper() else -LOWER

    def find(self, question: str, context: str) -> list[Span]:
        """Return the entities that both mention, in order; the longest where two overlap."""
        numbers = set(NUMBER.findall(context))
        spans = [m.span() for m in NUMBER.finditer(question) if m.group() in numbers]
        spans += [
            m.span()
            for pattern in (QUOTED, TRANSCRIBED)
            for m in pattern.finditer(question)
            if m.group() in context
        ]
        spans += [s for s in self._marked(question) if question[s[0] : s[1]] in context]
        if CASED.search(question):
            spans += self._runs(question, context)
        chosen: list[Span] = []
        for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if all(end <= a or b <= start for a, b in chosen):
                chosen.append((start, end))
        return sorted(chosen)

    def _marked(self, question: str) -> list[Span]:
        """Return where the question has a name that is an answer elsewhere."""
        stretches = _characters(question) if unspaced(question) else _word_runs(question)
        return [s for s in stretches if question[s[0] : s[1]] in self._names]

    def _runs(self, question: str, context: str) -> Iterator[Span]:
        """Yield the longest runs of capitalised words that the context has, after the first."""
        words = {_stem(m.group()).casefold() for m in WORD.finditer(context)}
        run: list[Span] = []
        for first, match in enumerate(WORD.finditer(question)):
            word = _stem(match.group())
            folded = word.casefold()
            is_name = len(word) > 2 and not word[0].isdigit() and self._capitalised[folded] > 0
            if first and is_name and folded in words:
                run.append((match.start(), match.start() + len(word)))
            else:
                yield from _joined(run)
                run = []
        yield from _joined(run)


def _may_be_name(answer: str) -> bool:
    """Whether an answer is of use as a name: in a script without capitals, short, all letters."""
    if CASED.search(answer):
        return False
    if unspaced(answer):
        return 2 <= len(answer) <= LONGEST_UNSPACED and answer[0].isalnum() and " " not in answer
    return len(answer.split()) <= LONGEST and len(answer) > 1 and answer[0].isalpha()


def _joined(run: list[Span]) -> Iterator[Span]:
    if run:
        yield run[0][0], run[min(len(run), LONGEST) - 1][1]


def _stem(word: str) -> str:
    return POSSESSIVE.sub("", word)


def _word_runs(question: str) -> Iterator[Span]:
    words = [m.span() for m in WORD.finditer(question)]
    for size in range(LONGEST, 0, -1):
        yield from ((words[i][0], words[i + size - 1][1]) for i in range(len(words) - size + 1))


def _characters(question: str) -> Iterator[Span]:
    """Yield stretches of characters that begin and end where a word may."""
    kinds = [next((k for k, kind in enumerate(KINDS) if kind.match(c)), None) for c in question]
    edges = [
        at
        for at in range(len(question) + 1)
        if at in (0, len(question))
        or kinds[at - 1] != kinds[at]
        or question[at - 1] in EDGES
        or question[at] in EDGES
        or _is_thai(question[at])
    ]
    for start in edges:
        yield from ((start, end) for end in edges if 2 <= end - start <= LONGEST_UNSPACED)


def _is_thai(character: str) -> bool:
    """Thai writes words without any edge."""
    return "\u0e00" <= character <= "\u0e7f"
