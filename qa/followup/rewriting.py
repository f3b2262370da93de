"""Rewrite follow-up questions as self-contained ones, by rules: "And when?" after an answer.

What a follow-up leaves out comes from the previous turn: its question as it was understood, and its
answer. Each way to complete the question is a `Reading`; the archive is searched for one after the
other until one is well supported, and `best_supported` chooses. A self-contained question has one
reading, itself, so a new topic is not dragged back to the old one. Pronouns are in `resolution.py`,
the rules of each language in the modules that bear its name; a very short question in any other
language is appended to the previous one. No language model is used, and nothing here searches.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index.text import scripts
from index.text.language import detect
from index.text.terms import phrases, terms

from . import chinese as zh
from . import chinese_pronouns, english_pronouns
from . import english as en
from .dependence import Dependence
from .resolution import Turn, resolve, understood

MAX_READINGS = 4  # each costs a search and a run of the reader
SHORT_TERMS = (
    2  # with no more distinct terms a question may depend on the previous one, in any language
)
SURE = 0.75  # confidence from which on less likely readings are not read
IN_EVIDENCE, NOT_MENTIONED = 0.75, 0.5  # an antecedent that is not in the answer's sentence
MIN_TOPIC_SHARE = 0.5  # of the topic's terms that the evidence must contain


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question."""

    question: str  # to search for
    topic: str = ""  # what the follow-up newly names; the evidence must mention it
    antecedents: tuple[str, ...] = ()  # what its pronouns were replaced by
    as_typed: bool = False  # the user's own words
    incomplete: bool = False  # makes little sense alone, so other readings are preferred


@dataclass(frozen=True, slots=True)
class Support:
    """How well the archive answers a reading."""

    answered: bool
    confidence: float
    evidence: str  # the passages that contain the answer's sentence
    sentence: str = ""  # that holds the answer


def readings(question: str, history: Sequence[Turn] = ()) -> list[Reading]:
    """List the ways to understand `question` after `history` (oldest first), likeliest first.

    A question's missing words come from the last turn, its pronouns refer to the last few.
    """
    question = question.strip()
    as_typed = Reading(question, as_typed=True)
    if not history:
        return [as_typed]
    turn = history[-1]
    previous = understood(turn)
    if word := en.bare_question_word(question) or zh.bare_question_word(question):  # "When?"
        return _rewritten(_with_question_word(previous, word, turn.text), question, turn)
    if topic := en.new_topic(question) or zh.new_topic(question):  # "What about Canada?"
        resolved = resolve(topic, history)  # "And his brother?"
        if not resolved and english_pronouns.pronouns(topic):
            return _rewritten((), question, turn)
        topic = resolved[0].text if resolved else topic
        rules = zh if detect(previous) == "zh" else en
        return _rewritten(rules.with_topic(previous, topic), question, turn, topic)
    is_chinese = detect(question) == "zh"
    dependence = (chinese_pronouns if is_chinese else english_pronouns).dependence(question)
    if dependence is Dependence.NONE and not _too_short(question):
        return [as_typed]
    core, mark = (zh.core_of(question), "？") if is_chinese else (en.core_of(question), "?")
    topic = "" if is_chinese else en.new_names(question, previous)
    found = [Reading(f"{r.text}{mark}", topic, r.antecedents) for r in resolve(core, history)]
    found = found[: MAX_READINGS - 1] or _rewritten((), question, turn, topic)
    return [*found, replace(as_typed, incomplete=dependence is Dependence.STRONG)]


def best_supported(candidates: Sequence[tuple[Reading, Support]]) -> int:
    """The position of the reading that the archive answers best.

    >>> typed = Reading("When?", as_typed=True, incomplete=True)
    >>> full = Reading("When did he land?")
    >>> best_supported([(full, Support(True, 0.5, "")), (typed, Support(True, 0.9, ""))])
    0
    """

    def rank(position: int) -> tuple[bool, bool, float, int]:
        reading, support = candidates[position]
        good = _is_good(reading, support)
        return good, good and not reading.incomplete, _value(reading, support), -position

    return max(range(len(candidates)), key=rank)


def is_sure(reading: Reading, support: Support) -> bool:
    """Whether less likely readings need not be read."""
    is_complete = _is_good(reading, support) and not reading.incomplete
    return is_complete and _value(reading, support) >= SURE


def _is_good(reading: Reading, support: Support) -> bool:
    return support.answered and mentions(support.evidence, reading.topic)


def _value(reading: Reading, support: Support) -> float:
    """The confidence, less where the evidence does not mention what pronouns were replaced by."""
    if not reading.antecedents:
        return support.confidence
    shares = [_nearness(name, support) for name in reading.antecedents]
    return support.confidence * sum(shares) / len(shares)


def _nearness(name: str, support: Support) -> float:
    if scripts.of_text(name) != scripts.of_text(support.evidence):
        return IN_EVIDENCE  # the same name may be spelled in another script
    if mentions(support.sentence, name):
        return 1.0
    return IN_EVIDENCE if mentions(support.evidence, name) else NOT_MENTIONED


def mentions(evidence: str, topic: str) -> bool:
    """Whether the evidence contains every number of the topic and most of its terms.

    >>> evidence = "In 2024, LNG was 8.6 percent of Japan's imports"
    >>> [mentions(evidence, t) for t in ("Canada", "Japan", "imports in 1998", "imports in 2024")]
    [False, True, False, True]
    """
    required, present = set(terms(topic)), set(terms(evidence))
    numbers = {term for term in required if term[0].isdigit()}
    return numbers <= present and len(required & present) >= MIN_TOPIC_SHARE * len(required)


def makes_a_name(
    reading: Reading, question: str, history: Sequence[Turn], unknown: Collection[str]
) -> bool:
    """Whether completing a question put words together to a name that nobody has used.

    Args:
        reading: A way to complete the question.
        question: As it was typed.
        history: The earlier turns.
        unknown: Phrases of the reading that stand nowhere in the archive, as their terms.
    """
    made = [] if reading.as_typed else [p for p in phrases(reading.question) if p in unknown]
    if not made:
        return False
    parts = [text for turn in history for text in (understood(turn), turn.text) if text]
    said = [" ".join(terms(text)) for text in (question, *parts)]
    return not all(any(phrase in text for text in said) for phrase in made)


def _too_short(question: str) -> bool:
    """Whether a question without pronouns may still be a follow-up, by its length."""
    if scripts.unspaced(question) or en.names(question):
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
        parts = (understood(turn), turn.text and f"{turn.text}.", question)
        distinct = [" ".join(filter(None, parts))]
    return [Reading(q, topic) for q in distinct]
