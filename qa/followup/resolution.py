"""Replace the pronouns of a follow-up question by what earlier turns mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.text.language import detect

from . import chinese_antecedents, chinese_pronouns, english_antecedents, english_pronouns
from .antecedents import Pronoun, assignments, merge

MAX_PREVIOUS = 300  # characters of the previous question that are used
MEMORY = 3  # turns that a pronoun may refer to
ARTICLE = "the "


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
class Resolved:
    """A question without its pronouns, and what they were replaced by, without articles."""

    text: str
    antecedents: tuple[str, ...]


def understood(turn: Turn) -> str:
    """The question of a turn in full, at most MAX_PREVIOUS characters."""
    return (turn.understood or turn.question)[:MAX_PREVIOUS]


def resolve(question: str, history: Sequence[Turn]) -> list[Resolved]:
    """List the ways to replace the pronouns of a question, likeliest first; [] if it has none.

    A Chinese question that leaves out its subject gets one of the last turn. "他" and "她" stand
    for different people in all of the last turns.

    Args:
        question: Without "And ..." and without its mark.
        history: Earlier turns, oldest first; at least one.
    """
    is_chinese = detect(question) == "zh"
    rules = chinese_pronouns if is_chinese else english_pronouns
    pronouns = rules.pronouns(question)
    if pronouns:
        ways = assignments(pronouns, _candidates(history[::-1][:MEMORY], is_chinese), question)
        return [
            Resolved(
                rules.replaced(question, way),
                tuple(name.removeprefix(ARTICLE) for name in way.values()),
            )
            for way in ways
        ]
    if is_chinese and chinese_pronouns.lacks_subject(question):
        found = _antecedents(history[-1])
        several = [name for name in found[Pronoun.THEY] if chinese_antecedents.GROUP.search(name)]
        subjects = dict.fromkeys((*several, *found[Pronoun.IT]))
        return [Resolved(f"{subject}{question}", (subject,)) for subject in subjects]
    return []


def _candidates(recent: Sequence[Turn], is_chinese: bool) -> dict[Pronoun, list[str]]:
    """What each kind of pronoun may refer to after these turns, given latest first."""
    found = merge(map(_antecedents, recent))
    given = (t.text for t in recent if t.text and t.text in _antecedents(t)[Pronoun.HE])
    people = list(dict.fromkeys(given))
    if len(people) > 1:  # the last two answers together
        joined = f"{people[1]}和{people[0]}" if is_chinese else f"{people[1]} and {people[0]}"
        found[Pronoun.THEY].insert(1, joined)
    he, she = (_stood_for(recent, kind) for kind in (Pronoun.HE, Pronoun.SHE))
    not_for = {
        Pronoun.HE: she - he,
        Pronoun.SHE: he - she,
        Pronoun.IT: he | she,
        Pronoun.THERE: he | she,
    }
    for kind, names in found.items():
        # what a pronoun stood for in the last turn is what the same one stands for now
        same = _stood_for(recent[:1], kind)
        ordered = [*(n for n in names if n in same), *(n for n in names if n not in same)]
        found[kind] = [name for name in ordered if name not in not_for.get(kind, ())]
    return found


def _antecedents(turn: Turn) -> dict[Pronoun, list[str]]:
    previous = understood(turn)
    rules = chinese_antecedents if detect(previous) == "zh" else english_antecedents
    found: dict[Pronoun, list[str]] = rules.antecedents(previous, turn.text)
    return found


def _stood_for(turns: Sequence[Turn], pronoun: Pronoun) -> set[str]:
    """The names that a pronoun may have stood for in the questions of these turns."""
    names: set[str] = set()
    for turn in turns:
        typed, full = turn.question, turn.understood
        rules = chinese_pronouns if detect(typed) == "zh" else english_pronouns
        if full is not None and pronoun in rules.pronouns(typed):
            found = _antecedents(turn)[pronoun]
            names.update(name for name in found if name in full and name not in typed)
    return names
