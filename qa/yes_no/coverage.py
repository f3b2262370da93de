"""How much of what a question asks stands in a sentence, and in which of its clauses.

Words count as the same by stem, by sense, or as forms of one verb; names must be equal. In scripts
without spaces between words the units are characters.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

from index.text import scripts
from index.text.terms import SIMPLIFIED
from qa.agreement.markers import CLAUSE_END
from qa.agreement.numerals import numerals
from qa.agreement.wording import NO_SENSES, SENSES_OF, pieces, proper_names

from .words import FORMS, FUNCTION, HAN_FUNCTION

MIN_STEM, MAX_ENDING = 3, 3  # letters that two words share, and that the longer may add
KANA = regex.compile(r"\p{Hiragana}")
HAN_CONTENT = regex.compile(r"[\p{Han}\p{Katakana}ー]")
JAPANESE_CLAUSE_END = regex.compile(r"[、，；：。]")
PARTICLES = regex.compile(
    r"有没有|有无|是不是|是否|能否|可否|会否|曾否|[会能要可该愿]不(?=[会能要可该愿])|[吗嘛][?？。]?$"
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a sentence has of a question."""

    asked: tuple[str, ...]  # the units that say what is asked
    missing: tuple[str, ...]  # of them, what the sentence lacks
    clause: str  # the part of the sentence that has most of the rest
    spread: bool  # whether another part has some of it too

    @property
    def share(self) -> float:
        """The part of the question's units that the sentence has, 0 to 1."""
        return 1 - len(self.missing) / max(1, len(self.asked))

    @property
    def found(self) -> list[str]:
        """The units that the sentence has."""
        return [unit for unit in self.asked if unit not in self.missing]


def cover(question: str, claim: str) -> Coverage:
    """Compare a yes/no question with a sentence of its script, without who says so.

    >>> found = cover("Did the mayor open the bridge?", "The bridge was opened, but it rained.")
    >>> found.missing, found.clause
    (('mayor',), 'The bridge was opened')
    """
    asked, names = units(question), names_of(question)
    missing = _missing(asked, units(claim), names)
    wanted = [unit for unit in asked if unit not in missing]
    lacking = {part: len(_missing(wanted, units(part), names)) for part in _clauses(claim)}
    clause = min(lacking, key=lambda part: lacking[part])
    return Coverage(tuple(asked), tuple(missing), clause, spread=lacking[clause] > 0)


def units(text: str) -> list[str]:
    """Return the content words of a text, in a script without spaces its characters, in order.

    Numbers are left out: they are compared as quantities.

    >>> units("Did the ferry carry 12 cars?"), units("渡轮沉没了吗？")
    (['ferry', 'carry', 'cars'], ['渡', '轮', '沉'])
    """
    for numeral in reversed(numerals(text)):
        text = f"{text[: numeral.start]} {text[numeral.end :]}"
    if scripts.unspaced(text):
        plain = PARTICLES.sub("", text.translate(SIMPLIFIED))
        return [c for c in HAN_CONTENT.findall(plain) if c not in HAN_FUNCTION]
    return [word for word in pieces(text) if word and word not in FUNCTION]


def names_of(text: str) -> set[str]:
    """Return the words of the proper names in a text, folded."""
    return {word for name in proper_names(text) for word in pieces(name) if word}


def in_order(wanted: Sequence[str], said: Sequence[str]) -> float:
    """Return the share of units that stand in the same order."""
    one, other = ([FORMS.get(w, w)[:MIN_STEM] for w in words] for words in (wanted, said))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(wanted))


def _missing(wanted: Sequence[str], said: Sequence[str], names: Collection[str]) -> list[str]:
    words = set(said)
    forms = {FORMS[word] for word in words if word in FORMS}
    senses = NO_SENSES.union(*(SENSES_OF.get(word, NO_SENSES) for word in words))
    return [
        word
        for word in wanted
        if word not in words
        and (
            word in names
            or not (
                FORMS.get(word) in forms
                or senses & SENSES_OF.get(word, NO_SENSES)
                or any(_alike(word, other) for other in words)
            )
        )
    ]


def _alike(one: str, other: str) -> bool:
    stem = max(MIN_STEM, max(len(one), len(other)) - MAX_ENDING)
    return one[:stem] == other[:stem]


def _clauses(claim: str) -> Iterator[str]:
    end = JAPANESE_CLAUSE_END if KANA.search(claim) else CLAUSE_END
    start = 0
    for match in end.finditer(claim):
        yield claim[start : match.start()].strip()
        start = match.end()
    yield claim[start:].strip()
