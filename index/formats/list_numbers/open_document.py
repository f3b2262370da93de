"""Number the paragraphs of an OpenDocument text as its styles say: "5.", "2.1", "b)".

Each list counts for itself unless it says that it goes on with another one; headings outside of
lists are numbered by the outline. Bullets are no words and are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from index.formats.xml import attribute, local_name

from .numerals import MAX_LABEL, bullet, numeral

FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "１, ２, ３, ...": "decimalFullWidth", "一, 二, 三, ...": "chineseCounting",
    "①, ②, ③, ...": "decimalEnclosedCircle", "01, 02, 03, ...": "decimalZero",
}  # fmt: skip
PARAGRAPHS = {"p", "h"}
PLACEHOLDER = re.compile(r"%([1-9]\d?)%")
MAX_START = 32_767
MAX_LEVEL = 10  # as in LibreOffice

Labels = dict[Element, str | None]  # paragraph -> its number; None: it cannot be written


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one level are numbered."""

    form: str
    start: int = 1
    shown: int = 1  # how many levels, this one being the last
    before: str = ""
    after: str = ""
    pattern: str = ""  # "%1%.%2%." in place of the last three, by LibreOffice


Style = Mapping[int, Level]  # by level, from 1


@dataclass(slots=True)
class Count:
    """The numbers of a list that its last item had, by level."""

    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, style: Style, start: int | None = None) -> str | None:
        """Count one item more; return its number."""
        first = style[level].start if level in style else 1
        self.numbers[level] = self.numbers.get(level, first - 1) + 1 if start is None else start
        self.numbers = {each: n for each, n in self.numbers.items() if each <= level}
        return _written(level, style, self.numbers) if level in style else ""


def list_labels(text: Element, *roots: Element | None) -> Labels:
    """Return the numbers of paragraphs, without those that have none.

    Args:
        text: The body of the document.
        roots: The documents that define the styles, the first ones taking precedence.
    """
    styles: dict[str | None, Style] = {}
    outline: Style = {}
    for root in (root for root in roots if root is not None):
        for element in root.iter("{*}list-style", "{*}outline-style"):
            if local_name(element) == "outline-style":
                outline = outline or _style(element)
            styles.setdefault(attribute(element, "name"), _style(element))
    walk = _Walk(styles, outline)
    walk.through(text)
    return {paragraph: label for paragraph, label in walk.labels.items() if label != ""}


class _Walk:
    """One pass over a document in its order."""

    def __init__(self, styles: Mapping[str | None, Style], outline: Style) -> None:
        self._styles, self._outline, self._headings = styles, outline, Count()
        self._ended: dict[str | None, Count] = {}  # by the name of a list's style, and by its id
        self.labels: Labels = {}

    def through(self, element: Element) -> None:
        for child in element:
            name = local_name(child)
            if name == "list":
                self._list(child)
            elif name == "h":
                self._heading(child)
            elif name and name not in ("p", "tracked-changes"):
                self.through(child)

    def _heading(self, heading: Element) -> None:
        level = _whole(attribute(heading, "outline-level")) or 1
        if attribute(heading, "is-list-header") != "true" and level in self._outline:
            restart = attribute(heading, "restart-numbering") == "true"
            start = _whole(attribute(heading, "start-value")) or 1 if restart else None
            self.labels[heading] = self._headings.next(level, self._outline, start)

    def _list(self, element: Element) -> None:
        name = attribute(element, "style-name")
        before = attribute(element, "continue-list") or name
        goes_on = attribute(element, "continue-numbering") == "true" or before != name
        count = self._ended.get(before, Count()) if goes_on else Count()
        self._items(element, self._styles.get(name, {}), count, 1)
        self._ended[name] = self._ended[attribute(element, "id")] = count

    def _items(self, element: Element, style: Style, count: Count, level: int) -> None:
        for item in element:
            paragraph = next(_paragraphs(item), None)
            if local_name(item) == "list-item" and paragraph is not None:
                start = attribute(item, "start-value")
                number = None if start is None else _whole(start)
                self.labels[paragraph] = count.next(level, style, number)
            for child in item:
                if local_name(child) == "list":
                    inner = self._styles.get(attribute(child, "style-name"), style)
                    self._items(child, inner, count, level + 1)


def _paragraphs(item: Element) -> Iterator[Element]:
    """Yield the paragraph that an item begins with; none if it begins with another list."""
    for child in item:
        if local_name(child) in PARAGRAPHS:
            yield child
        if local_name(child):
            return


def _style(element: Element) -> Style:
    numbered = ((_whole(attribute(e, "level")), e) for e in element.iterchildren("{*}*"))
    return {at: _level(each) for at, each in numbered if at <= MAX_LEVEL}


def _level(element: Element) -> Level:
    form = attribute(element, "num-format") or ""
    if sign := bullet(attribute(element, "bullet-char") or ""):
        return Level("none", pattern=sign)
    return Level(
        form=FORMS.get(form, form) or "none",
        start=_whole(attribute(element, "start-value")) if "start-value" in _names(element) else 1,
        shown=_whole(attribute(element, "display-levels")) or 1,
        before=attribute(element, "num-prefix") or "",
        after=attribute(element, "num-suffix") or "",
        pattern=attribute(element, "num-list-format") or "",
    )


def _names(element: Element) -> set[str]:
    return {str(name).rpartition("}")[2] for name in element.attrib}


def _written(level: int, style: Style, numbers: Mapping[int, int]) -> str | None:
    this = style[level]
    shown = {
        each: numeral(numbers.get(each, style[each].start), style[each].form)
        for each in range(1, level + 1)
        if each in style
    }
    if this.form == "none":
        return this.pattern if not PLACEHOLDER.search(this.pattern) else ""
    if this.pattern:
        wanted = {int(place) for place in PLACEHOLDER.findall(this.pattern)}
        parts = {place: shown.get(place) for place in wanted}
        text = PLACEHOLDER.sub(lambda found: parts[int(found[1])] or "", this.pattern)
    else:
        parts = {each: text for each, text in shown.items() if each > level - this.shown}
        text = f"{this.before}{'.'.join(filter(None, parts.values()))}{this.after}"
    return None if None in parts.values() or len(text) > MAX_LABEL else text.strip()


def _whole(text: str | None) -> int:
    return min(int(text), MAX_START) if text and text.isdecimal() and len(text) < 10 else 0
