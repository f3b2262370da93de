"""Number the items of a web page's lists as browsers do: "5.", "b.", "iv."

A number stands before the first word of its item. Bullets are no words and are left out, and so
are the numbers that the markup itself takes away; style sheets are not read.
"""

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from .numerals import LATIN, numeral

LISTS = {"ol", "ul", "menu"}
PASSED_OVER = {"script", "style", "noscript", "template", "nav"}
TYPES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip
FORMS = {
    "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
LETTERS = {"lower-alpha", "lower-latin", "upper-alpha", "upper-latin"}
BULLETS = {"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"}
STYLE = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
NO_ITEM = re.compile(r"(?:^|;)\s*display\s*:\s*(?!list-item)\w", re.IGNORECASE)
OTHER_VALUES = ("inside", "outside", "inherit", "initial", "unset", "revert", "!important", "url(")
UNSTYLED = {"list-none", "list-unstyled", "list-inline"}  # classes of Tailwind and Bootstrap
WHOLE = re.compile(r"\s*([-+]?\d{1,9})(?!\d)")
BULLETED = re.compile(r"( *)- ((\S+) .*)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers that were put into a page, and how many others could not be written."""

    labels: frozenset[str]
    unwritten: int

    def without_bullets(self, text: str) -> str:
        """Take away the bullets that an extractor put before these numbers."""
        if not self.labels:
            return text
        lines = text.split("\n")
        for at, line in enumerate(lines):
            found = BULLETED.fullmatch(line)
            if found and found[3] in self.labels:
                lines[at] = found[1] + found[2]
        return "\n".join(lines)


@dataclass(slots=True)
class _List:
    """An open list: its form, and the number of the next item and the step to the one after."""

    form: str
    number: int
    step: int
    waiting: bool = False  # for the first word of an item
    label: str | None = ""  # of that item; None: it cannot be written

    def begin_item(self, item: Element) -> None:
        self.number = _whole(item.get("value"), self.number)
        self.label = _label(self.number, _form(item, self.form))
        self.waiting = self.label != ""
        self.number += self.step


def number_items(root: Element) -> Numbered:
    """Change the tree in place."""
    places: list[tuple[str, Element, str]] = []
    unwritten = 0
    lists = [_List("none", 1, 1)]
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.tag in PASSED_OVER:
                walk.skip_subtree()
                continue
            _open(element, lists)
        elif event == "end":
            _close(element, lists)
        text = element.text if event == "start" else element.tail
        if lists[-1].waiting and text and not text.isspace():
            lists[-1].waiting = False
            if lists[-1].label is None:
                unwritten += 1
            else:
                places.append((event, element, lists[-1].label))
    for event, element, label in places:
        if event == "start":
            element.text = f"{label} {(element.text or '').lstrip()}"
        else:
            element.tail = f"{label} {(element.tail or '').lstrip()}"
    return Numbered(frozenset(label for *_, label in places), unwritten)


def _open(element: Element, lists: list[_List]) -> None:
    if element.tag in LISTS:
        lists[-1].waiting = False  # an item that begins with a list shows that list's number
        is_reversed = element.get("reversed") is not None
        first = sum(child.tag == "li" for child in element) if is_reversed else 1
        form = _form(element, "decimal" if element.tag == "ol" else "none")
        lists.append(_List(form, _whole(element.get("start"), first), -1 if is_reversed else 1))
    elif element.tag == "li":
        lists[-1].begin_item(element)
    elif element.tag == "article":
        lists[-1].waiting = False  # a list of articles is laid out, not numbered


def _close(element: Element, lists: list[_List]) -> None:
    if element.tag in LISTS:
        lists.pop()
    elif element.tag == "li":
        lists[-1].waiting = False


def _form(element: Element, inherited: str) -> str:
    """How the numbers of a list or an item are written, by the names of CSS."""
    style = element.get("style") or ""
    words = (word for stated in STYLE.findall(style) for word in stated.lower().split())
    stated = [word for word in words if not word.startswith(OTHER_VALUES)]
    if stated:
        return "none" if stated[-1].startswith(("'", '"')) else stated[-1]
    is_item = element.tag == "li"
    if is_item and NO_ITEM.search(style):
        return "none"
    if UNSTYLED.intersection((element.get("class") or "").split()):
        return "none"
    # that a list is one is stated where a style sheet took its numbers away; others are no lists
    if not is_item and element.get("role"):
        return "none"
    return TYPES.get((element.get("type") or "").strip(), inherited)


def _label(number: int, form: str) -> str | None:
    if form in BULLETS:
        return ""
    if form in LETTERS and number > 0:
        return f"{_letters(number, form.startswith('upper'))}."
    if form in FORMS or form in LETTERS:  # what a form cannot write is written in digits
        return f"{numeral(number, FORMS.get(form, 'decimal')) or number}."
    return None


def _letters(number: int, capital: bool) -> str:
    """The letters of spreadsheets' columns: after "z" comes "aa", then "ab"."""
    text = ""
    while number:
        number, at = divmod(number - 1, len(LATIN))
        text = LATIN[at] + text
    return text.upper() if capital else text


def _whole(text: str | None, default: int) -> int:
    found = WHOLE.match(text or "")
    return int(found[1]) if found else default
