"""Tell a yes/no question by its form, in English, Chinese and Japanese.

Conservative: questions that offer a choice ("A or B?"), hold a question word, or ask the reader to
do something ("Can you tell me ...?") are not yes/no. Other languages are never recognised.
"""

import regex

from index.text.terms import SIMPLIFIED

MAX_LENGTH = 300  # code points; nobody asks a longer yes/no question
_AUXILIARY = (
    r"am|is|are|was|were|do|does|did|has|have|had|will|would|can|could|shall|should|may|might|must"
)
ENGLISH = regex.compile(
    rf"(?:(?:and|but|so|then|also|ok|well)[ ,]+)?(?:{_AUXILIARY})(?:n['’]t)? "
    r"(?!(?:you|i|we|me)\b)\P{M}",
    regex.IGNORECASE,
)
# Without a question mark, other words may begin a name ("May Day"), an order or a title.
CLEAR_WITHOUT_MARK = regex.compile(r"(?:did|does|has|had)\b", regex.IGNORECASE)
ENGLISH_OPEN = regex.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|or(?! not\b))\b", regex.IGNORECASE
)
CHINESE = regex.compile(
    r"[吗嘛]$|是否|有没有|有无|是不是|能否|可否|会否|曾否|(会|能|要|可|对|该|愿|在|算)不\1|(\p{Han})没\2"
)
CHINESE_OPEN = regex.compile(
    r"谁|什么|哪|怎|如何|为何|何时|何地|何处|何人|何种|为什么|几(?!乎)|多少|多[长高大久远深重快]|还是"
    r"|^(?:请|能|可以|能不能|可不可以|可否|能否|是否)*(?:你|您|帮|给|告诉|介绍|说明|解释|列出|总结)"
    r"|告诉我|知道"
)
JAPANESE = regex.compile(r"\p{Hiragana}.*(?:[すたるいんの]か|だろうか|でしょうか)$")
JAPANESE_OPEN = regex.compile(
    r"誰|だれ|何|なに|なん[でだのがと]|どこ|いつ|ど[のれんうち]|どなた|なぜ|いく[つら]|どっち|幾|それとも|か、|[るいたすだ]か.+か$|教えて|くださ|くれ"
    r"|(\p{Han})\p{Hiragana}*、\1\p{Hiragana}+か$"  # 向く、向かないか
)
MARKS = "?？。. \u3000"


def is_yes_no(question: str) -> bool:
    """Return whether a question asks for yes or no.

    >>> [is_yes_no(q) for q in ("Did it rain?", "Can you tell me who won?", "Was it Ann or Ben?")]
    [True, False, False]
    >>> is_yes_no("大坝是否出现裂缝？"), is_yes_no("駅は廃止されますか？"), is_yes_no("谁赢了？")
    (True, True, False)
    """
    if len(question) > MAX_LENGTH:
        return False
    asked = question.strip().rstrip(MARKS)
    if "?" in asked or "？" in asked:
        return False  # several questions
    if ENGLISH.match(asked):
        marked = question.rstrip().endswith(("?", "？"))
        clear = marked or CLEAR_WITHOUT_MARK.match(asked) is not None
        return clear and ENGLISH_OPEN.search(asked) is None
    if JAPANESE.search(asked):
        return not JAPANESE_OPEN.search(asked)
    asked = asked.translate(SIMPLIFIED)
    return bool(CHINESE.search(asked)) and not CHINESE_OPEN.search(asked)
