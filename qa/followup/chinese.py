"""Follow-up rules for Chinese.

Chinese has no capitals. The start of a question, up to the first word that no name contains, is
taken as a name, and so is what the question shares with the sentence that answered it.
`rewriting.py` decides which rule applies.
"""

import re
from difflib import SequenceMatcher

from .dependence import Dependence

# question words in the other language, for a follow-up that switches languages
ENGLISH_QUESTION_WORDS = {
    "什么时候": "when", "何时": "when", "哪里": "where", "哪儿": "where", "在哪": "where",
    "在哪里": "where", "在哪儿": "where", "什么地方": "where", "为什么": "why", "为何": "why",
    "谁": "who", "是谁": "who", "和谁": "with whom", "跟谁": "with whom", "多久": "how long",
    "多少": "how much", "什么": "what", "怎么": "how", "如何": "how",
}  # fmt: skip
CHINESE_QUESTION_WORDS = {
    "when": "什么时候",
    "where": "在哪里",
    "why": "为什么",
    "who": "谁",
    "how long": "多久",
}

LEADING_WORDS = re.compile(
    r"^(?:那么|那(?![里儿个位次天年些])|还有|另外|然后|而且|所以|请问|而|又|[,，、\s])+"
)
TRAILING_MARKS = re.compile(r"[\s?？!！。.]+$")
WHEN = r"什么时候|什么时间|何时|几时|哪一?[年天月日]|几[月号日点]"
WHERE = r"在?(?:哪里|哪儿|何地|何处|什么地方|哪个(?:地方|城市|国家))|在哪"
WHY = r"为什么|为何|为啥|怎么会?|如何"
ADVERBIAL = re.compile(rf"{WHEN}|{WHERE}|{WHY}|多久|多长时间")
WH = re.compile(
    rf"{ADVERBIAL.pattern}|和谁|跟谁|与谁|是谁|谁|百分之[多几]少?|多少|几[个位次人]|多大|什么|哪[个位些家艘]"
)
ASKS_WHO = re.compile(r"谁|哪[位个家些]|\b[Ww]h(?:o|om|ich)\b")
BARE_QUESTION = re.compile(
    rf"^(?P<wh>(?:是|从|到|为了|于)?(?:{WH.pattern}))(?:的|呢|啊|呀|了|发生的)*$"
)
WHAT_ABOUT = re.compile(r"^(?:关于|至于|换成)?(?P<topic>.{1,20}?)(?:呢|又?怎么样|又?如何)$")
PERSONAL_PRONOUN = re.compile(r"他们|她们|它们|两人|双方|他|她|它")
THERE = re.compile(r"那里|那儿|当地")
DEMONSTRATIVE = re.compile(r"[这那](?:次|个|位|些|天|年|里|儿|时)|当时|此[次事行]|该[国人]|其中")
# never part of a name: the run of characters at the start of a question ends here
NAME_BOUNDARY = re.compile(
    rf"{WH.pattern}|[的了在和与同跟对向被从把是将会于因以为有要给让就曾已]"
    r"|打算|计划|希望|访问|会见|参观|签署"
)
MIN_NAME, MAX_NAME = 2, 12  # characters
HAN = re.compile(r"[\u3400-\u9fff·]+")
MIN_ANTECEDENT = 4  # characters before a pronoun: enough to contain the name it refers to


def bare_question_word(question: str) -> str | None:
    """The question word of a question that is little more: "那什么时候呢？" gives "什么时候"."""
    match = BARE_QUESTION.match(_core(question))
    return match["wh"] if match else None


def new_topic(question: str) -> str | None:
    """The topic that replaces the old one: "加拿大" of "加拿大呢？"."""
    match = WHAT_ABOUT.match(_core(question))
    return match["topic"] if match and not WH.search(match["topic"]) else None


