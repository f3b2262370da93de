"""Follow-up rules for English, also used for languages that have no rules of their own.

Names are recognised by their capitals. Nothing else of the grammar is known but question words,
auxiliaries and pronouns. `rewriting.py` decides which rule applies.
"""

import re
from itertools import permutations

from .dependence import Dependence

WH = r"(?:who|whom|whose|what|which|when|where|why|how)\b"
AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)\b"
)
LEADING_WORDS = re.compile(r"^(?:(?:and|but|so|also|then|ok|okay|well|now)\b[\s,:]*)+", re.I)
WHAT_ABOUT = re.compile(
    r"^(?:what|how) about (?P<topic>.+)$|^(?:the )?same (?:question )?for (.+)$", re.I
)
MAX_TOPIC_WORDS = 5  # of "And in 2023?", without "what about"
INTERROGATIVE = re.compile(rf"\b(?:{WH}|{AUXILIARY})", re.I)
BARE_QUESTION = re.compile(
    r"^(?P<wh>(?:(?:in|on|at|for|by|from|since|until|to|with|of) )?"
    r"(?:whom?|whose|when|where|why|what|how(?: (?:long|many|much|old|far|often|large|big))?"
    r"|(?:which|what) (?:day|date|month|year|time|place|city|country|town)))"
    r"(?: (?:exactly|then|so|was (?:it|that)|is (?:it|that)|did (?:it|that) happen))?$",
    re.I,
)
ADVERBIAL_QUESTION = re.compile(
    r"^(?:(?:in|on|at|for|since|until|from|by) )?"
    r"(?:where|when|why|how|(?:which|what) (?:day|date|month|year|time))\b",
    re.I,
)
FRONTED_QUESTION = re.compile(rf"^(?:\w+ )?{WH}(?: [\w%'’-]+){{0,4}}? (?={AUXILIARY})", re.I)
SUBJECT_QUESTION = re.compile(r"^(?:who|what) (?P<rest>.+)$", re.I)
ASKS_WHO_OR_WHAT = re.compile(r"^(?:\w+ )?(?:who|whom|whose|which|what)\b", re.I)
ASKS_WHERE, ASKS_WHEN = re.compile(r"^(?:\w+ )?where\b", re.I), re.compile(r"^when\b", re.I)

PERSONAL_PRONOUN = re.compile(r"\b(?:he|him|she|her|hers|his|they|them|their|theirs)\b", re.I)
HE, SHE = re.compile(r"\b(?:he|him)\b", re.I), re.compile(r"\bshe\b|\bher\b(?! [a-z])", re.I)
THING_PRONOUN = re.compile(
    r"\b(?:its?|(?:this|that|these|those)(?=$| (?:is|was|are|were)\b))\b", re.I
)
THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! (?:is|are|was|were))", re.I)
THEN = re.compile(r"\bthen\b", re.I)
DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those|the same) \w+", re.I)
POSSESSIVE_PRONOUNS = ("his", "their", "its")
NAME = re.compile(r"(?<![\w'’-])[A-Z0-9][\w.$%&'’-]*(?: (?:(?:of|de|and) )?[A-Z0-9][\w.&'’-]*)*")
NUMBER = re.compile(r"\d[\d.,]*%?")
NOUN_FOLLOWS = re.compile(
    r" (?!(?:in|on|at|to|by|for|with|from|of|and|or|as|about|there|then|when|before|after)\b)\w"
)
POSSESSIVE_ENDINGS = ("'s", "’s")


def bare_question_word(question: str) -> str | None:
    """The question word of a question that is little more: "And when?" gives "when"."""
    match = BARE_QUESTION.match(_core(question))
    return match["wh"].lower() if match else None


def new_topic(question: str) -> str | None:
    """The topic that replaces the old one: "Canada" of "What about Canada?"."""
    core = _core(question)
    if match := WHAT_ABOUT.match(core):
        return match["topic"] or match[2]
    is_short = len(core.split()) <= MAX_TOPIC_WORDS
    if LEADING_WORDS.match(question.strip()) and not INTERROGATIVE.search(core) and is_short:
        return core
    return None


def dependence(question: str) -> Dependence:
    """How much a question depends on the turn before, by its pronouns.

    >>> questions = ("Who met him?", "When did Ann say she would come?", "Who won?")
    >>> [dependence(question).value for question in questions]
    ['strong', 'weak', 'none']
    """
    core = _core(question)
    pronouns = [
        m.start() for p in (PERSONAL_PRONOUN, THING_PRONOUN, THERE) if (m := p.search(core))
    ]
    if not pronouns:
        return Dependence.WEAK if DEMONSTRATIVE.search(core) else Dependence.NONE
    has_antecedent = any(0 < core.find(name) < min(pronouns) for name in names(core))
    return Dependence.WEAK if has_antecedent else Dependence.STRONG


