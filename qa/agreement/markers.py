"""Words that say how a statement is meant: whose report it is, plan or outcome, past, denial.

Rules for English and Chinese. In other languages nothing is recognised.
"""

import regex

SAYS = (
    r"said|says?|told|reported|reports|announced|confirmed|show(?:s|ed)?|found|find|testified"
    r"|heard|insisted|writes|wrote|claims?|claimed|stated"
)
HAN_SAYS = "说|称|表示|宣布|显示|表明|通报|写道|澄清|认为|介绍|报道|记载|统计|公告"
# Who reports something is not part of what is reported.
ATTRIBUTION = regex.compile(
    rf"""
    ^[^,]{{0,60}}\b(?:{SAYS})\b(?:\ that|,|:)\s
    | ^according\ to\ [^,]{{1,60}},\s
    | ,\s(?:[^,]{{1,60}}\b(?:{SAYS})\b[^,]{{0,60}}?|according\ to\ [^,]{{1,60}}?)(?=[.,]?$)
    | ^[^，。]{{0,16}}(?:{HAN_SAYS})[，：]
    | ^[^，。]{{1,16}}(?:说|称|表示|宣布)(?=\S{{6}})
    | ^(?:据|根据)[^，]{{1,16}}，
    | ，[^，。]{{0,20}}(?:{HAN_SAYS})(?=。?$)
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
GIVEN_UP = regex.compile(
    r"\b(?:originally|initially|at first|first"
    r"|had (?:\w+ )?(?:forecast|planned|expected|hoped|offered|promised)"
    r"|(?:was|were) (?:\w+ )?(?:expected|due|scheduled|planned|meant|supposed|projected|to))\b"
    r"|原定|原计划|原本|原先|最初|起初|曾计划|原预计",
    regex.IGNORECASE,
)
PLANNED = regex.compile(
    r"\b(?:will|would|shall|should|could|may|might|is to|are to|to be|wants?|plans?|planned"
    r"|expects?|(?<!as )expected|forecasts?|targets?|aims?|propose[sd]|budget(?:ed)?|due|scheduled"
    r"|hopes?|if)\b"
    r"|将|定于|计划|预计|拟|目标|打算|希望|有望|可能|预算|如果|力争",
    regex.IGNORECASE,
)
FORMER = regex.compile(
    r"\b(?:until|former|formerly|previous|previously|earlier|last (?:time|ballot|season)|used to"
    r"|once|back then)\b"
    r"|曾|此前|以前|当时|前任|上一?届|上次",
    regex.IGNORECASE,
)
NEGATION = regex.compile(
    r"\b(?:not(?! only)|never|neither|nor|no(?! (?:less|fewer|more))|denie[sd]|deny|denying)\b"
    r"|n['’]t\b|没有|并未|未曾|并非|不是|从未|否认|未(?=\p{Han})",
    regex.IGNORECASE,
)
# Which part of a whole, or which span of time, a figure is for.
SCOPE = regex.compile(
    r"\b(?:half|quarter|third|monthly|weekly|daily|hourly|annual(?:ly)?|average"
    r"|alone|among|of (?:them|these|those|which)|women|men|children|boys|girls|foreigners"
    r"|net|gross|each|per(?! cent)|record)\b"
    r"|其中|上半年|下半年|季度|平均|每[天日周月年人]|单日|单月|女性?|男性?|儿童|外籍|净",
    regex.IGNORECASE,
)
CLAUSE_END = regex.compile(r"[,;:，；：。]|\b(?:which|who|but)\b")


def without_attribution(sentence: str) -> str:
    """Return a sentence with spaces in place of who reports it.

    >>> without_attribution("The toll is 14, according to the rescue service.").rstrip(" .")
    'The toll is 14'
    """
    return ATTRIBUTION.sub(lambda match: " " * len(match[0]), sentence)


def stage(around: str, question: str) -> str:
    """Return how far what a sentence states had come: "given up", "former", "planned" or "so".

    Args:
        around: The sentence without the answer.
        question: A question for a plan is answered by a plan.

    >>> stage("It was expected to cost", "What did it cost?"), stage("It cost", "What did it cost?")
    ('given up', 'so')
    """
    if GIVEN_UP.search(around):
        return "given up"
    if FORMER.search(around):
        return "former"
    return "planned" if PLANNED.search(around) and not PLANNED.search(question) else "so"


def scope(around: str, question: str) -> frozenset[str]:
    """Return the words of a sentence that narrow its figure down, without those of the question.

    >>> sorted(scope("Among children, # fell ill in the first half", "How many fell ill?"))
    ['among', 'children', 'half']
    """
    asked = {match.casefold() for match in SCOPE.findall(question)}
    return frozenset(match.casefold() for match in SCOPE.findall(around)) - asked


def denied(sentence: str, start: int, end: int) -> bool:
    """Return whether the clause that holds `sentence[start:end]` is negated.

    >>> denied("It did not rain, but Ann came.", 21, 24), denied("It was not Ann.", 11, 14)
    (False, True)
    """
    left, right = 0, len(sentence)
    for match in CLAUSE_END.finditer(sentence):
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = min(right, match.start())
    return NEGATION.search(sentence, left, right) is not None
