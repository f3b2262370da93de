"""Which questions ask for several things, by their form, and for what.

Conservative: a question that may as well ask for one thing ("Which company ...?") is no list
question. English, Chinese and Japanese; in other languages nothing is recognised.
"""

from typing import Literal

import regex

Form = Literal["list", "who", "count"]

# Nouns in -s of one thing, and verbs after "what": "which bus", "what happens".
_SINGULAR = (
    "gas bus series species news campus virus status process business illness analysis basis crisis"
    " address witness class glass loss boss mass bonus census focus lens atlas canvas christmas"
    " is was has does this its his makes causes happens means drives becomes comes goes gives keeps"
    " says explains remains lies stands takes politics economics physics mathematics athletics"
    " ethics sports sales arms savings goods news"
)
SINGULAR = frozenset(_SINGULAR.split())
_IRREGULAR = "people persons men women children teeth feet mice criteria"
IRREGULAR = frozenset(_IRREGULAR.split())
# What follows a plural noun that is not next to "which": "which gold medals were", "... won"?
_AFTER_NOUN = (
    "are were have had did do will can could would should may must of in on at for to from who"
    " that which"
)
AFTER_NOUN = frozenset(_AFTER_NOUN.split())
_NUMBERS = "two three four five six seven eight nine ten other"
NUMBERS = frozenset(_NUMBERS.split())
_CLAUSE = "who that which of in on at for to from with by"
CLAUSE = frozenset(_CLAUSE.split())
MAX_MODIFIERS = 3  # words between "which" and its noun
WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’-]*+|\d++")
WHICH = regex.compile(r"\b(?:which|what)\s++", regex.IGNORECASE)
NO_NOUN = regex.compile(
    r"(?:did|does?|are|were|has|have|had|can|could|will|would|should|the|an?|is|was)\b",
    regex.IGNORECASE,
)
WHAT_ARE = regex.compile(
    r"^\W*+what (?:are|were) (?:the|some|its|his|her|their|all)\b"
    r"(?!.{0,40}\b(?:reason|differen|odds|chance|effect|consequence|cause))",
    regex.IGNORECASE,
)
LAST_NOUN = regex.compile(r"\s(?:\p{Ll}++\s){0,2}(\p{Ll}++)\W*+$")
WHO_ARE = regex.compile(r"\b(?-i:(?!WHO\b))who (?:are|were)\b(?! you\b)", regex.IGNORECASE)
WHO = regex.compile(
    r"\b(?-i:(?!WHO\b))who(?: all| else)?\b(?!['’]s| (?:is|was|has)\b)", regex.IGNORECASE
)
IMPERATIVE = regex.compile(
    r"^\W*+(?:(?:please|can you|could you) )?(?:name|list|enumerate|give(?: me)?)"
    r" (?:all |some )?(?:of )?(?:the )?",
    regex.IGNORECASE,
)
HOW_MANY = regex.compile(r"\bhow many ([\p{L}\p{M}'’-]++)", regex.IGNORECASE)

UNIT = r"[个個名位家国國座所支队隊只项項种種条條部天日款场場处處艘架辆輛]"
HAN_LIST = regex.compile(
    rf"哪些|哪[几幾]|哪[二两兩三四五六七八九十\d]++{UNIT}|有哪几|[都有][是有]?[谁誰]"
    r"|分[别別](?:是|为|為|有)[谁誰哪什]|列[出举舉]|[举舉]出|包括(?:哪|谁|誰|什么|什麼)"
    r"|どの\P{P}{1,10}(?:々|たち|達)|誰々|誰と誰|どれとどれ|どことどこ|何と何|どんな(?:国々|人々)"
    r"|(?:すべて|全て)\P{P}{0,10}(?:挙げ|答え)|挙げ(?:て|よ|なさい)|列挙"
)
HAN_ASKED = regex.compile(rf"哪(?:些|[几幾二两兩三四五六七八九十\d]+)?{UNIT}?\p{{Han}}{{0,2}}")
HAN_WHO = regex.compile(r"谁|誰|だれ")
HAN_COUNT = regex.compile(rf"多少{UNIT}|[几幾]{UNIT}|何(?:人|か国|カ国|社|名|校)")
# Nouns of what has a proper name.
_NAMED = (
    "countries nations states cities towns villages places regions provinces islands people persons"
    " men women children companies firms banks businesses airlines parties ministers presidents"
    " politicians players athletes drivers teams clubs universities newspapers winners members"
    " actors singers authors writers artists suspects victims divers passengers founders candidates"
)
NAMED = frozenset(_NAMED.split())


def list_form(question: str) -> Form | None:
    """Return what a question asks for: a "list", somebody or several ("who"), or a "count".

    >>> list_form("Which countries signed?"), list_form("Which country signed?")
    ('list', None)
    >>> list_form("哪些国家签署了条约？"), list_form("谁当选？"), list_form("How many came?")
    ('list', 'who', 'count')
    """
    if asked_noun(question) or WHO_ARE.search(question) or HAN_LIST.search(question):
        return "list"
    if HOW_MANY.search(question) or HAN_COUNT.search(question):
        return "count"
    return "who" if WHO.search(question) or HAN_WHO.search(question) else None


def asks_for_names(question: str) -> bool:
    """Return whether the items of an English question are surely proper names.

    >>> asks_for_names("Who were they?"), asks_for_names("What products are new?")
    (True, False)
    """
    return bool(WHO.search(question)) or asked_noun(question) in NAMED


def asked_noun(question: str) -> str:
    """Return the plural noun that an English question asks for, or "".

    >>> asked_noun("In which two cities did he live?"), asked_noun("Which team wins games?")
    ('cities', '')
    """
    if (are := WHAT_ARE.match(question)) and (noun := LAST_NOUN.match(question, are.end())):
        return noun[1].casefold() if _is_plural(noun[1]) else ""  # "the main findings?"
    starts = (IMPERATIVE.match(question), are)
    after = [start.end() for start in starts if start]
    after += [m.end() for m in WHICH.finditer(question) if not NO_NOUN.match(question, m.end())]
    return next(filter(None, (_noun_after(question, start) for start in after)), "")


def without_noun(question: str) -> str:
    """Return a question without the noun that it asks for; a Chinese one has two characters.

    >>> without_noun("Which countries signed?"), without_noun("哪些城市着火了？")
    ('Which  signed?', '着火了？')
    """
    if found := HAN_ASKED.search(question):
        return question[: found.start()] + question[found.end() :]
    noun = asked_noun(question)
    at = question.casefold().find(noun)
    return question[:at] + question[at + len(noun) :] if noun and at >= 0 else question


def _noun_after(question: str, start: int) -> str:
    """Return the plural noun among the first words from `start` on."""
    words = [m[0] for m in WORD.finditer(question, start, start + 100)][: MAX_MODIFIERS + 2]
    for place, word in enumerate(words[: MAX_MODIFIERS + 1]):
        folded = word.casefold()
        if folded in CLAUSE:
            break
        if not _is_plural(word):
            continue
        following = words[place + 1].casefold() if place + 1 < len(words) else ""
        known = all(w[0].isupper() or w.isdigit() or w in NUMBERS for w in words[:place])
        if known or following in AFTER_NOUN or following.endswith("ed"):
            return folded
    return ""


def _is_plural(word: str) -> bool:
    folded = word.casefold()
    if folded in IRREGULAR:
        return True
    ends = folded.endswith("s") and not folded.endswith(("ss", "us", "is", "'s", "’s"))
    return word[0].islower() and len(word) > 3 and ends and folded not in SINGULAR
