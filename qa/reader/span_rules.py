"""Text rules of an answer: whole words, matching quotes and brackets, what makes two the same."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from index.text.scripts import UNSPACED_CHARACTER, unspaced

PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "「": "」", "『": "』"}
PAIRS |= {"《": "》", "〈": "〉", "（": "）", "【": "】", "［": "］", "«": "»"}
CLOSING = {right: left for left, right in PAIRS.items()}
EDGES = " \t\n\r\u3000\xa0,;:，、；：。.!?！？·"  # never the first character of an answer
LAST = " \t\n\r\u3000\xa0,;:，、；：。!?！？"  # nor the last; a full stop may be an abbreviation's
NUMBER = re.compile(r"\d\|[.,:]\d|\d[.,:]\|\d")  # a cut within 8.6, 1,200 or 10:30

# Chinese questions for several things, where the reader tends to mark the first one, or for what
# takes more than a name to tell.
WHOLE_CLAUSE = re.compile(
    r"哪些|哪几|哪幾|分别|分別"
    r"|(?:什么|什麼|何种|何種)(?:变化|變化|伤害|傷害|危害|好处|好處|优点|優點|缺点|缺點|后果|後果|结果|結果"
    r"|目的|意义|意義|评价|評價|看法|观点|觀點|用途|条件|條件|规定|規定|功能|特征|特徵|特色|特性|限制|内容|內容"
    r"|关系|關係|要求|措施|贡献|貢獻|成就|反应|反應|办法|辦法|情况|情況|背景)"
)
CLAUSE_ENDS = "，；："

CLAUSE_WORDS, CLAUSE_CHARACTERS = 6, 15  # from so many on, an answer may be a reason

# Questions that a phrase does not answer: reasons, ways, events, what things are, differences.
# "How many", "how long" and the like ask for a phrase.
WHOLE_SENTENCE = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:happen|caus|led )|\bwhat (?:is|was|are) the (?:reason|differ)"
    r"|\bhow (?:do|does|did|can|could|will|would|should)\b"
    r"|为什么|为何|为啥|怎么|怎样|如何|為什麼|為何|怎麼|發生了什麼|发生了什么"
    r"|什么是|什么(?:区别|不同|原因|寓意|含义|意思|特点|作用|影响)|(?:定义|原因|区别)是|是指什么|指什么"
    r"|什麼是|什麼(?:區別|不同|原因|意思|特點|作用|影響)"
    r"|なぜ|何故|どうして|何が起",
    re.IGNORECASE,
)


class Extent(Enum):
    """What an answer is grown to: nothing more than marked, its clause, its sentence."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    SENTENCE = "sentence"


def extent(question: str) -> Extent:
    """How much text a question asks for.

    >>> [extent(q).value for q in ("Why did he go?", "How many came?", "他会说哪些语言？")]
    ['sentence', 'phrase', 'clause']
    """
    if WHOLE_SENTENCE.search(question):
        return Extent.SENTENCE
    return Extent.CLAUSE if WHOLE_CLAUSE.search(question) else Extent.PHRASE


def is_phrase(text: str) -> bool:
    """Whether an answer is too short to give a reason.

    >>> is_phrase("the last train"), is_phrase("because the last train was due at nine")
    (True, False)
    """
    return len(text) < CLAUSE_CHARACTERS if unspaced(text) else len(text.split()) < CLAUSE_WORDS


def grown(text: str, start: int, end: int, within: tuple[int, int], to: Extent) -> tuple[int, int]:
    """The answer at start:end with as much around it, inside the sentence `within`, as was asked.

    >>> text = "此外，他会说法语、德语和荷兰语，不会英语。"
    >>> a, b = grown(text, 6, 8, (0, len(text)), Extent.CLAUSE); text[a:b]
    '他会说法语、德语和荷兰语'
    """
    if to is Extent.PHRASE or not is_phrase(text[start:end]):
        return start, end
    if to is Extent.SENTENCE:
        return within
    if not unspaced(text[slice(*within)]):
        return start, end
    while start > within[0] and text[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < within[1] and text[end] not in CLAUSE_ENDS:
        end += 1
    return _without_edges(text, start, end)


def trimmed(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """The answer at start:end as a person would mark it, inside `within`.

    Grows to whole words, drops punctuation at its edges, and completes or drops a lone quote or
    bracket.

    >>> text = "It was the “Golden Age (1920" + "s)” of film."
    >>> a, b = trimmed(text, 12, 28, (0, len(text))); text[a:b]
    'Golden Age (1920s)'
    """
    start, end = _whole_words(text, start, end, within)
    start, end = _without_edges(text, start, end)
    start, end = _matched(text, start, end, within)
    return _without_edges(text, start, end)


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Equal for answers that say the same but for case, width, spaces and punctuation.

    >>> key("The White House,") == key("the white house")
    True
    """
    folded = re.sub(r"^(the|an?)\s+", "", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if c.isalnum() or c in "%$€£¥.").strip(".")


def _in_word(text: str, at: int) -> bool:
    """Whether a cut before position `at` would go through a word of a spaced script or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        same = bool(UNSPACED_CHARACTER.match(before)) or bool(UNSPACED_CHARACTER.match(after))
        return not same
    around = text[max(0, at - 2) : at] + "|" + text[at : at + 2]
    return NUMBER.search(around) is not None


def _whole_words(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    while start > within[0] and _in_word(text, start):
        start -= 1
    while end < within[1] and _in_word(text, end):
        end += 1
    return start, end


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES and not _decimal(text, start):
        start += 1
    while start < end and text[end - 1] in LAST:
        end -= 1
    if end - start > 1 and text[end - 1] == "." and not _abbreviated(text[start:end]):
        end -= 1
    return start, end


def _decimal(text: str, at: int) -> bool:
    return text[at] == "." and text[at + 1 : at + 2].isdigit()


def _abbreviated(text: str) -> bool:
    """Whether the full stop at the end belongs to the last word: "U.S.", "Inc.", "Jr."."""
    last = text.split()[-1]
    return "." in last[:-1] or last in ("Inc.", "Jr.", "Sr.", "Co.", "Ltd.", "Corp.", "St.", "Dr.")


def _matched(text: str, start: int, end: int, within: tuple[int, int]) -> tuple[int, int]:
    """Take in the other half of a bracket or quote that stands beside the answer, else drop it."""
    while start < end and text[start] in CLOSING:
        start += 1
    while start < end and text[end - 1] in PAIRS:
        end -= 1
    for left, right in PAIRS.items():
        missing = text.count(left, start, end) - text.count(right, start, end)
        if missing == 1 and end < within[1] and text[end] == right:
            end += 1
        elif missing == -1 and start > within[0] and text[start - 1] == left:
            start -= 1
        elif missing == 1 and text[start : start + 1] == left:
            start += 1
        elif missing == -1 and text[end - 1 : end] == right:
            end -= 1
    if text.count('"', start, end) == 1:
        start, end = start + (text[start] == '"'), end - (text[end - 1] == '"')
    return start, end
