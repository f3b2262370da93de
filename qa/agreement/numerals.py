"""Read numbers written in digits, in English words or in Chinese numerals.

Only cardinal numbers, as news texts write them: no fractions ("two thirds"), no Roman numerals.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
ONES = _ONES.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: n for n, word in enumerate(ONES)}
SMALL |= {word: 10 * n for n, word in enumerate(TENS, start=2)}
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ABBREVIATED = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_WORD = "|".join([*sorted(SMALL, key=len, reverse=True), "hundred", *LARGE])
_HAN = "".join([*DIGITS, *PLACES, *MYRIADS])
ARABIC = re.compile(r"\d+(?:[,，]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?")
SCALE = re.compile(
    rf"\s?(?:(?P<word>{'|'.join(LARGE)})s?|(?P<short>k|mn?|bn|tn))\b"
    r"|\s?(?P<han>[十百千]?[万萬亿億]+)",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    rf"\b(?:a (?=hundred|{'|'.join(LARGE)}))?"
    rf"(?:{_WORD})(?:(?:-|\s(?:and\s)?)(?:{_WORD}))*\b",
    re.IGNORECASE,
)
CHINESE = re.compile(rf"[{_HAN}]+(?:点[{''.join(DIGITS)}]+)?(?!分之)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its place in the text and the digits to which it is given."""

    start: int
    end: int
    value: Decimal
    digits: int  # significant ones: 2 of "1.2 million", 7 of "1,234,567"


def numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text, in order.

    >>> [int(n.value) for n in numerals("1.2 million, 120万, 十二 and forty-two thousand")]
    [1200000, 1200000, 12, 42000]
    """
    found = [*_arabic(text)]
    for pattern, value_of in ((ENGLISH, _english), (CHINESE, _chinese)):
        for match in pattern.finditer(text):
            if any(n.start < match.end() and match.start() < n.end for n in found):
                continue
            value = value_of(match[0])
            found.append(Numeral(match.start(), match.end(), value, significant(value)))
    return sorted(found, key=lambda numeral: numeral.start)


def significant(value: Decimal) -> int:
    """Return the number of digits without the zeros at either end.

    >>> significant(Decimal("1200")), significant(Decimal("8.60"))
    (2, 2)
    """
    return len("".join(map(str, value.as_tuple().digits)).strip("0")) or 1


def _arabic(text: str) -> list[Numeral]:
    found = []
    for match in ARABIC.finditer(text):
        value, end = Decimal(re.sub("[,，]", "", match[0])), match.end()
        digits = significant(value)
        if scale := SCALE.match(text, end):
            value, end = value * _scale(scale), scale.end()
        found.append(Numeral(match.start(), end, value, digits))
    return found


def _scale(match: re.Match[str]) -> int:
    if match["word"]:
        return LARGE[match["word"].lower()]
    if match["short"]:
        return ABBREVIATED[match["short"].lower()]
    scale = 1
    for character in match["han"]:
        scale *= PLACES.get(character) or MYRIADS[character]
    return scale


def _english(text: str) -> Decimal:
    total = current = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in SMALL:
            current += SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in LARGE:
            total, current = total + (current or 1) * LARGE[word], 0
    return Decimal(total + current)


def _chinese(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    if len(whole) > 1 and all(c in DIGITS for c in whole):  # a year: 二〇二五
        return Decimal("".join(str(DIGITS[c]) for c in whole))
    total = section = digit = 0
    for character in whole:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            section, digit = section + (digit or 1) * PLACES[character], 0
        elif MYRIADS[character] == 10**4:
            total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
    decimals = "".join(str(DIGITS[c]) for c in fraction)
    return Decimal(f"{total + section + digit}.{decimals or 0}").normalize()
