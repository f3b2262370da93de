"""Write a MathML formula in one line, as in "a^2+b^2=c^2"; a TeX annotation is not text."""

from lxml.etree import QName
from lxml.etree import _Element as Element

SCRIPTS = {"msup": "^", "msub": "_", "mover": "^", "munder": "_"}
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


def linear(formula: Element) -> str:
    """Return the formula as a line of text.

    >>> from lxml.html import fromstring
    >>> linear(fromstring("<math><msup><mi>c</mi><mn>2</mn></msup><mo>=</mo><mn>25</mn></math>"))
    'c^2=25'
    """
    name = QName(formula).localname if isinstance(formula.tag, str) else ""
    if not name or name.startswith("annotation"):
        return ""
    parts = [linear(child) for child in formula]
    if name in SCRIPTS and len(parts) == 2:
        return f"{_grouped(parts[0])}{SCRIPTS[name]}{_grouped(parts[1])}"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{_grouped(parts[0])}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name == "mroot" and len(parts) == 2:
        return f"{_grouped(parts[0])}^(1/{parts[1]})"
    if name == "mtd":
        return "".join(parts) + " "
    words = " ".join((formula.text or "").split()).translate(INVISIBLE)
    tails = [" ".join((child.tail or "").split()) for child in formula]
    return words + "".join(part + tail for part, tail in zip(parts, tails, strict=True))


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.replace(".", "").isalnum() else f"({text})"
