"""Follow-up rules for Chinese.

Chinese has no capitals: `chinese_nouns.py` finds names and nouns. `rewriting.py` decides which rule
applies; pronouns are in `chinese_pronouns.py` and `chinese_antecedents.py`.
"""

import re

from .chinese_nouns import ANY_OFFICE, OFFICE, Noun, nouns

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
    rf"{ADVERBIAL.pattern}|和谁|跟谁|与谁|是谁|谁|百分之[多几]少?|多少|几[个位次人]|多[大长高远深重]|什么|哪[个位些家艘支所颗座条国]"
)
ASKS_WHO = re.compile(r"谁|哪[位些]|\b[Ww]h(?:o|om)\b")
ASKS_WHAT = re.compile(r"什么(?!时|地方)|哪(?![里儿些年天月日])")
BARE_QUESTION = re.compile(
    rf"^(?P<wh>(?:是|从|到|为了|于)?(?:{WH.pattern}))(?:的|呢|啊|呀|了|发生的)*$"
)
WHAT_ABOUT = re.compile(r"^(?:关于|至于|换成)?(?P<topic>.{1,20}?)(?:呢|又?怎么样|又?如何)$")
SHORT_TOPIC = 2  # characters: "男子" takes the place of "女子"
HAN = re.compile(r"[\u3400-\u9fff·]+")
ASKED_FOR = re.compile(r"(?:哪.?|什么|多少.?|几.?)$")
POSSESSED = re.compile(r"[\u3400-\u9fff·]{2,12}?的[\u3400-\u9fff]{2,6}?(?=[是叫在有?？]|$)")


def bare_question_word(question: str) -> str | None:
    """The question word of a question that is little more: "那什么时候呢？" gives "什么时候"."""
    match = BARE_QUESTION.match(core_of(question))
    return match["wh"] if match else None


def new_topic(question: str) -> str | None:
    """The topic that replaces the old one: "加拿大" of "加拿大呢？"."""
    match = WHAT_ABOUT.match(core_of(question))
    return match["topic"] if match and not WH.search(match["topic"]) else None


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
    with_whom = old[0][:1] if old[0].endswith("谁") and old[0] != "谁" else ""
    statement = f"{left}{with_whom}{answer}{right}"
    return [f"{word}{statement}？" if is_adverbial else f"{statement}，{word}？"]


def with_topic(previous: str, topic: str) -> list[str]:
    """Ask the previous question about a new topic, in place of what it resembles or of each name.

    A person takes no place's place, nor a place a person's. Where no name can be replaced, the
    topic comes first, as Chinese allows.

    >>> with_topic("城堡银行的行长是谁？", "北方航空的总裁")
    ['北方航空的总裁是谁？']
    >>> with_topic("西班牙的国王是谁？", "王后")
    ['西班牙的王后是谁？']
    >>> with_topic("谁赢得了女子冠军？", "男子")
    ['谁赢得了男子冠军？']
    >>> with_topic("谁赢了？", "女子组")
    ['女子组，谁赢了？']
    """
    if POSSESSED.search(topic) and (old := POSSESSED.search(previous)):
        return [previous[: old.start()] + topic + previous[old.end() :]]
    topic = topic.removesuffix("的")
    if OFFICE.fullmatch(topic) and (office := ANY_OFFICE.search(previous)):  # of the same
        return [previous[: office.start()] + topic + previous[office.end() :]]
    if alike := _counterpart(previous, topic):
        return [previous.replace(alike, topic, 1)]
    new = next(reversed(nouns(topic)), None)
    found = [noun for noun in named(previous) if new is None or _comparable(new, noun)]
    owners = [noun for noun in found if not previous[: noun.start].endswith("的")]
    found = owners or found  # of "天池四号的质量" the planet, not its weight
    replaced = [previous[: noun.start] + topic + previous[noun.end :] for noun in found]
    return replaced or [f"{topic}，{previous}"]


def _comparable(new: Noun, old: Noun) -> bool:
    return not (new.is_person and old.is_place) and not (new.is_place and old.is_person)


def _counterpart(previous: str, topic: str) -> str | None:
    """The two characters of a question that differ from a short topic only in the first."""
    if len(topic) != SHORT_TOPIC:
        return None
    pairs = (previous[i : i + SHORT_TOPIC] for i in range(len(previous) - 1))
    return next((p for p in pairs if p[1] == topic[1] and p[0] != topic[0] and HAN.match(p)), None)


def names(question: str) -> list[str]:
    """What a question may be about: its names and nouns, but not what it asks for.

    >>> names("高市早苗打算什么时候访问美国？")
    ['高市早苗', '美国']
    """
    return list(dict.fromkeys(noun.text for noun in named(question)))


def named(question: str) -> list[Noun]:
    """As `names`, with where each stands and what it may be."""
    asked = [match.span() for match in WH.finditer(question)]
    return [
        noun
        for noun in nouns(question)
        if not any(start < noun.end and noun.start < end for start, end in asked)
        and not ASKED_FOR.search(question, 0, noun.start)
    ]


def core_of(question: str) -> str:
    """The question without a leading "那么" or the like and without punctuation at its end."""
    return TRAILING_MARKS.sub("", LEADING_WORDS.sub("", question.strip()))
