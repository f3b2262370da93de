"""Write a formula of a Word file (Office Math) on one line, so that no number changes its meaning.

10 to the power of 6 becomes "10^6" and a fraction "1/2". Layout and fonts are lost.
"""

import re
from collections.abc import Callable
from typing import Any

SIMPLE = re.compile(r"[\w.,∞π]*")  # needs no parentheses as an exponent or denominator
EXPONENT = re.compile(r"(?=\D*\d)[-+−=()n\d\s]+")
SQUARED = str.maketrans("23", "²³")
SEPARATORS = {"mr": " ", "m": "; ", "eqArr": "; ", "d": ", "}  # of rows and arguments side by side


def superscript(text: str, before: str) -> str:
    """Set digits and signs apart from `before`, so that "10" and "6" do not become "106".

    The forms are those of web pages (`formats/web/visible.py`); words stay as they are.

    >>> superscript("6", "10"), superscript("2", "km"), superscript("th", "5")
    ('^6', '²', 'th')
    """
    if not EXPONENT.fullmatch(text) or not before or before[-1].isspace():
        return text
    if text in ("2", "3") and not before[-1].isdigit():
        return text.translate(SQUARED)
    return f"^{text}"


def formula(element: Any, read: Callable[[Any], str]) -> str:
    """Return the text of an element of the math namespace.

    Args:
        element: Such as `m:oMath`.
        read: Returns the text of any element; it calls this function for nested formulas.
    """
    write = STRUCTURES.get(_name(element))
    if write:
        return write({_name(child): read(child) for child in element})
    separator = SEPARATORS.get(_name(element), "")
    joined = separator.join(text for child in element if (text := read(child)))
    return f"({joined})" if _name(element) in ("d", "m") else joined


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _grouped(text: str) -> str:
    return text if SIMPLE.fullmatch(text) else f"({text})"


def _power(parts: dict[str, str]) -> str:
    base, low, high = parts.get("e", ""), parts.get("sub", ""), parts.get("sup", "")
    power = superscript(high, base)
    if high and power == high:
        power = f"^{_grouped(high)}"
    return base + (f"_{_grouped(low)}" if low else "") + power


def _nary(parts: dict[str, str]) -> str:
    limits = _power({"sub": parts.get("sub", ""), "sup": parts.get("sup", "")})
    return f"{parts.get('naryPr') or '∫'}{limits} {parts.get('e', '')}"


def _root(parts: dict[str, str]) -> str:
    return f"{parts.get('deg', '').translate(SQUARED)}√{_grouped(parts.get('e', ''))}"


STRUCTURES: dict[str, Callable[[dict[str, str]], str]] = {
    "f": lambda parts: f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}",
    "sSup": _power,
    "sSub": _power,
    "sSubSup": _power,
    "sPre": lambda parts: _power({**parts, "e": ""}) + parts.get("e", ""),
    "rad": _root,
    "nary": _nary,
    "limLow": lambda parts: f"{parts.get('e', '')}_{_grouped(parts.get('lim', ''))}",
    "limUpp": lambda parts: f"{parts.get('e', '')}^{_grouped(parts.get('lim', ''))}",
}
