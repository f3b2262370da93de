"""Write superscripts and subscripts in a line: "10^6", "km²", a note as " [1]", "1st" as it is."""

import re
from itertools import chain

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from .tree import text_of

MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡§]{1,3}|[a-z])\s*[\])]?")
EXPONENT = re.compile(r"\s*[-+−–]?\s*\d+\s*[-+−]?\s*|\s*[-+−]\s*|\s*[nxkmij]\s*")
UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmµμn]?m|s|ft|in|yd|mi|sec|sek|м|км|см|мм)$")
BASE = re.compile(r"(?:(?<![\d.,])10|[)\]]|(?<![^\W_])[^\W\d_])$")
OPERATOR = re.compile(r"\s*[=+×·*÷<>≈≤≥^]|\s[-−]\s")
OPERATION = re.compile(r"[=+×·*÷−]\s*[\d.,]+$")
SUPERSCRIPTS = str.maketrans({"2": "²", "3": "³"})
RAISED = ("sup", "sub")
LOOKED_AT = 64  # characters before and behind


def in_line(root: Element, blocks: set[str]) -> dict[Element, str]:
    """Return what stands in a line for each superscript and subscript.

    Args:
        root: The tree.
        blocks: The names of elements that begin and end lines.
    """
    texts: dict[Element, str] = {}
    if next(root.iter(*RAISED), None) is None:
        return texts
    before = ""  # the text of the line that is nearest
    walk = iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if element.tag in blocks or element.tag == "br":
            before = ""
        if event == "start" and element.tag in RAISED:
            walk.skip_subtree()
            texts[element] = _in_line(element, before)
        elif event == "end" and element in texts:
            before = f"{before}{texts[element]}{element.tail or ''}"[-LOOKED_AT:]
        elif text := element.text if event == "start" else element.tail:
            before = text[-LOOKED_AT:]
    return texts


def _in_line(element: Element, before: str) -> str:
    text, after = text_of(element), (element.tail or "")[:LOOKED_AT]
    if not text or not before or before[-1].isspace():
        return text
    if element.tag == "sub":
        return f"_{text}" if before[-1].isdigit() and text[0].isdigit() else text
    if (_links_to_note(element) and MARK.fullmatch(text)) or text[0] in "[(*†‡§":
        return f" {text}" if text[0] == "[" else f" [{text.strip('()[] ')}]"
    if not EXPONENT.fullmatch(text):
        return text
    if UNIT.search(before) and text in ("2", "3"):
        return text.translate(SUPERSCRIPTS)
    if after[:1] in ("/", "⁄") and before[-1].isdigit():  # one half after a number
        return f" {text}"
    sum_around = OPERATOR.match(after) or OPERATION.search(before)
    if BASE.search(before) or sum_around or not text.isdigit():
        return f"^{text}"
    return f" [{text}]" if MARK.fullmatch(text) else f"^{text}"


def _links_to_note(element: Element) -> bool:
    classes = (element.get("class") or "").lower()
    return any(word in classes for word in ("reference", "footnote", "noteref", "fn")) or any(
        "#" in (a.get("href") or "") for a in chain(element.iter("a"), element.iterancestors("a"))
    )
