"""Follow-up rules for English, also used for languages that have no rules of their own.

Names are recognised by their capitals. Nothing else of the grammar is known but question words,
auxiliaries and prepositions. `rewriting.py` decides which rule applies; pronouns are in
`english_pronouns.py` and `english_antecedents.py`.
"""

import re

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
LATER_QUESTION = re.compile(rf"(?<=[.?!] )(?:{WH}|{AUXILIARY})", re.I)  # "Who won? He. How?"
BARE_QUESTION = re.compile(
    r"^(?P<wh>(?:(?:in|on|at|for|by|from|since|until|to|with|of) )?"
    r"(?:whom?|whose|when|where|why|what|how(?P<much> (?:long|many|much|old|far|often|large|big))?"
    r"|(?:which|what) (?:day|date|month|year|time|place|city|country|town)))"
    # "How long is it?" asks about a thing
    r"(?: (?:exactly|then|so|did (?:it|that) happen|(?(much)(?!)|(?:was|is) (?:it|that))))?$",
    re.I,
)
ADVERBIAL_QUESTION = re.compile(
    r"^(?:(?:in|on|at|for|since|until|from|by) )?"
    r"(?:where|when|why|how|(?:which|what) (?:day|date|month|year|time))\b",
    re.I,
)
FRONTED_QUESTION = re.compile(rf"^(?:\w+ )?{WH}(?: [\w%'’-]+){{0,4}}? (?={AUXILIARY})", re.I)
# What follows the auxiliary in "Who was elected?" and "What will close?": a verb without a subject.
PARTICIPLE = (
    r"[a-z]+(?:ed|en|ing)|born|built|done|found|held|hit|hurt|kept|led|left|lost|made|met|paid|put"
    r"|said|sent|shot|sold|told|won"
)
NOMINAL = r"the|an?|my|your|his|her|its|our|their|this|that|these|those|I|you|he|she|it|we|they"
LACKS_SUBJECT = re.compile(
    rf"(?P<auxiliary>(?:is|are|was|were|has|have|had)(?= (?:{PARTICIPLE})\b)"
    rf"|(?:will|would|can|could|should|may|might|must)(?= (?!(?:{NOMINAL})\b)[a-z]+(?<!s)\b))"
)
SUBJECT_QUESTION = re.compile(r"^(?:who|what) (?P<rest>.*\S.*)$", re.I)
ASKS_WHO_OR_WHAT = re.compile(r"^(?:\w+ )?(?:who|whom|whose|which|what)\b", re.I)
ASKS_WHERE, ASKS_WHEN = re.compile(r"^(?:\w+ )?where\b", re.I), re.compile(r"^when\b", re.I)

