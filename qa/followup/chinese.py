"""Follow-up rules for Chinese.

Chinese has no capitals. The start of a question, up to the first word that no name contains, is
taken as a name, and so is what the question shares with the sentence that answered it.
`rewriting.py` decides which rule applies; pronouns are in `chinese_pronouns.py` and
`chinese_antecedents.py`.
"""

import re
from difflib import SequenceMatcher

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
ASKS_WHO = re.compile(r"谁|哪[位些]|\b[Ww]h(?:o|om)\b")
ASKS_WHAT = re.compile(r"什么(?!时|地方)|哪(?![里儿些年天月日])")
BARE_QUESTION = re.compile(
    rf"^(?P<wh>(?:是|从|到|为了|于)?(?:{WH.pattern}))(?:的|呢|啊|呀|了|发生的)*$"
)
WHAT_ABOUT = re.compile(r"^(?:关于|至于|换成)?(?P<topic>.{1,20}?)(?:呢|又?怎么样|又?如何)$")
# never part of a name: the run of characters at the start of a question ends here
NAME_BOUNDARY = re.compile(
    rf"{WH.pattern}|[的了在和与同跟对向被从把是将会于因以为有要给让就曾已]"
    r"|[\d用距送]|今年|去年|明年|目前|如今|现在|以前|打算|计划|希望|承诺|宣布|表示|要求|提[出议供]"
    r"|访问|会[见晤]|见[了过到]|参[观加]|飞往|前往|抵达|离开|签署|举行|建[立造]|生产|召回|投资|耗资|花费|支付"
    r"|拥有|使用|获[得奖]|赢得|发[现射表明]|设计|创立|经营|代表|担任|接[替任]|带领|领导|封锁|训练|通车|开[通放]|批评|称赞|毕业|出生|去世"
)
MIN_NAME, MAX_NAME = 2, 12  # characters
MAX_PLAIN_NAME = 4  # of a name at the end of a question
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
    statement = f"{left}{answer}{right}"
    return [f"{word}{statement}？" if is_adverbial else f"{statement}，{word}？"]


def with_topic(previous: str, topic: str, sentence: str | None) -> list[str]:
    """Ask the previous question about a new topic, in place of what it resembles or of each name.

    `sentence` is the one that answered the previous question.

    >>> with_topic("城堡银行的行长是谁？", "北方航空的总裁", None)
    ['北方航空的总裁是谁？']
    >>> with_topic("谁赢得了女子冠军？", "男子", None)
    ['谁赢得了男子冠军？']
    """
    if POSSESSED.search(topic) and (old := POSSESSED.search(previous)):
        return [previous[: old.start()] + topic + previous[old.end() :]]
    topic = topic.removesuffix("的")
    found = names(previous, sentence)
    if alike := _counterpart(previous, topic):
        found = [alike]
    # "哪支车队" asks for the team: it is not what the new topic replaces
    found = [name for name in found if not ASKED_FOR.search(previous[: previous.index(name)])]
    return [previous.replace(name, topic, 1) for name in found]


def _counterpart(previous: str, topic: str) -> str | None:
    """The two characters of a question that differ from a short topic only in the first."""
    if len(topic) != SHORT_TOPIC:
        return None
    pairs = (previous[i : i + SHORT_TOPIC] for i in range(len(previous) - 1))
    return next((p for p in pairs if p[1] == topic[1] and p[0] != topic[0] and HAN.match(p)), None)


def names(question: str, sentence: str | None) -> list[str]:
    """What a question may be about: its start, and what it shares with the answer's sentence.

    >>> names("高市早苗打算什么时候访问美国？", "日本首相高市早苗将在春季访问美国")
    ['高市早苗', '美国']
    """
    candidates = []
    boundary = NAME_BOUNDARY.search(question)
    if boundary and MIN_NAME <= boundary.start() <= MAX_NAME:
        candidates.append(question[: boundary.start()])
    ending = NAME_BOUNDARY.split(TRAILING_MARKS.sub("", question))[-1]
    if WH.match(question) and MIN_NAME <= len(ending) <= MAX_PLAIN_NAME:
        candidates.append(ending)  # "谁接替石慧？"
    matcher = SequenceMatcher(None, question, sentence or "", autojunk=False)
    for block in matcher.get_matching_blocks():
        for run in NAME_BOUNDARY.split(question[block.a : block.a + block.size]):
            if MIN_NAME <= len(run) <= MAX_NAME and HAN.fullmatch(run):
                candidates.append(run)
    return [name for i, name in enumerate(candidates) if not any(name in n for n in candidates[:i])]


def core_of(question: str) -> str:
    """The question without a leading "那么" or the like and without punctuation at its end."""
    return TRAILING_MARKS.sub("", LEADING_WORDS.sub("", question.strip()))
