"""Chinese pronouns: which ones a question has, and the question without them."""

import re
from collections.abc import Mapping

from .antecedents import Pronoun
from .chinese import WH, core_of, names
from .dependence import Dependence

WORDS = {
    Pronoun.THEY: r"他们|她们|两人|二人|双方|两国",
    Pronoun.HE: r"(?<!其)他(?![国人方乡])",
    Pronoun.SHE: r"她",
    Pronoun.IT: r"它们?",
    Pronoun.THERE: r"在?(?:那里|那儿)|在?当地",
}
PATTERN = re.compile("|".join(rf"(?P<{p.name}>{words})" for p, words in WORDS.items()))
DEMONSTRATIVE = re.compile(r"[这那](?:次|个|位|些|天|年|里|儿|时)|当时|此[次事行]|该[国人]|其中")
MIN_ANTECEDENT = 4  # characters before a pronoun: enough to contain the name it refers to
# Of a question without pronouns that may leave out its subject: "持续了多久？"
MAX_PREDICATE = 3  # characters beside the question word and particles
PARTICLE = re.compile(r"[了的在是有把被将会曾过着呢吗]")


def pronouns(question: str) -> list[Pronoun]:
    """The kinds of pronouns in a question, in order.

    >>> [pronoun.value for pronoun in pronouns("他在那里见了其他人和他们吗？")]
    ['he', 'there', 'they']
    """
    found = (Pronoun[match.lastgroup] for match in PATTERN.finditer(question) if match.lastgroup)
    return list(dict.fromkeys(found))


def dependence(question: str) -> Dependence:
    """How much a question depends on the turn before, by its pronouns.

    >>> questions = ("他参观了哪里？", "特朗普向她承诺了什么？", "谁赢得了世界杯？")
    >>> [dependence(question).value for question in questions]
    ['strong', 'weak', 'none']
    """
    core = core_of(question)
    first = PATTERN.search(core)
    if not first:
        weak = DEMONSTRATIVE.search(core) or lacks_subject(question)
        return Dependence.WEAK if weak else Dependence.NONE
    before = core[: first.start()]
    if names(before) or (len(before) >= MIN_ANTECEDENT and not WH.search(before)):
        return Dependence.WEAK
    return Dependence.STRONG


def lacks_subject(question: str) -> bool:
    """Whether a question is too short to name what it asks about.

    >>> lacks_subject("持续了多久？"), lacks_subject("谁发明了电话？")
    (True, False)
    """
    core = core_of(question)
    return bool(WH.search(core)) and len(PARTICLE.sub("", WH.sub("", core))) <= MAX_PREDICATE


def replaced(question: str, antecedents: Mapping[Pronoun, str]) -> str:
    """The question with each pronoun replaced by its antecedent.

    >>> replaced("他在那里见了谁", {Pronoun.HE: "李四", Pronoun.THERE: "罗马"})
    '李四在罗马见了谁'
    """

    def replacement(match: re.Match[str]) -> str:
        pronoun = Pronoun[match.lastgroup or ""]
        name = antecedents.get(pronoun)
        if name is None:
            return match[0]
        return f"在{name}" if pronoun is Pronoun.THERE else name

    return PATTERN.sub(replacement, question)
