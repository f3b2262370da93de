"""Text rules for answers: whole words, matching quotes and brackets, how much text is needed.

The rules work on one text and know neither scores nor passages.
"""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from index.text.scripts import UNSPACED_CHARACTER, unspaced

PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "「": "」", "『": "』"}
PAIRS |= {"《": "》", "〈": "〉", "（": "）", "【": "】", "［": "］", "«": "»"}
CLOSING = {right: left for left, right in PAIRS.items()}
NOT_FIRST = " \t\n\r\u3000\xa0,;:，、；：。.!?！？·"  # characters that never start an answer
NOT_LAST = " \t\n\r\u3000\xa0,;:，、；：。!?！？"  # nor end one; a full stop may abbreviate a word
SPLIT_NUMBER = re.compile(r"\d\|[.,:]\d|\d[.,:]\|\d")  # a cut "|" within 8.6, 1,200 or 10:30
ABBREVIATIONS = ("Inc.", "Jr.", "Sr.", "Co.", "Ltd.", "Corp.", "St.", "Dr.")

# Chinese questions for several things, of which the reader tends to mark only the first, or for
# something that takes more than a name to say.
NEEDS_CLAUSE = re.compile(
    r"哪些|哪几|哪幾|分别|分別"
    r"|(?:什么|什麼|何种|何種)(?:变化|變化|伤害|傷害|危害|好处|好處|优点|優點|缺点|缺點|后果|後果|结果|結果"
    r"|目的|意义|意義|评价|評價|看法|观点|觀點|用途|条件|條件|规定|規定|功能|特征|特徵|特色|特性|限制|内容|內容"
    r"|关系|關係|要求|措施|贡献|貢獻|成就|反应|反應|办法|辦法|情况|情況|背景)"
)
CLAUSE_ENDS = "，；："

# An answer of this many words or characters may already be a reason.
REASON_WORDS, REASON_CHARACTERS = 6, 15

# Questions that a phrase cannot answer: reasons, manners, events, definitions, differences.
# "How many", "how long" and the like ask for a phrase.
NEEDS_SENTENCE = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:happen|caus|led )|\bwhat (?:is|was|are) the (?:reason|differ)"
    r"|\bhow (?:do|does|did|can|could|will|would|should)\b"
    r"|为什么|为何|为啥|怎么|怎样|如何|為什麼|為何|怎麼|發生了什麼|发生了什么"
    r"|什么是|什么(?:区别|不同|原因|寓意|含义|意思|特点|作用|影响)|(?:定义|原因|区别)是|是指什么|指什么"
    r"|什麼是|什麼(?:區別|不同|原因|意思|特點|作用|影響)"
    r"|なぜ|何故|どうして|何が起",
    re.IGNORECASE,
)


class Extent(Enum):
    """How much text an answer needs: the marked phrase, its clause, or its sentence."""

    PHRASE = "phrase"
    CLAUSE = "clause"
    SENTENCE = "sentence"


def extent(question: str) -> Extent:
    """How much text a question asks for.

    >>> [extent(q).value for q in ("Why did he go?", "How many came?", "他会说哪些语言？")]
    ['sentence', 'phrase', 'clause']
    """
    if NEEDS_SENTENCE.search(question):
        return Extent.SENTENCE
    return Extent.CLAUSE if NEEDS_CLAUSE.search(question) else Extent.PHRASE


def is_phrase(text: str) -> bool:
    """Whether an answer is too short to give a reason.

    >>> is_phrase("the last train"), is_phrase("because the last train was due at nine")
    (True, False)
    """
    return len(text) < REASON_CHARACTERS if unspaced(text) else len(text.split()) < REASON_WORDS


def expand(
    text: str, start: int, end: int, sentence: tuple[int, int], extent: Extent
) -> tuple[int, int]:
    """Extend the answer text[start:end] to its clause or to `sentence`, as `extent` requires.

    >>> text = "此外，他会说法语、德语和荷兰语，不会英语。"
    >>> a, b = expand(text, 6, 8, (0, len(text)), Extent.CLAUSE); text[a:b]
    '他会说法语、德语和荷兰语'
    """
    if extent is Extent.PHRASE or not is_phrase(text[start:end]):
        return start, end
    if extent is Extent.SENTENCE:
        return sentence
    left, right = sentence
    if not unspaced(text[left:right]):
        return start, end
    while start > left and text[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < right and text[end] not in CLAUSE_ENDS:
        end += 1
    return _strip_edges(text, start, end)


def trim(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """Adjust the answer text[start:end] to what a person would mark, within `sentence`.

    Extends it to whole words, strips punctuation at its edges, and completes or drops an unmatched
    quote or bracket.

    >>> text = "It was the “Golden Age (1920" + "s)” of film."
    >>> a, b = trim(text, 12, 28, (0, len(text))); text[a:b]
    'Golden Age (1920s)'
    """
    start, end = _whole_words(text, start, end, sentence)
    start, end = _strip_edges(text, start, end)
    start, end = _balance(text, start, end, sentence)
    return _strip_edges(text, start, end)


@lru_cache(maxsize=1024)
def answer_key(text: str) -> str:
    """Reduce an answer to a key that ignores case, width, spaces, punctuation and a first article.

    >>> answer_key("The White House,") == answer_key("the white house")
    True
    """
    folded = re.sub(r"^(the|an?)\s+", "", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if c.isalnum() or c in "%$€£¥.").strip(".")


def _in_word(text: str, cut: int) -> bool:
    """Whether a cut before position `cut` would split a number, or a word of a spaced script."""
    if not 0 < cut < len(text):
        return False
    before, after = text[cut - 1], text[cut]
    if before.isalnum() and after.isalnum():
        return not (UNSPACED_CHARACTER.match(before) or UNSPACED_CHARACTER.match(after))
    around = text[max(0, cut - 2) : cut] + "|" + text[cut : cut + 2]
    return SPLIT_NUMBER.search(around) is not None


def _whole_words(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    while start > sentence[0] and _in_word(text, start):
        start -= 1
    while end < sentence[1] and _in_word(text, end):
        end += 1
    return start, end


def _strip_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in NOT_FIRST and not _starts_decimal(text, start):
        start += 1
    while start < end and text[end - 1] in NOT_LAST:
        end -= 1
    if end - start > 1 and text[end - 1] == "." and not _abbreviated(text[start:end]):
        end -= 1
    return start, end


def _starts_decimal(text: str, position: int) -> bool:
    """Whether the character starts a number like ".5"."""
    return text[position] == "." and text[position + 1 : position + 2].isdigit()


def _abbreviated(text: str) -> bool:
    """Whether the final full stop belongs to the last word, as in "U.S." or "Jr."."""
    last = text.split()[-1]
    return "." in last[:-1] or last in ABBREVIATIONS


def _balance(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """Add the other half of a quote or bracket if it is adjacent, else drop the half inside."""
    while start < end and text[start] in CLOSING:
        start += 1
    while start < end and text[end - 1] in PAIRS:
        end -= 1
    for left, right in PAIRS.items():
        missing = text.count(left, start, end) - text.count(right, start, end)
        if missing == 1 and end < sentence[1] and text[end] == right:
            end += 1
        elif missing == -1 and start > sentence[0] and text[start - 1] == left:
            start -= 1
        elif missing == 1 and text[start : start + 1] == left:
            start += 1
        elif missing == -1 and text[end - 1 : end] == right:
            end -= 1
    if text.count('"', start, end) == 1:
        start, end = start + (text[start] == '"'), end - (text[end - 1] == '"')
    return start, end
