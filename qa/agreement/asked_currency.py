"""The amount in the currency that a question asks for, where a sentence states it in two.

News give sums twice, as in "$550 billion (about ¥84 trillion)", and a reader may mark the other.
"""

import regex

from .quantities import UNITS, Quantity, quantities

CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY")
OTHER_UNITS = UNITS.keys() - {*CURRENCIES}
_NAMES = "|".join(f"(?P<{name}>{UNITS[name]})" for name in CURRENCIES)
# "Dollars", but no "dollar stores", "euro-area banks" or 元首, heads of state
ASKED = regex.compile(
    rf"(?:\bhow many (?:\w+illion )?|多少[百千万亿]*|何[百千万億兆]*)(?:{_NAMES})"
    r"(?<!\b(?:dollar|euro|pound))(?![a-z-]|(?<=元)[首老素件音帅])",
    regex.IGNORECASE,
)


def amount_asked_for(question: str, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return where the answer `sentence[start:end]` is, or the amount in the currency asked for.

    The same if the question asks for no currency, if the answer is in it, has no number or is
    measured in something else, such as kilograms, or unless the sentence has one amount in it.

    >>> said = "It cost $550 million, about ¥84 billion."
    >>> a, b = amount_asked_for("How many dollars did it cost?", said, 22, 39); said[a:b]
    '$550 million'
    """
    asked = ASKED.search(question)
    marked = quantities(sentence[start:end]) if asked else []
    if asked is None or _in(marked, str(asked.lastgroup)):
        return start, end
    if all(one.unit in OTHER_UNITS for one in marked):
        return start, end
    stated = _in(quantities(sentence), str(asked.lastgroup))
    return (stated[0].start, stated[0].end) if len(stated) == 1 else (start, end)


def _in(found: list[Quantity], currency: str) -> list[Quantity]:
    return [one for one in found if one.unit == currency]
