"""English pronouns: which ones a question has, and the question without them."""

import re
from collections.abc import Mapping

from .antecedents import Pronoun
from .dependence import Dependence
from .english import AUXILIARY, core_of, names

WORDS = {
    Pronoun.HE: r"he|him|his",
    Pronoun.SHE: r"she|her|hers",
    Pronoun.THEY: r"they|them|their|theirs|(?:these|those)(?=\W*$| (?:is|was|are|were)\b)",
    Pronoun.IT: r"its?|(?:this|that)(?=\W*$| (?:is|was|are|were)\b)",
    Pronoun.THERE: (
        r"(?<!is )(?<!are )(?<!was )(?<!were )there"
        rf"(?! {AUXILIARY}(?! ))(?! (?:is|are|was|were)\b)"
    ),
    Pronoun.THEN: r"then",
}
PATTERN = re.compile(
    "|".join(rf"(?P<{pronoun.name}>\b(?:{words})\b)" for pronoun, words in WORDS.items()), re.I
)
POSSESSIVES = ("his", "hers", "their", "theirs", "its")
# "her" is a possessive where a noun follows
NOUN_FOLLOWS = re.compile(
    r" (?!(?:in|on|at|to|by|for|with|from|of|and|or|as|about|there|then|when|before|after|first)\b)"
    r"\w"
)
DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those|the same) \w+", re.I)
MOTION = re.compile(r"\b(?:get|got|go|went|come|came|travel\w*|fly|flew|move[ds]?|brought|taken) $")
YEAR = re.compile(r"\d{4}")


def pronouns(question: str) -> list[Pronoun]:
    """The kinds of pronouns in a question, in order.

    >>> [pronoun.value for pronoun in pronouns("Is there proof that he met them there?")]
    ['he', 'they', 'there']
    """
    found = (Pronoun[match.lastgroup] for match in PATTERN.finditer(question) if match.lastgroup)
    return list(dict.fromkeys(found))


def dependence(question: str) -> Dependence:
    """How much a question depends on the turn before, by its pronouns.

    >>> questions = ("Who met him?", "When did Ann say she would come?", "Who won?")
    >>> [dependence(question).value for question in questions]
    ['strong', 'weak', 'none']
    """
    core = core_of(question)
    matches = [m for m in PATTERN.finditer(core) if m.lastgroup != Pronoun.THEN.name]
    if not matches:
        return Dependence.WEAK if DEMONSTRATIVE.search(core) else Dependence.NONE
    named = [core.find(name) for name in names(core)]
    first = matches[0]
    is_own = any(0 < start < first.start() for start in named) and _is_possessive(core, first)
    if is_own and len(matches) == 1:  # "By how much does Varenne raise its prices?"
        return Dependence.NONE
    # one name cannot be what "they" or "there" refer to
    alone = first.lastgroup in (Pronoun.THEY.name, Pronoun.THERE.name)
    has_antecedent = not alone and any(0 < start < first.start() for start in named)
    return Dependence.WEAK if has_antecedent else Dependence.STRONG


def replaced(question: str, antecedents: Mapping[Pronoun, str]) -> str:
    """The question with each pronoun replaced by its antecedent.

    >>> replaced("When did he see her sister?", {Pronoun.HE: "Bo", Pronoun.SHE: "Ann"})
    "When did Bo see Ann's sister?"
    """

    def replacement(match: re.Match[str]) -> str:
        pronoun = Pronoun[match.lastgroup or ""]
        name = antecedents.get(pronoun)
        if name is None:
            return match[0]
        if pronoun is Pronoun.THERE:
            return f"{'to' if MOTION.search(question, 0, match.start()) else 'in'} {name}"
        if pronoun is Pronoun.THEN:
            return f"in {name}" if YEAR.fullmatch(name) else f"on {name}"
        return f"{name}'s" if _is_possessive(question, match) else name

    text = PATTERN.sub(replacement, question)
    return text[:1].upper() + text[1:]


def _is_possessive(question: str, match: re.Match[str]) -> bool:
    word = match[0].lower()
    return word in POSSESSIVES or (
        word == "her" and bool(NOUN_FOLLOWS.match(question, match.end()))
    )
