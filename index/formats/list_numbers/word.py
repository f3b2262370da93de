"""Number the paragraphs of a Word file as Word does: "5.", "2.1", "b)", "Article 5".

The numbers stand in no paragraph: each follows from the definition of its list and from the
paragraphs before it. What cannot be written as Word does is left to the caller to name. Bullets
are no words and are left out.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from index.formats.docx_properties import W, is_on, value

from .numerals import MAX_LABEL, MAX_NUMBER, bullet, numeral

LEVELS = 9
MAX_LINKS = 20  # from a style to the one it is based on, or from a list to its style
PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level of a list are numbered."""

    form: str
    text: str  # "%1.%2" stands for the numbers of the first two levels
    start: int
    restart: int | None  # the levels above, counted from 1, that begin it anew; None: all
    style: str | None  # paragraphs of this style are on this level
    legal: bool  # all numbers in digits
    hidden: bool
    gap: str  # between the number and the text


@dataclass(slots=True)
class List:
    """A list of the file. Lists of one definition go on where the others of it ended."""

    levels: dict[int, Level]
    counts: dict[int, int]  # shared by the lists of one definition
    begin_at: dict[int, int] = field(default_factory=dict)  # where this one begins anew


class WordNumbers:
    """Gives the number of one paragraph after another, in the order of the document."""

    def __init__(self, numbering: Any = None, styles: Any = None) -> None:
        """Take the roots of the file's definitions of lists and of its styles."""
        self._styles = {} if styles is None else {s.get(f"{W}styleId"): s for s in styles}
        defaults = (i for i, s in self._styles.items() if _is_default(s))
        self._default = next(defaults, None)
        self._numbering = numbering
        self._of_style: dict[str | None, tuple[str | None, str | None]] = {}

    def label(self, paragraph: Any) -> str | None:
        """Return the number and the gap behind it, "" if there is none; None if unreadable."""
        list_id, level = self._place(paragraph)
        found = self._lists.get(list_id) if list_id else None
        if found is None or level not in found.levels:
            return ""
        self._count(found, level)
        this = found.levels[level]
        if this.hidden:
            return ""
        text = bullet(this.text) if this.form == "bullet" else _written(found, level)
        return f"{text}{this.gap}" if text else text

    def _count(self, found: List, level: int) -> None:
        counts = found.counts
        if level in found.begin_at:
            counts[level] = found.begin_at.pop(level)
        elif level in counts:
            counts[level] = min(counts[level] + 1, MAX_NUMBER + 1)
        else:
            counts[level] = found.levels[level].start
        for deeper in range(level + 1, LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                counts.pop(deeper, None)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """The list of a paragraph, and its level from 0."""
        style = value(paragraph, "pPr", "pStyle") or self._default
        if style not in self._of_style:
            self._of_style[style] = self._inherited(style)
        inherited = self._of_style[style]
        own = paragraph.find(f"{W}pPr/{W}numPr")
        list_id = value(own, "numId") or inherited[0]
        level = value(own, "ilvl") or inherited[1]
        if level is None and list_id and list_id in self._lists:
            levels = self._lists[list_id].levels.items()
            return list_id, next((i for i, each in levels if each.style == style), 0)
        return list_id, int(level) if level and level.isdecimal() else 0

    def _inherited(self, style: str | None) -> tuple[str | None, str | None]:
        """The list and level that a style states or inherits."""
        list_id = level = None
        for _ in range(MAX_LINKS):
            element = self._styles.get(style)
            if element is None or list_id is not None:
                break
            stated = element.find(f"{W}pPr/{W}numPr")
            list_id = value(stated, "numId")
            level = level or value(stated, "ilvl")
            style = value(element, "basedOn")
        return list_id, level

    @cached_property
    def _lists(self) -> dict[str | None, List]:
        """The lists of the file, read when a paragraph is in one: templates define many."""
        numbering = self._numbering
        if numbering is None:
            return {}
        definitions = {a.get(f"{W}abstractNumId"): a for a in numbering.iterfind(f"{W}abstractNum")}
        numbered = {n.get(f"{W}numId"): n for n in numbering.iterfind(f"{W}num")}
        # each element is read once: a file may have many lists of one long definition
        levels = {name: _levels(definition) for name, definition in definitions.items()}
        names = {list_id: value(n, "abstractNumId") for list_id, n in numbered.items()}
        links = {name: value(d, "numStyleLink") for name, d in definitions.items()}
        linked = {
            link: names.get(value(self._styles.get(link), "pPr", "numPr", "numId"))
            for link in set(links.values())
        }
        counts: dict[str | None, dict[int, int]] = {}
        lists: dict[str | None, List] = {}
        for list_id, element in numbered.items():
            name = names[list_id]
            for _ in range(MAX_LINKS):  # a definition may only name the style that has another
                if not (link := links.get(name)):
                    break
                name = linked[link]
            if name not in levels or list_id == "0":
                continue
            found = List(dict(levels[name]), counts.setdefault(name, {}))
            for change in element.iterfind(f"{W}lvlOverride"):
                found.levels.update(_levels(change))
                if (start := value(change, "startOverride")) is not None:
                    found.begin_at[_whole(change.get(f"{W}ilvl"))] = _whole(start)
            lists[list_id] = found
        return lists


def _levels(owner: Any) -> dict[int, Level]:
    elements = {_whole(e.get(f"{W}ilvl")): e for e in owner.iterfind(f"{W}lvl")}
    return {at: _level(element) for at, element in elements.items() if at < LEVELS}


def _level(element: Any) -> Level:
    restart = value(element, "lvlRestart")
    return Level(
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=_whole(value(element, "start")),
        restart=None if restart is None else _whole(restart),
        style=value(element, "pStyle"),
        legal=is_on(element.find(f"{W}isLgl")),
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
        gap="" if value(element, "suff") == "nothing" else " ",
    )


def _written(found: List, level: int) -> str | None:
    this = found.levels[level]
    if len(this.text) > MAX_LABEL:
        return None
    text = this.text
    for digit in dict.fromkeys(PLACEHOLDER.findall(text)):
        above = found.levels.get(int(digit) - 1)
        if above is None:
            return None
        number = found.counts.get(int(digit) - 1, above.start)
        written = numeral(number, "decimal" if this.legal else above.form)
        if written is None:
            return None
        text = text.replace(f"%{digit}", written)
    return text.strip()


def _is_default(style: Any) -> bool:
    stated = style.get(f"{W}default"), style.get(f"{W}type")
    return stated[0] in ("1", "true", "on") and stated[1] == "paragraph"


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
