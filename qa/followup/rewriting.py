"""Rewrite follow-up questions as self-contained ones, by rules: "And when?" after an answer.

The words that a follow-up leaves out come from the previous turn: its question as it was
understood, and its answer. Each way to complete the question is a `Reading`; the archive is
searched for all of them, and `best_supported` chooses. A self-contained question has one reading,
itself, so a new topic is not dragged back to the old one. The rules of each language are in
`english.py` and `chinese.py`; a very short question in any other language is appended to the
previous one. No language model is used, and nothing here searches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.text.language import detect
from index.text.scripts import unspaced
from index.text.terms import terms

from . import chinese as zh
from . import english as en
from .dependence import Dependence

MAX_READINGS = 4  # each costs a search and a run of the reader
MAX_PREVIOUS = 300  # characters of the previous question that are used
SHORT_TERMS = (
    2  # with no more distinct terms a question may depend on the previous one, in any language
)
MIN_TOPIC_SHARE = 0.5  # of the topic's terms that the evidence must contain


class Turn(Protocol):
    """What the rules need of an earlier answer."""

    @property
    def question(self) -> str:
        """As the user typed it."""

    @property
    def understood(self) -> str | None:
        """As it was completed, if it was a follow-up itself."""

    @property
    def text(self) -> str | None:
        """The short answer; None if there was none."""

    @property
    def sentence(self) -> str | None:
        """The sentence that holds the answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question."""

    question: str  # to search for
    topic: str = ""  # what the follow-up newly names; the evidence must mention it
    as_typed: bool = False  # the user's own words
    incomplete: bool = False  # makes little sense alone, so other readings are preferred


@dataclass(frozen=True, slots=True)
class Support:
    """How well the archive answers a reading."""

    answered: bool
    confidence: float
    evidence: str  # the passages that contain the answer's sentence


def readings(question: str, history: Sequence[Turn] = ()) -> list[Reading]:
    """List the ways to understand `question` after `history` (oldest first), likeliest first.

    Only the last turn is used: what came before it is no longer the topic.
    """
    question = question.strip()
    as_typed = Reading(question, as_typed=True)
    if not history:
        return [as_typed]
    turn = history[-1]
    previous = _understood(turn)
    if word := en.bare_question_word(question) or zh.bare_question_word(question):  # "When?"
        return _rewritten(_with_question_word(previous, word, turn.text), question, turn)
    if topic := en.new_topic(question) or zh.new_topic(question):  # "What about Canada?"
        rules = zh if detect(previous) == "zh" else en
        rewrites = rules.with_topic(previous, topic, turn.sentence)
        return _rewritten(rewrites, question, turn, topic)
    if detect(question) == "zh":
        dependence = zh.dependence(question)
        rewrites = zh.with_antecedents(question, previous, turn.text, turn.sentence)
        topic = ""
    else:
        dependence = en.dependence(question)
        rewrites = en.with_antecedents(question, previous, turn.text)
        topic = en.new_names(question, previous)
    if dependence is Dependence.NONE and not _too_short(question):
        return [as_typed]
    as_typed = Reading(question, as_typed=True, incomplete=dependence is Dependence.STRONG)
    return [*_rewritten(rewrites, question, turn, topic)[: MAX_READINGS - 1], as_typed]


def best_supported(candidates: Sequence[tuple[Reading, Support]]) -> int:
    """The position of the reading that the archive answers best.

    >>> typed = Reading("When?", as_typed=True, incomplete=True)
    >>> full = Reading("When did he land?")
    >>> best_supported([(full, Support(True, 0.5, "")), (typed, Support(True, 0.9, ""))])
    0
    """

    def rank(position: int) -> tuple[bool, bool, float, int]:
        reading, support = candidates[position]
        good = support.answered and mentions(support.evidence, reading.topic)
        return good, good and not reading.incomplete, support.confidence, -position

    return max(range(len(candidates)), key=rank)


def mentions(evidence: str, topic: str) -> bool:
    """Whether the evidence contains every number of the topic and most of its terms.

    >>> evidence = "In 2024, LNG was 8.6 percent of Japan's imports"
    >>> [mentions(evidence, t) for t in ("Canada", "Japan", "imports in 1998", "imports in 2024")]
    [False, True, False, True]
    """
    required, present = set(terms(topic)), set(terms(evidence))
    numbers = {term for term in required if term[0].isdigit()}
    return numbers <= present and len(required & present) >= MIN_TOPIC_SHARE * len(required)


def _understood(turn: Turn) -> str:
    return (turn.understood or turn.question)[:MAX_PREVIOUS]


def _too_short(question: str) -> bool:
    """Whether a question without pronouns may still be a follow-up, by its length."""
    if unspaced(question) or en.names(question):
        return False
    return len(set(terms(question))) <= SHORT_TERMS


def _with_question_word(previous: str, word: str, answer: str | None) -> list[str]:
    """Ask the previous question with another question word, translated to its language."""
    if detect(previous) == "zh":
        word = zh.CHINESE_QUESTION_WORDS.get(word.lower(), word)
        return zh.with_question_word(previous, word, answer)
    return en.with_question_word(previous, zh.ENGLISH_QUESTION_WORDS.get(word, word), answer)


def _rewritten(
    rewrites: Sequence[str], question: str, turn: Turn, topic: str = ""
) -> list[Reading]:
    """Readings of these rewrites; if there are none, of the previous turn and the question."""
    distinct = [q for q in dict.fromkeys(rewrites) if q != question][:MAX_READINGS]
    if not distinct:
        parts = (_understood(turn), turn.text and f"{turn.text}.", question)
        distinct = [" ".join(filter(None, parts))]
    return [Reading(q, topic) for q in distinct]
