"""Tell a yes/no question by its form, in English, Chinese and Japanese.

Conservative: questions that offer a choice ("A or B?"), hold a question word, or ask the reader to
do something ("Can you tell me ...?") are not yes/no. Other languages are never recognised.
"""

import regex

from index.text.language import detect, most_likely
from index.text.terms import SIMPLIFIED

MAX_LENGTH = 300  # code points; nobody asks a longer yes/no question
# A question in another language may begin with one of the latter: "Was kostet ...?"
_ENGLISH_ONLY = r"did|does|would|could|should|might|shall|must|were|wo(?=n)|ca(?=n)|have"
_ALSO_FOREIGN = r"am|is|are|was|do|has|had|will|can"
ENGLISH = regex.compile(
    r"(?:(?:and|but|so|then|also|ok|well)[ ,]+)?"
    rf"(?:(?:{_ENGLISH_ONLY})|(?P<foreign>{_ALSO_FOREIGN}))"
    r"(?P<not>n['’]t)? (?!(?:you|i|we|me)\b)\P{M}",
    regex.IGNORECASE,
)
# Words, and ends of the last word, that languages with these first words hardly share with English.
SURELY_ENGLISH = regex.compile(
    r"\b(?:the|she|it|they|his|its|their|this|that|these|those|there|of|from|with|by|any|been)\b"
    r"|\b(?!usted)\p{Ll}{2,}(?:ed|ing)$"
)
SURELY_FOREIGN = regex.compile(
    r"\b(?:kostet|ist|das|der|und|wird|wurde|sind|für|het|een|niet|que|los|las|del|el|não|trata|jest"
    r"|bir|att|och|är)\b"
)
# Without a question mark, other words may begin a name ("Will Smith"), an order or a title.
CLEAR_WITHOUT_MARK = regex.compile(r"(?:did|does|has|had)\b", regex.IGNORECASE)
ENGLISH_OPEN = regex.compile(
    r"\b(?:(?-i:(?!WHO\b))who|whom|whose|what|which|when|where|why|how|or(?! not\b))\b"
    r"|,\s\p{Lu}[^,]*,\s\p{Lu}",  # "Paris, Lyon, Marseille"
    regex.IGNORECASE,
)
RELATIVE_CLAUSE = regex.compile(r", (?:who|whom|whose|which|when|where)\b[^,]*+,", regex.IGNORECASE)
# Asks for more than yes or no: "Does anyone know the cost?"
REQUEST = regex.compile(
    r"^\P{L}*(?:\w+(?:n['’]t)? (?:any|some)(?:one|body) (?:know|tell|say|explain|give|list|name"
    r"|summari[sz]e|describe|find|show|recall|remember|help|share|provide|point)\b"
    r"|\w+(?:n['’]t)? (?:the|any|an?) (?:\w+ )?(?:article|archive|report|text|source|story)"
    r" (?:mention|say|state|tell|give|name|list|explain|describe|specify|report|show)\b"
    r"|\w+(?:n['’]t)? there (?:any |some |an? |more )*(?:information|info|data|news|word|details?"
    r"|figures?|numbers?|estimates?|updates?) (?:on|about|of|for|regarding)\b"
    r"|\w+(?:n['’]t)? it possible to\b|do (?:tell|say|list|name|give|explain|show|describe)\b)",
    regex.IGNORECASE,
)
CHINESE = regex.compile(
    r"[吗嘛]$|[了过]没有?$|是否|有没有|有无|是不是|能否|可否|会否|曾否|(?<!不)(?![动时])(\p{Han})不\1"
    r"|(\p{Han})没\2"
)
CHINESE_OPEN = regex.compile(
    r"谁|什么|哪|怎|如何|为何|何时|何地|何处|何人|何种|为什么|几(?!乎)|多少|多[长高大久远深重快]|还是|或者|或是"
    r"|^(?:请|能|可以|能不能|可不可以|可否|能否|是否)*(?:你|您|帮|给|告诉|介绍|说明|解释|列出|总结)"
    r"|告诉我|知道"
)
# A particle tells a question from a word such as いるか, a dolphin.
JAPANESE = regex.compile(
    r"[\p{Han}\p{Katakana}].*[はがもをにで].*(?:[すたるいんの]か|だろうか|でしょうか)$"
)
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
    if english := ENGLISH.match(asked):
        marked = question.rstrip().endswith(("?", "？"))
        clear = marked or CLEAR_WITHOUT_MARK.match(asked) is not None
        return clear and not _is_open(asked) and _is_english(asked, english)
    if JAPANESE.search(asked):
        return not JAPANESE_OPEN.search(asked)
    asked = asked.translate(SIMPLIFIED)
    return bool(CHINESE.search(asked)) and not CHINESE_OPEN.search(asked)


def _is_open(asked: str) -> bool:
    plain = RELATIVE_CLAUSE.sub(" ", asked)
    return bool(ENGLISH_OPEN.search(plain) or REQUEST.search(plain))


def _is_english(asked: str, start: regex.Match[str]) -> bool:
    if not start["foreign"] or start["not"]:
        return True
    if SURELY_FOREIGN.search(asked) or detect(asked, "en") != "en":
        return False
    return bool(SURELY_ENGLISH.search(asked)) or most_likely(asked) == "en"
