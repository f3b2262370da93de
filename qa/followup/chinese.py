"""The rules of `followup.py` for questions in Chinese.

Chinese has no capitals: names are told by where a question's first words end, and by what the
question and the sentence that answered it have in common.
"""

import re
from difflib import SequenceMatcher

# question words in the other language, for a follow-up in another than the question before
IN_ENGLISH = {
    "什么时候": "when", "何时": "when", "哪里": "where", "哪儿": "where", "在哪": "where",
    "在哪里": "where", "在哪儿": "where", "什么地方": "where", "为什么": "why", "为何": "why",
    "谁": "who", "是谁": "who", "和谁": "with whom", "跟谁": "with whom", "多久": "how long",
    "多少": "how much", "什么": "what", "怎么": "how", "如何": "how",
}  # fmt: skip
IN_CHINESE = {
    "when": "什么时候",
    "where": "在哪里",
    "why": "为什么",
    "who": "谁",
    "how long": "多久",
}

LEAD = re.compile(
    r"^(?:那么|那(?![里儿个位次天年些])|还有|另外|然后|而且|所以|请问|而|又|[,，、\s])+"
)
TAIL = re.compile(r"[\s?？!！。.]+$")
WHEN = r"什么时候|什么时间|何时|几时|哪一?[年天月日]|几[月号日点]"
WHERE = r"在?(?:哪里|哪儿|何地|何处|什么地方|哪个(?:地方|城市|国家))|在哪"
WHY = r"为什么|为何|为啥|怎么会?|如何"
ADVERB = re.compile(rf"{WHEN}|{WHERE}|{WHY}|多久|多长时间")
WH = re.compile(
    rf"{ADVERB.pattern}|和谁|跟谁|与谁|是谁|谁|百分之[多几]少?|多少|几[个位次人]|多大|什么|哪[个位些家艘]"
)
SOMEONE = re.compile(r"谁|哪[位个家些]|\b[Ww]h(?:o|om|ich)\b")
BARE = re.compile(rf"^(?P<wh>(?:是|从|到|为了|于)?(?:{WH.pattern}))(?:的|呢|啊|呀|了|发生的)*$")
ABOUT = re.compile(r"^(?:关于|至于|换成)?(?P<new>.{1,20}?)(?:呢|又?怎么样|又?如何)$")
PERSON = re.compile(r"他们|她们|它们|两人|双方|他|她|它")
THERE = re.compile(r"那里|那儿|当地")
POINTING = re.compile(r"[这那](?:次|个|位|些|天|年|里|儿|时)|当时|此[次事行]|该[国人]|其中")
# what a name never holds: where the run of characters that begins a question ends
STOP = re.compile(
    rf"{WH.pattern}|[的了在和与同跟对向被从把是将会于因以为有要给让就曾已]"
    r"|打算|计划|希望|访问|会见|参观|签署"
)
SHORTEST, LONGEST = 2, 12  # characters of a name
HAN = re.compile(r"[\u3400-\u9fff·]+")
BOUND = 4  # characters before a pronoun that may hold the name that it stands for


def bare(question: str) -> str | None:
    """The question word if the question is hardly more: "那什么时候呢？" gives "什么时候"."""
    found = BARE.match(_rest(question))
    return found["wh"] if found else None


def about(question: str) -> str | None:
    """What is newly named, of "加拿大呢？"."""
    found = ABOUT.match(_rest(question))
    return found["new"] if found and not WH.search(found["new"]) else None


def leans(question: str) -> str | None:
    """How much it leans on what was said before: "much", "some", or None.

    >>> leans("他参观了哪里？"), leans("特朗普向她承诺了什么？"), leans("谁赢了？")
    ('much', 'some', None)
    """
    rest = _rest(question)
    found = [m.start() for p in (PERSON, THERE) if (m := p.search(rest))]
    if not found:
        return "some" if POINTING.search(rest) else None
    return "some" if min(found) >= BOUND and not WH.match(rest) else "much"


def asked_again(whole: str, word: str, answer: str | None) -> list[str]:
    """The question before with another question word.

    >>> asked_again("他什么时候来？", "为什么", None), asked_again("他见了谁？", "什么时候", "李四")
    (['他为什么来？'], ['什么时候他见了李四？'])
    """
    stem = TAIL.sub("", whole)
    before = WH.search(stem)
    if before is None:
        return []
    left, right = stem[: before.start()], stem[before.end() :]
    if ADVERB.fullmatch(before[0]) and ADVERB.fullmatch(word):
        return [f"{left}{word}{right}？"]
    if ADVERB.fullmatch(before[0]) or not answer:
        return [f"{left}{right}，{word}？"]
    told = f"{left}{answer}{right}"
    return [f"{word}{told}？" if ADVERB.fullmatch(word) else f"{told}，{word}？"]


def exchanged(whole: str, new: str, sentence: str | None) -> list[str]:
    """The question before, with what is newly named in place of a name of its own."""
    return [whole.replace(name, new, 1) for name in names(whole, sentence)]


def resolved(question: str, whole: str, answer: str | None, sentence: str | None) -> list[str]:
    """The question with its pronouns replaced by what they may stand for, likeliest first."""
    rest = asked = _rest(question)
    if answer and re.search(WHERE, whole):
        asked = THERE.sub(lambda _: answer, asked)
    made = [asked]
    if PERSON.search(asked):
        stands = _antecedents(whole, answer, sentence)
        made = [PERSON.sub(name.replace("\\", r"\\"), asked) for name in stands]
    return [f"{one}？" for one in made if one != rest]


def names(question: str, sentence: str | None) -> list[str]:
    """What a Chinese question may be about: how it begins, and what its evidence also says.

    >>> names("高市早苗打算什么时候访问美国？", "日本首相高市早苗将在春季访问美国")
    ['高市早苗', '美国']
    """
    found = []
    stop = STOP.search(question)
    if stop and SHORTEST <= stop.start() <= LONGEST:
        found.append(question[: stop.start()])
    matcher = SequenceMatcher(None, question, sentence or "", autojunk=False)
    for block in matcher.get_matching_blocks():
        for run in STOP.split(question[block.a : block.a + block.size]):
            if SHORTEST <= len(run) <= LONGEST and HAN.fullmatch(run):
                found.append(run)
    return [name for i, name in enumerate(found) if not any(name in n for n in found[:i])]


def _rest(question: str) -> str:
    return TAIL.sub("", LEAD.sub("", question.strip()))


def _antecedents(whole: str, answer: str | None, sentence: str | None) -> list[str]:
    """What a pronoun may stand for: the answer to "who", or a name in the question before."""
    someone = answer if answer and SOMEONE.search(whole) and not re.search(r"\d", answer) else None
    found = [someone] if someone else []
    found += names(whole, sentence)
    return found or re.findall(r"(?<=\s)[A-Z][\w-]+(?: [A-Z][\w-]+)*", whole)