NAME = re.compile(r"(?<![\w'’-])[A-Z0-9][\w.$%&'’-]*(?: (?:(?:of|de|and|&) )?[A-Z0-9][\w.&'’-]*)*")
NUMBER = re.compile(r"\d[\d.,]*%?")
POSSESSIVE_ENDINGS = ("'s", "’s")
PREPOSITION = re.compile(
    r"^(?P<word>in|on|at|for|of|to|with|by|from|among|during|after|before) ", re.I
)
MAX_BEFORE_NAME = 3  # words between a preposition and its name: "of the old bank"
ARTICLE = re.compile(r"^(?:the|an?) ", re.I)
# "the finance minister of Spain"
PART_OF = re.compile(
    r"\b(?:the|an?) [\w-]+(?: [\w-]+){,2}(?P<owner> of (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)"
)
# After one of these, the last words of a question hold its verb: "did the court say of Rome".
NEEDS_VERB = re.compile(rf"\b(?!is|are|was|were){AUXILIARY} $", re.I)
NOBODY_S = re.compile(r"(?:the|an?) [a-z][\w-]*(?: [a-z][\w-]*){,2}")  # "the queen": but whose?
POSSESSOR = re.compile(r"^(.+?['’]s) .*$")  # "Japan's" of "Japan's LNG"
POSSESSED = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)*['’]s [a-z][\w-]*")


def bare_question_word(question: str) -> str | None:
    """The question word of a question that is little more: "And when?" gives "when"."""
    match = BARE_QUESTION.match(core_of(question))
    return match["wh"].lower() if match else None


def new_topic(question: str) -> str | None:
    """The topic that replaces the old one: "Canada" of "What about Canada?"."""
    core = core_of(question)
    if match := WHAT_ABOUT.match(core):
        return match["topic"] or match[2]
    is_short = len(core.split()) <= MAX_TOPIC_WORDS
    leads = LEADING_WORDS.match(question.strip()) or PREPOSITION.match(core)
    return core if leads and is_short and not INTERROGATIVE.search(core) else None


def names(question: str) -> list[str]:
    """The names in a question: capitalised words, but not the first word nor numbers.

    >>> names("When did Ann Lee and Bo leave New York's port in 2024?")
    ['Ann Lee and Bo', "New York's"]
    """
    first = re.search(r"\w", question)
    start = first.start() if first else 0
    capitalised = [
        m.group()
        for m in NAME.finditer(question)
        if m.start() > start and not LATER_QUESTION.fullmatch(question, *m.span())
    ]
    return [name for name in dict.fromkeys(capitalised) if not NUMBER.fullmatch(name)]


def new_names(question: str, previous: str) -> str:
    """The names in a question that the previous one does not contain, joined by spaces."""
    return " ".join(name for name in names(core_of(question)) if name not in previous)


def with_question_word(previous: str, word: str, answer: str | None) -> list[str]:
    """Ask the previous question with another question word.

    >>> with_question_word("Where did they meet?", "when", "Rome")
    ['When did they meet?']
    >>> with_question_word("Who was elected mayor?", "when", "Bo")
    ['When was Bo elected mayor?']
    >>> with_question_word("Who won?", "why", "Bo")
    ['Why was it that Bo won?']
    """
    word, stem = word[:1].upper() + word[1:], previous.rstrip(" ?？!.")
    if answer and ARTICLE.match(answer):
        answer = answer[0].lower() + answer[1:]
    if front := FRONTED_QUESTION.match(stem):
        rewrite = f"{word} {stem[front.end() :]}"
        # "What did Bo say?" loses its object with "what": the answer takes its place
        known = answer if answer and not ADVERBIAL_QUESTION.match(stem) else ""
        verb = LACKS_SUBJECT.match(stem, front.end())
        if known and verb and ASKS_WHO_OR_WHAT.match(stem):
            return [f"{word} {verb['auxiliary']} {known}{stem[verb.end() :]}?"]
        if known and (preposition := PREPOSITION.match(stem)):  # "From which port ...?"
            known = f"{preposition['word'].lower()} {known}"
        return [f"{rewrite} {known}".rstrip() + "?"]
    if answer and (subject := SUBJECT_QUESTION.match(stem)):
        # the verb stays as it is: its infinitive is not known
        tense = "is" if subject["rest"].split()[0].endswith("s") else "was"
        return [f"{word} {tense} it that {answer} {subject['rest']}?"]
    return []


def with_topic(previous: str, topic: str) -> list[str]:
    """Ask the previous question about a new topic, in place of each of its names or a number.

    A topic with a preposition takes the place of what follows that preposition up to the end of a
    name, else it is added.
    "The mayor of Rome" takes the place of "the king of Spain", and "the queen" that of "the king".

    >>> with_topic("What did Japan's firms pay in 2024?", "in 2023")
    ["What did Japan's firms pay in 2023?"]
    >>> with_topic("Who heads the board of the bank Castle & Finch?", "of the port")
    ['Who heads the board of the port?']
    >>> with_topic("Who is the king of Spain?", "the queen")
    ['Who is the queen of Spain?']
    """
    stem = previous.rstrip(" ?？!.")
    preposition = PREPOSITION.match(topic)
    bare = ARTICLE.sub("", topic[preposition.end() :] if preposition else topic)
    if NUMBER.fullmatch(bare) and (number := NUMBER.search(previous)):
        return [previous[: number.start()] + bare + previous[number.end() :]]
    if possessed := POSSESSED.search(topic) and POSSESSED.search(previous):
        return [previous[: possessed.start()] + topic + previous[possessed.end() :]]
    old = PART_OF.search(stem)
    if old and not (old.end() == len(stem) and NEEDS_VERB.search(stem, 0, old.start())):
        if PART_OF.fullmatch(topic):
            return [previous[: old.start()] + topic + previous[old.end() :]]
        if NOBODY_S.fullmatch(topic):
            return [previous[: old.start()] + topic + previous[old.start("owner") :]]
    replaced = (_with_name_replaced(previous, name, topic) for name in _alike(previous, topic))
    rewrites = [rewrite for rewrite in replaced if rewrite]
    return rewrites or ([f"{stem} {topic[0].lower()}{topic[1:]}?"] if preposition else [])


def _with_name_replaced(previous: str, found: str, topic: str) -> str | None:
    """The question with the topic in place of a name; None if their prepositions differ."""
    name = POSSESSOR.sub(r"\1", found)
    start = previous.index(name, 1)
    end, before = start + len(name), previous[:start].rstrip()
    preposition = PREPOSITION.match(topic)
    bare = topic[preposition.end() :] if preposition else ARTICLE.sub("", topic)
    if preposition:
        word = rf"\b{preposition['word']} "
        governs = rf"{word}(?=(?:(?!{word})[a-z]+ ){{,{MAX_BEFORE_NAME}}}$)"
        if not (governing := re.search(governs, previous[:start], re.I)):
            return None
        start = governing.end()
    replacement = f"{bare}'s" if name.endswith(POSSESSIVE_ENDINGS) else bare
    if bare != topic and not preposition and not before.lower().endswith(" the"):
        replacement = topic  # with its article
    return previous[:start] + replacement + previous[end:]


def _alike(previous: str, topic: str) -> list[str]:
    """The names of a question, without those that have an article, if the topic and others lack it.

    "Grace Lee" takes the place of "Ann Cole" rather than of "the London Marathon".
    """
    found = names(previous)
    without = [name for name in found if not re.search(rf"\bthe {re.escape(name)}", previous)]
    is_bare = topic[:1].isupper() and not PREPOSITION.match(topic)
    return without if is_bare and without else found


def core_of(question: str) -> str:
    """The question without a leading "And ..." and without punctuation at its end."""
    return LEADING_WORDS.sub("", question.strip()).rstrip(" ?？!.")
