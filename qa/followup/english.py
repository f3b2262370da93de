"""The rules of `followup.py` for questions in English, and in languages without rules of their own.

Names are told by their capitals; nothing else of a question's grammar is known but where its
question words and auxiliaries stand.
"""

import re
from itertools import permutations

WH = r"(?:who|whom|whose|what|which|when|where|why|how)\b"
AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)\b"
)
LEAD = re.compile(r"^(?:(?:and|but|so|also|then|ok|okay|well|now)\b[\s,:]*)+", re.I)
ABOUT = re.compile(r"^(?:what|how) about (?P<new>.+)$|^(?:the )?same (?:question )?for (.+)$", re.I)
ASKS = re.compile(rf"\b(?:{WH}|{AUXILIARY})", re.I)
BARE = re.compile(
    r"^(?P<wh>(?:(?:in|on|at|for|by|from|since|until|to|with|of) )?"
    r"(?:whom?|whose|when|where|why|what|how(?: (?:long|many|much|old|far|often|large|big))?"
    r"|(?:which|what) (?:day|date|month|year|time|place|city|country|town)))"
    r"(?: (?:exactly|then|so|was (?:it|that)|is (?:it|that)|did (?:it|that) happen))?$",
    re.I,
)
ADVERB = re.compile(
    r"^(?:(?:in|on|at|for|since|until|from|by) )?"
    r"(?:where|when|why|how|(?:which|what) (?:day|date|month|year|time))\b",
    re.I,
)
FRONT = re.compile(rf"^(?:\w+ )?{WH}(?: [\w%'’-]+){{0,4}}? (?={AUXILIARY})", re.I)
SUBJECT = re.compile(r"^(?:who|what) (?P<rest>.+)$", re.I)
ABOUT_SOMEONE = re.compile(r"^(?:\w+ )?(?:who|whom|whose|which|what)\b", re.I)
ABOUT_PLACE, ABOUT_TIME = re.compile(r"^(?:\w+ )?where\b", re.I), re.compile(r"^when\b", re.I)

PERSON = re.compile(r"\b(?:he|him|she|her|hers|his|they|them|their|theirs)\b", re.I)
HE, SHE = re.compile(r"\b(?:he|him)\b", re.I), re.compile(r"\bshe\b|\bher\b(?! [a-z])", re.I)
THING = re.compile(r"\b(?:its?|(?:this|that|these|those)(?=$| (?:is|was|are|were)\b))\b", re.I)
THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! (?:is|are|was|were))", re.I)
THEN = re.compile(r"\bthen\b", re.I)
POINTING = re.compile(r"\b(?:this|that|these|those|the same) \w+", re.I)
OWNING = ("his", "their", "its")
NAME = re.compile(r"(?<![\w'’-])[A-Z0-9][\w.$%&'’-]*(?: (?:(?:of|de|and) )?[A-Z0-9][\w.&'’-]*)*")
NUMBER = re.compile(r"\d[\d.,]*%?")
OWNED_NEXT = re.compile(
    r" (?!(?:in|on|at|to|by|for|with|from|of|and|or|as|about|there|then|when|before|after)\b)\w"
)
OWNED = ("'s", "’s")


def bare(question: str) -> str | None:
    """The question word if the question is hardly more: "And when?" gives "when"."""
    found = BARE.match(_rest(question))
    return found["wh"].lower() if found else None


def about(question: str) -> str | None:
    """What is newly named, of "What about Canada?" or "And in 2023?"."""
    rest = _rest(question)
    if found := ABOUT.match(rest):
        return found["new"] or found[2]
    return (
        rest
        if LEAD.match(question.strip()) and not ASKS.search(rest) and len(rest.split()) <= 5
        else None
    )


def leans(question: str) -> str | None:
    """How much it leans on what was said before: "much", "some", or None.

    >>> leans("Who met him?"), leans("When did Ann say she would come?"), leans("Who won?")
    ('much', 'some', None)
    """
    rest = _rest(question)
    found = [m.start() for p in (PERSON, THING, THERE) if (m := p.search(rest))]
    if not found:
        return "some" if POINTING.search(rest) else None
    bound = any(0 < rest.find(name) < min(found) for name in names(rest))
    return "some" if bound else "much"