def dependence(question: str) -> Dependence:
    """How much a question depends on the turn before, by its pronouns.

    >>> questions = ("他参观了哪里？", "特朗普向她承诺了什么？", "谁赢了？")
    >>> [dependence(question).value for question in questions]
    ['strong', 'weak', 'none']
    """
    core = _core(question)
    pronouns = [m.start() for p in (PERSONAL_PRONOUN, THERE) if (m := p.search(core))]
    if not pronouns:
        return Dependence.WEAK if DEMONSTRATIVE.search(core) else Dependence.NONE
    has_antecedent = min(pronouns) >= MIN_ANTECEDENT and not WH.match(core)
    return Dependence.WEAK if has_antecedent else Dependence.STRONG


def with_question_word(previous: str, word: str, answer: str | None) -> list[str]:
    """Ask the previous question with another question word.

    >>> with_question_word("他什么时候来？", "为什么", None)
    ['他为什么来？']
    >>> with_question_word("他见了谁？", "什么时候", "李四")
    ['什么时候他见了李四？']
    """
    stem = TRAILING_MARKS.sub("", previous)
    old = WH.search(stem)
    if old is None:
        return []
    left, right = stem[: old.start()], stem[old.end() :]
    was_adverbial, is_adverbial = ADVERBIAL.fullmatch(old[0]), ADVERBIAL.fullmatch(word)
    if was_adverbial and is_adverbial:
        return [f"{left}{word}{right}？"]
    if was_adverbial or not answer:
        return [f"{left}{right}，{word}？"]
    statement = f"{left}{answer}{right}"
    return [f"{word}{statement}？" if is_adverbial else f"{statement}，{word}？"]


def with_topic(previous: str, topic: str, sentence: str | None) -> list[str]:
    """Ask the previous question about a new topic, in place of each of its names.

    `sentence` is the one that answered the previous question.
    """
    return [previous.replace(name, topic, 1) for name in names(previous, sentence)]


def with_antecedents(
    question: str, previous: str, answer: str | None, sentence: str | None
) -> list[str]:
    """Replace the pronouns of a question by what they may refer to, likeliest first."""
    core = rewrite = _core(question)
    if answer and re.search(WHERE, previous):
        rewrite = THERE.sub(lambda _: answer, rewrite)
    rewrites = [rewrite]
    if PERSONAL_PRONOUN.search(rewrite):
        antecedents = _antecedents(previous, answer, sentence)
        # a name may hold a backslash
        rewrites = [
            PERSONAL_PRONOUN.sub(name.replace("\\", r"\\"), rewrite) for name in antecedents
        ]
    return [f"{text}？" for text in rewrites if text != core]


def names(question: str, sentence: str | None) -> list[str]:
    """What a question may be about: its start, and what it shares with the answer's sentence.

    >>> names("高市早苗打算什么时候访问美国？", "日本首相高市早苗将在春季访问美国")
    ['高市早苗', '美国']
    """
    candidates = []
    boundary = NAME_BOUNDARY.search(question)
    if boundary and MIN_NAME <= boundary.start() <= MAX_NAME:
        candidates.append(question[: boundary.start()])
    matcher = SequenceMatcher(None, question, sentence or "", autojunk=False)
    for block in matcher.get_matching_blocks():
        for run in NAME_BOUNDARY.split(question[block.a : block.a + block.size]):
            if MIN_NAME <= len(run) <= MAX_NAME and HAN.fullmatch(run):
                candidates.append(run)
    return [name for i, name in enumerate(candidates) if not any(name in n for n in candidates[:i])]


def _core(question: str) -> str:
    """The question without a leading "那么" or the like and without punctuation at its end."""
    return TRAILING_MARKS.sub("", LEADING_WORDS.sub("", question.strip()))


def _antecedents(previous: str, answer: str | None, sentence: str | None) -> list[str]:
    """What a pronoun may refer to: the answer to "who", or a name in the previous question."""
    is_person = answer and ASKS_WHO.search(previous) and not re.search(r"\d", answer)
    candidates = [answer] if answer and is_person else []
    candidates += names(previous, sentence)
    # the previous question may be in English
    return candidates or re.findall(r"(?<=\s)[A-Z][\w-]+(?: [A-Z][\w-]+)*", previous)
