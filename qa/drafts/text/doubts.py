"""Words for which two sentences may both be right, although their figures or names differ.

Rules for English and Chinese. In other languages only questions are recognised.
"""

import regex

QUESTION = regex.compile(r"[?？؟][\s\"'”’»」』)）]*$|吗。?$")
# A sentence that says itself that something is wrong may state what is not so
REFUTES = regex.compile(
    r"\b(?:wrong(?:ly)?|false(?:ly)?|untrue|incorrect(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?"
    r"|not true|no truth|den(?:y|ies|ied|ying)|myth|hoax|rumou?rs?|contrary to|disput(?:ed?|es)"
    r"|refut(?:ed?|es)|misreported|retract(?:ed|s)?)\b"
    r"|谣言|谣传|辟谣|不实|不属实|错误|有误|误传|误报|否认|并非|虚假",
    regex.IGNORECASE,
)
# What only one of two clauses says, so that they count different things
PARTIAL = tuple(
    regex.compile(words, regex.IGNORECASE)
    for words in (
        r"\b(?:in total|totals?|total(?:l?ed|l?ing)|altogether|overall|combined|in all)\b"
        r"|总共|一共|共计|合计|累计|总计|共有",
        r"\b(?:also|another|an additional|a further|in addition|others)\b"
        r"|另有|另外|还有|又有|再有|其他",
    )
)
OPPOSITES = tuple(
    (regex.compile(one, regex.IGNORECASE), regex.compile(other, regex.IGNORECASE))
    for one, other in (
        (r"\bimport|进口|輸入", r"\bexport|出口|輸出"),
        (
            r"\b(?:beg[aiu]n|start|open|launch)|开始|开幕|开工|启动|動工|開幕|開始",
            r"\b(?:end(?:s|ed|ing)?\b|finish|clos|complet|conclu)|结束|闭幕|完工|竣工|終了|閉幕",
        ),
        (
            r"\b(?:ris(?:e|es|en|ing)|rose|grow|grew|increas|gain|climb|jump|up)\b"
            r"|\b(?:increas|grow|gain|climb|jump)|上涨|上升|增加|增长|提高",
            r"\b(?:fall|fell|drop|declin|decreas|shr[aiu]nk|slump|los[et]|down\b)"
            r"|下跌|下降|减少|降低|回落",
        ),
        (
            r"\b(?:kill|dead\b|die[sd]?\b|deaths?\b|fatal)|死亡|遇难|丧生|身亡|死者",
            r"\b(?:injur|wound|hurt\b)|受伤|伤者|轻伤|重伤",
        ),
        (r"\b(?:buy|bought|purchas|acquir)|购买|收购|买", r"\b(?:sell|sold|sale)|出售|卖"),
        (r"\b(?:arriv|enter|join)|抵达|到达|加入", r"\b(?:depart|left\b|leav|quit)|离开|出发|退出"),
        (r"\b(?:wins?|won|beat)\b|获胜|战胜", r"\b(?:los(?:es?|t)|defeated)\b|失利|落败"),
        (r"\bborn\b|出生|诞生", r"\b(?:die[sd]?|death)\b|去世|逝世"),
    )
)
# "CORBY, 3 May 2024 - ", "新华社北京5月3日电": when the report was written
DATELINE = regex.compile(
    r"\s*\p{Lu}[\p{Lu}\p{M} .,'’/-]{2,40}(?:\([^)\n]{1,30}\) ?)?[^.!?\n–—]{0,40}?\s?(?:[-–—]+|:)\s"
    r"|[^，。\n]{0,24}\d日[^，。\n]{0,4}(?:电|電|讯)"
)


def is_open(sentence: str) -> bool:
    """Return whether a sentence asks, or speaks of what is wrong.

    >>> is_open("Did it kill 16 people?"), is_open("It is false that it killed 16 people.")
    (True, True)
    """
    return bool(QUESTION.search(sentence.rstrip()) or REFUTES.search(sentence))


def differ_in_meaning(one: str, other: str) -> bool:
    """Return whether two clauses count different things, or say opposite ones.

    >>> differ_in_meaning("exports of 5 tons", "imports of 6 tons")
    True
    >>> differ_in_meaning("5 were hurt", "6 were hurt")
    False
    """
    if any(bool(words.search(one)) != bool(words.search(other)) for words in PARTIAL):
        return True
    for first, second in OPPOSITES:
        ours = bool(first.search(one)), bool(second.search(one))
        theirs = bool(first.search(other)), bool(second.search(other))
        if ours != theirs and ours in ((True, False), (False, True)) and ours == theirs[::-1]:
            return True
    return False


def in_dateline(sentence: str, end: int) -> bool:
    """Return whether what ends here belongs to the line that tells when a report was written.

    >>> text = "CORBY, 3 May 2024 - A fire broke out on 2 May."
    >>> in_dateline(text, text.index(" -")), in_dateline(text, len(text) - 1)
    (True, False)
    """
    dateline = DATELINE.match(sentence)
    return dateline is not None and end <= dateline.end()