def names(question: str) -> list[str]:
    """Names in a question: capitalised words, but for the first and numbers.

    >>> names("When did Ann Lee and Bo leave New York's port in 2024?")
    ['Ann Lee and Bo', "New York's"]
    """
    first = re.search(r"\w", question)
    begin = first.start() if first else 0
    found = [m.group() for m in NAME.finditer(question) if m.start() > begin]
    return [name for name in dict.fromkeys(found) if not NUMBER.fullmatch(name)]


def newly_named(question: str, whole: str) -> str:
    """The names of a question that the one before it does not hold."""
    return " ".join(name for name in names(_rest(question)) if name not in whole)


def asked_again(whole: str, word: str, answer: str | None) -> list[str]:
    """The question before, with another question word.

    >>> asked_again("Where did they meet?", "when", "Rome"), asked_again("Who won?", "why", "Bo")
    (['When did they meet?'], ['Why did Bo won?'])
    """
    word, stem = word[:1].upper() + word[1:], whole.rstrip(" ?？!.")
    if front := FRONT.match(stem):
        asked = f"{word} {stem[front.end() :]}"
        known = answer if answer and not ADVERB.match(stem) else ""
        return [f"{asked} {known}".rstrip() + "?"]
    if answer and (subject := SUBJECT.match(stem)):
        return [f"{word} did {answer} {subject['rest']}?"]
    return []


def exchanged(whole: str, new: str, sentence: str | None) -> list[str]:
    """The question before, with what is newly named in place of a name or number of its own.

    >>> exchanged("What did Japan's firms pay in 2024?", "in 2023", None)
    ["What did Japan's firms pay in 2023?"]
    """
    new = re.sub(r"^(?:in|on|at|for|of|to|with|by) ", "", new, flags=re.I)
    if NUMBER.fullmatch(new):
        return [whole[: n.start()] + new + whole[n.end() :] for n in NUMBER.finditer(whole)][:1]
    found = []
    for name in names(whole):
        start = whole.index(name, 1)
        put = f"{new}'s" if name.endswith(OWNED) else new
        found.append(whole[:start] + put + whole[start + len(name) :])
    return found


def resolved(question: str, whole: str, answer: str | None) -> list[str]:
    """The question with its pronouns replaced by what they may stand for, likeliest first."""
    rest = asked = _rest(question)
    if answer and ABOUT_PLACE.match(whole):
        asked = THERE.sub(lambda _: f"in {answer}", asked)
    if answer and ABOUT_TIME.match(whole):
        asked = THEN.sub(lambda _: f"on {answer}", asked)
    made = [asked]
    if pronoun := PERSON.search(asked) or THING.search(asked):
        kind = PERSON if PERSON.search(asked) else THING
        stands = _antecedents(whole, answer, pronoun[0].lower())
        if HE.search(asked) and SHE.search(asked):
            made = [HE.sub(b, SHE.sub(a, asked)) for a, b in permutations(stands[:2], 2)] or made
        else:
            made = [_replaced(asked, kind, name) for name in stands] or made
    return [f"{one[:1].upper()}{one[1:]}?" for one in made if one != rest]


def _rest(question: str) -> str:
    """The question without its "And ..." and its marks."""
    return LEAD.sub("", question.strip()).rstrip(" ?？!.")


def _antecedents(whole: str, answer: str | None, pronoun: str) -> list[str]:
    """What a pronoun may stand for: a name in the question before, or its answer."""
    found = [name.removesuffix("'s").removesuffix("’s") for name in names(whole)]
    if PERSON.fullmatch(pronoun) and not pronoun.startswith("the"):
        found = [one for name in found for one in name.split(" and ")]
    named = answer and NAME.match(answer) and not NUMBER.search(answer)
    if answer and ABOUT_SOMEONE.match(whole) and (named or THING.fullmatch(pronoun)):
        found.insert(0, answer)
    return found


def _replaced(question: str, pronoun: re.Pattern[str], by: str) -> str:
    """Every such pronoun replaced; "her" owns something where a word follows it."""

    def put(found: re.Match[str]) -> str:
        word = found[0].lower()
        owns = word in OWNING or (word == "her" and OWNED_NEXT.match(question, found.end()))
        return f"{by}'s" if owns else by

    return pronoun.sub(put, question)
