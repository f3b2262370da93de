"""Read quantities: a number, its unit, and whether it is a bound ("at least 12").

A unit is a key such as "%", "USD" or "km2"; any other noun after the number is its own unit.
Nothing is converted: miles and kilometres are not compared.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .numerals import Numeral, numerals

Bound = Literal["exact", "about", "at least", "at most"]
ROUNDING = Decimal("0.03")  # the most by which rounding may change a number
TOLERANCE = Decimal("0.05")  # of a number that is said to be approximate

UNITS = {
    "points": r"percentage points?|个?百分点|ポイント",
    "%": r"%|％|percent|per cent|pct|パーセント",
    "USD": r"(?:us |u\.s\. )?dollars?|usd|美元|ドル",
    "EUR": r"euros?|eur|欧元|ユーロ",
    "GBP": r"pounds?|gbp|英镑|ポンド",
    "JPY": r"yen|jpy|日元|円",
    "CNY": r"yuan|renminbi|rmb|cny|元|人民币",
    "km2": r"square kilomet(?:er|re)s?|sq km|km²|km2|平方公里|平方千米",
    "m2": r"square met(?:er|re)s?|sq m|m²|m2|平方米",
    "ha": r"hectares?|ha|公顷|ヘクタール",
    "km": r"kilomet(?:er|re)s?|km|公里|千米|キロメートル",
    "cm": r"centimet(?:er|re)s?|cm|厘米|センチ(?:メートル)?",
    "mm": r"millimet(?:er|re)s?|mm|毫米|ミリ(?:メートル)?",
    "m": r"met(?:er|re)s?|m|米|メートル",
    "mile": r"miles?|英里|マイル",
    "t": r"tons?|tonnes?|吨|トン",
    "kg": r"kilograms?|kilos?|kg|公斤|千克|キログラム",
    "person": r"people|persons?|others|人|名|位",
    "year": r"years?|岁|年",
    "day": r"days?|天|日(?:間)?",
    "hour": r"hours?|个?小时|時間",
    "minute": r"minutes?|分钟|分間",
    "week": r"weeks?|个?星期|週間",
    "month": r"months?|个月|[かヶ]月",
}
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, pattern in enumerate(UNITS.values()))
UNIT = re.compile(rf"[\s-]?(?:{_UNIT})(?![a-z])", re.IGNORECASE)
_MEASURES = "个個栋架辆艘次条起家所座倍户种项件台本幅册株棵只头场届期层间枚隻棟社校匹"
NOUN = re.compile(rf"\s?([A-Za-z]{{3,}}|[{_MEASURES}])")
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
PREFIX = re.compile(r"(百分之|magnitude (?:of )?|[$€£])\s?$", re.IGNORECASE)
_NOT_UNITS = "and the was were are had have has who that said for from with"
NOT_UNITS = frozenset(_NOT_UNITS.split())
BOUNDS: dict[Bound, str] = {
    "at least": r"at least|more than|over|no (?:less|fewer) than|至少|超过|超過|不少于|逾",
    "at most": r"at most|up to|as many as|less than|fewer than|under|below|至多|多达|不到|不足",
    "about": r"about|around|some|nearly|almost|roughly|approximately|an estimated|[约約]有?|近",
}
BOUND = {name: re.compile(rf"(?:{words})\s?$", re.I) for name, words in BOUNDS.items()}
AFTER = re.compile(r"\s?(?:(多|余|餘)|左右|上下)")
WINDOW = 50  # characters before a number that may belong to it


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something; `unit` is "" if none is stated."""

    start: int
    end: int
    value: Decimal
    digits: int
    unit: str
    bound: Bound = "exact"


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text, in order.

    >>> [(float(q.value), q.unit) for q in quantities("8.6 percent, 百分之八点六, $1.2 million")]
    [(8.6, '%'), (8.6, '%'), (1200000.0, 'USD')]
    """
    return [_quantity(text, numeral) for numeral in numerals(text)]


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities of one unit may be the same, one of them perhaps rounded.

    >>> same_quantity(*quantities("1.2 million or 1,234,567"))
    True
    >>> same_quantity(*quantities("9 or 8.6"))
    False
    """
    if one.value == other.value:
        return True
    coarse, fine = sorted((one, other), key=lambda quantity: quantity.digits)
    difference = abs(one.value - other.value) / max(one.value, other.value)
    if coarse.digits > 1 and _rounded(fine.value, coarse.digits) == coarse.value:
        return difference <= ROUNDING
    return "about" in (one.bound, other.bound) and difference <= TOLERANCE


def contradicts(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities of one unit cannot both be right: "at least 12" allows 15."""
    if same_quantity(one, other):
        return False
    smaller, larger = sorted((one, other), key=lambda quantity: quantity.value)
    return smaller.bound != "at least" and larger.bound != "at most"


def units_fit(one: str, other: str) -> bool:
    """Return whether two units may be the same; nouns of two scripts cannot be compared."""
    known = UNITS.keys() | set(SIGNS.values())
    if one == other or not (one and other):
        return True
    return not {one, other} & known and one.isascii() != other.isascii()


def _quantity(text: str, numeral: Numeral) -> Quantity:
    start, end, unit = numeral.start, numeral.end, ""
    bound: Bound = "exact"
    if after := AFTER.match(text, end):
        bound, end = ("at least" if after[1] else "about"), after.end()
    if prefix := PREFIX.search(text, max(0, start - WINDOW), start):
        start = prefix.start()
        sign = prefix[1]
        unit = "%" if sign == "百分之" else SIGNS.get(sign, "magnitude")
    elif match := UNIT.match(text, end):
        end = match.end()
        unit = list(UNITS)[int(str(match.lastgroup)[1:])]
    elif (noun := NOUN.match(text, end)) and noun[1].lower() not in NOT_UNITS:
        end, unit = noun.end(), noun[1].lower().removesuffix("s")
    for name, pattern in BOUND.items():
        if pattern.search(text, max(0, start - WINDOW), start):
            bound = name
    return Quantity(start, end, numeral.value, numeral.digits, unit, bound)


def _rounded(value: Decimal, digits: int) -> Decimal:
    if not value:
        return value
    return round(value, digits - 1 - value.adjusted())