def names(question: str) -> list[str]:
    """The names in a question: capitalised words, but not the first word nor numbers.

    >>> names("When did Ann Lee and Bo leave New York's port in 2024?")
    ['Ann Lee and Bo', "New York's"]
    """
    first = re.search(r"\w", question)
    start = first.start() if first else 0
    capitalised = [m.group() for m in NAME.finditer(question) if m.start() > start]
    return [name for name in dict.fromkeys(capitalised) if not NUMBER.fullmatch(name)]


def new_names(question: str, previous: str) -> str:
    """The names in a question that the previous one does not contain, joined by spaces."""
    return " ".join(name for name in names(_core(question)) if name not in previous)


def with_question_word(previous: str, word: str, answer: str | None) -> list[str]:
    """Ask the previous question with another question word.

    >>> with_question_word("Where did they meet?", "when", "Rome")
    ['When did they meet?']
    >>> with_question_word("Who won?", "why", "Bo")
    ['Why did Bo won?']
    """
    word, stem = word[:1].upper() + word[1:], previous.rstrip(" ?？!.")
    if front := FRONTED_QUESTION.match(stem):
        rewrite = f"{word} {stem[front.end() :]}"
        # "What did Bo say?" loses its object with "what": the answer takes its place
        known = answer if answer and not ADVERBIAL_QUESTION.match(stem) else ""
        return [f"{rewrite} {known}".rstrip() + "?"]
    if answer and (subject := SUBJECT_QUESTION.match(stem)):
        return [f"{word} did {answer} {subject['rest']}?"]
    return []


def with_topic(previous: str, topic: str, sentence: str | None) -> list[str]:
    """Ask the previous question about a new topic, in place of each of its names or a number.

    `sentence` is not needed; the rules of other languages use it.

    >>> with_topic("What did Japan's firms pay in 2024?", "in 2023", None)
    ["What did Japan's firms pay in 2023?"]
    """
    topic = re.sub(r"^(?:in|on|at|for|of|to|with|by) ", "", topic, flags=re.I)
    if NUMBER.fullmatch(topic):
        number = NUMBER.search(previous)
        return [previous[: number.start()] + topic + previous[number.end() :]] if number else []
    rewrites = []
    for name in names(previous):
        start = previous.index(name, 1)
        replacement = f"{topic}'s" if name.endswith(POSSESSIVE_ENDINGS) else topic
        rewrites.append(previous[:start] + replacement + previous[start + len(name) :])
    return rewrites


def with_antecedents(question: str, previous: str, answer: str | None) -> list[str]:
    """Replace the pronouns of a question by what they may refer to, likeliest first."""
    core = rewrite = _core(question)
    if answer and ASKS_WHERE.match(previous):
        rewrite = THERE.sub(lambda _: f"in {answer}", rewrite)
    if answer and ASKS_WHEN.match(previous):
        rewrite = THEN.sub(lambda _: f"on {answer}", rewrite)
    rewrites = [rewrite]
    if pronoun := PERSONAL_PRONOUN.search(rewrite) or THING_PRONOUN.search(rewrite):
        kind = PERSONAL_PRONOUN if PERSONAL_PRONOUN.search(rewrite) else THING_PRONOUN
        antecedents = _antecedents(previous, answer, pronoun[0].lower())
        if HE.search(rewrite) and SHE.search(rewrite):
            couples = permutations(antecedents[:2], 2)
            replaced = [_replace(HE, _replace(SHE, rewrite, she), he) for she, he in couples]
        else:
            replaced = [_replace_pronoun(rewrite, kind, name) for name in antecedents]
        rewrites = replaced or rewrites
    return [f"{text[:1].upper()}{text[1:]}?" for text in rewrites if text != core]


def _core(question: str) -> str:
    """The question without a leading "And ..." and without punctuation at its end."""
    return LEADING_WORDS.sub("", question.strip()).rstrip(" ?？!.")


def _antecedents(previous: str, answer: str | None, pronoun: str) -> list[str]:
    """What a pronoun may refer to: the previous question's answer or a name in it."""
    candidates = [name.removesuffix("'s").removesuffix("’s") for name in names(previous)]
    if PERSONAL_PRONOUN.fullmatch(pronoun) and not pronoun.startswith("the"):  # "they" may be two
        candidates = [person for name in candidates for person in name.split(" and ")]
    if answer and ASKS_WHO_OR_WHAT.match(previous):
        is_name = NAME.match(answer) and not NUMBER.search(answer)
        return [answer, *candidates] if is_name or THING_PRONOUN.fullmatch(pronoun) else candidates
    return candidates


def _replace(pronoun: re.Pattern[str], question: str, name: str) -> str:
    return pronoun.sub(lambda _: name, question)  # a function: the name may hold a backslash


def _replace_pronoun(question: str, pronoun: re.Pattern[str], name: str) -> str:
    """Replace each such pronoun by the name; "her" is a possessive if a noun follows."""

    def replacement(match: re.Match[str]) -> str:
        word = match[0].lower()
        possessive = word in POSSESSIVE_PRONOUNS or (
            word == "her" and NOUN_FOLLOWS.match(question, match.end())
        )
        return f"{name}'s" if possessive else name

    return pronoun.sub(replacement, question)
