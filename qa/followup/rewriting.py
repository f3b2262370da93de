"""Follow-up questions without a language model: "And when?" after an answered question.

The words that a follow-up leaves out are taken from the turn before: its question as it was
understood, and its answer. Each way to read a question is a `Reading`; all are asked of the archive
and `best` keeps the best supported. A question that leans on nothing has one reading, itself, so a
new topic is not dragged back to the old one. The rules are `followup_en.py` and `followup_zh.py`;
a very short question in any language is read together with the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.text.language import detect
from index.text.scripts import unspaced
from index.text.terms import terms

from . import chinese as zh
from . import english as en

MOST = 4  # readings that are asked
LONGEST = 300  # characters of the question before that are used
FEW_TERMS = 2  # so many and no more: too short to stand alone, in any language
HOLDS = 0.5  # share of the terms of what is newly named that must stand beside the answer


class Turn(Protocol):
    """What is needed of an earlier answer."""

    @property
    def question(self) -> str: ...
    @property
    def understood(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def sentence(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question."""

    question: str  # what is asked of the archive
    new: str = ""  # what the follow-up newly names: it must stand beside the answer
    typed: bool = False  # the question as it was typed
    leans: bool = False  # it makes little sense alone: other readings are preferred


@dataclass(frozen=True, slots=True)
class Support:
    """What the archive has for a reading."""

    answered: bool
    confidence: float
    evidence: str  # the passages that hold the answer's sentence


def readings(question: str, history: Sequence[Turn] = ()) -> list[Reading]:
    """The ways to read `question` after `history` (oldest first), likeliest first.

    Only the last turn counts: what was asked before it has been left.
    """
    question = question.strip()
    typed = Reading(question, typed=True)
    if not history:
        return [typed]
    before = history[-1]
    whole = (before.understood or before.question)[:LONGEST]
    if word := en.bare(question) or zh.bare(question):  # "When?"
        made = _asked_again(whole, word, before.text)
        return _some(made, question, before)
    if new := en.about(question) or zh.about(question):  # "What about Canada?"
        rules = zh if detect(whole) == "zh" else en
        return _some(rules.exchanged(whole, new, before.sentence), question, before, new)
    if detect(question) == "zh":
        leans = zh.leans(question)
        made = zh.resolved(question, whole, before.text, before.sentence)
        new = ""
    else:
        leans = en.leans(question)
        made = en.resolved(question, whole, before.text)
        new = en.newly_named(question, whole)
    if leans is None:
        if unspaced(question) or len(set(terms(question))) > FEW_TERMS or en.names(question):
            return [typed]
        leans = "some"
    asked = Reading(question, typed=True, leans=leans == "much")
    return [*_some(made, question, before, new)[: MOST - 1], asked]


def best(asked: Sequence[tuple[Reading, Support]]) -> int:
    """The position of the reading that the archive supports best.

    >>> typed, read = Reading("When?", typed=True, leans=True), Reading("When did he land?")
    >>> best([(read, Support(True, 0.5, "")), (typed, Support(True, 0.9, ""))])
    0
    """

    def rank(position: int) -> tuple[bool, bool, float, int]:
        reading, support = asked[position]
        good = support.answered and holds(support.evidence, reading.new)
        return good, good and not reading.leans, support.confidence, -position

    return max(range(len(asked)), key=rank)


def holds(evidence: str, new: str) -> bool:
    """Whether the evidence speaks of what the follow-up newly names: all numbers, most words.

    >>> evidence = "In 2024, LNG was 8.6 percent of Japan's imports"
    >>> [holds(evidence, new) for new in ("Canada", "Japan", "imports in 1998", "imports in 2024")]
    [False, True, False, True]
    """
    wanted, there = set(terms(new)), set(terms(evidence))
    numbers = {term for term in wanted if term[0].isdigit()}
    return numbers <= there and len(wanted & there) >= HOLDS * len(wanted)


def _asked_again(whole: str, word: str, answer: str | None) -> list[str]:
    """The question before with another question word, said in that question's language."""
    if detect(whole) == "zh":
        return zh.asked_again(whole, zh.IN_CHINESE.get(word.lower(), word), answer)
    return en.asked_again(whole, zh.IN_ENGLISH.get(word, word), answer)


def _some(made: Sequence[str], question: str, before: Turn, new: str = "") -> list[Reading]:
    """Readings of these questions; if there are none, the turn before and this one in a breath."""
    wanted = [q for q in dict.fromkeys(made) if q != question][:MOST]
    if not wanted:
        whole = (before.understood or before.question)[:LONGEST]
        wanted = [" ".join(filter(None, (whole, before.text and f"{before.text}.", question)))]
    return [Reading(q, new) for q in wanted]
