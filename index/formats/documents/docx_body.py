"""Walk the markup of a Word file and return the words that Word shows, in order.

Whatever is not known to be invisible is read, so that no wrapper around words can hide them. What
is not read is counted in `omitted`, except for pictures.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from index.formats.docx_properties import DELETED, W, end_is_deleted, is_on, local_name, number

from .docx_math import formula, superscript
from .docx_symbols import symbol

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
INVISIBLE = DELETED | {"pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"}
CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
LEFT_OUT = {
    "chart": "chart", "relIds": "diagram", "OLEObject": "embedded object", "subDoc": "subdocument",
    "altChunk": "embedded document", "commentReference": "comment", "contentPart": "ink drawing",
}  # fmt: skip


class Body:
    """One walk over a document; `omitted` and `notes` are complete once it is over."""

    def __init__(self, label: Callable[[Any], str | None] = lambda _: "") -> None:
        """Take what gives the number of a paragraph in a list, None for one it cannot write."""
        self._label = label
        self.omitted: Counter[str] = Counter()  # what was left out
        self.notes: dict[tuple[str, str], None] = {}  # "footnote" or "endnote" and id, in order
        self._boxes: list[Any] = []  # text boxes of the current paragraph
        self._before = ""  # the last text read in it
        self._fields: list[bool] = []  # of each open field: whether its result has begun

    def blocks(self, elements: Iterable[Any]) -> Iterator[str]:
        """Yield paragraphs in order; a row of a table is one, its cells separated by " | "."""
        joined = ""  # a paragraph whose end was deleted goes on in the next
        for element in self._unwrapped(elements, ("p", "tbl")):
            if local_name(element) == "tbl":
                if joined.strip():
                    yield joined.strip()
                joined = ""
                yield from self._rows(element)
                continue
            joined += self._paragraph(element)
            boxes, self._boxes = self._boxes, []
            if not end_is_deleted(element):
                text, joined = self._labelled(element, joined.strip()), ""
                if text:
                    yield text
            for box in boxes:
                yield from self.blocks(box)
        if text := joined.strip():
            yield text

    def _labelled(self, paragraph: Any, text: str) -> str:
        """The text of a paragraph behind its number in a list; an empty paragraph counts too."""
        if not text and is_on(paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")):
            return ""
        label = self._label(paragraph)
        if text and label is None:
            self.omitted["list number"] += 1
        return f"{label or ''}{text}" if text else ""

    def _unwrapped(self, elements: Iterable[Any], wanted: tuple[str, ...]) -> Iterator[Any]:
        """Yield the wanted elements, at any depth in content controls, insertions and the like."""
        for element in elements:
            name = local_name(element)
            if name in wanted:
                yield element
            elif name == "AlternateContent":
                yield from self._unwrapped(_alternative(element), wanted)
            elif name in LEFT_OUT:
                self.omitted[LEFT_OUT[name]] += 1
            elif name and name not in INVISIBLE:
                yield from self._unwrapped(element, wanted)

    def _rows(self, table: Any) -> Iterator[str]:
        above: dict[int, str] = {}  # column of the grid -> text of the cell that spans rows
        for row in self._unwrapped(table, ("tr",)):
            if any(local_name(mark) in DELETED for mark in row.iterfind(f"{W}trPr/*")):
                continue
            texts: list[str] = []
            column = number(row, "trPr", "gridBefore", 0)
            for cell in self._unwrapped(row, ("tc",)):
                if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                    continue
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is None or merge.get(f"{W}val") == "restart":
                    above[column] = " ".join(self.blocks(cell))
                texts.append(above.get(column, ""))
                column += number(cell, "tcPr", "gridSpan", 1)
            if line := " | ".join(filter(None, texts)):
                yield line

    def _paragraph(self, element: Any) -> str:
        self._before = ""
        text = "".join(map(self._text, element))
        # a field's code never goes on in the next paragraph, but damaged files lack its end
        self._fields = [True for _ in self._fields]
        return text

    def _text(self, element: Any) -> str:
        """The visible text of an element within a paragraph."""
        name = local_name(element)
        if not name or name in INVISIBLE:
            return ""
        if name in LEFT_OUT:
            self.omitted[LEFT_OUT[name]] += 1
        elif name == "t":
            self._before = element.text or self._before
            return (element.text or "") if all(self._fields) else ""
        elif name in CHARACTERS:
            return "" if element.get(f"{W}type") in ("page", "column") else CHARACTERS[name]
        elif name in ("txbxContent", "txBody"):
            self._boxes.append(element)
        elif name in SPECIAL:
            return SPECIAL[name](self, element)
        elif isinstance(element.tag, str) and element.tag.startswith(f"{{{MATH}}}"):
            return formula(element, self._text)
        else:
            return "".join(map(self._text, element))
        return ""

    def _run(self, element: Any) -> str:
        before = self._before
        text = "".join(map(self._text, element))
        if is_on(element.find(f"{W}rPr/{W}vanish")):
            if text.strip():
                self.omitted["hidden text"] += 1
            return ""
        position = element.find(f"{W}rPr/{W}vertAlign")
        if position is None or position.get(f"{W}val") != "superscript":
            return text
        return superscript(text, before)

    def _alternate(self, element: Any) -> str:
        return "".join(map(self._text, _alternative(element)))

    def _ruby(self, element: Any) -> str:
        self.omitted["reading aid"] += 1
        return "".join(self._text(base) for base in element.iterfind(f"{W}rubyBase"))

    def _field(self, element: Any) -> str:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()
        return ""

    def _instruction(self, element: Any) -> str:
        """A field's code; two kinds of field show it instead of a result."""
        if (element.text or "").split()[:1] in (["EQ"], ["eq"], ["SYMBOL"]):
            self.omitted["formula field"] += 1
        return ""

    def _note(self, element: Any) -> str:
        kind = local_name(element).removesuffix("Reference")
        self.notes[kind, element.get(f"{W}id", "")] = None
        return ""

    def _symbol(self, element: Any) -> str:
        character = symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
        if not character:
            self.omitted["symbol"] += 1
        return character


SPECIAL: dict[str, Callable[[Body, Any], str]] = {
    "r": Body._run,
    "AlternateContent": Body._alternate,
    "ruby": Body._ruby,
    "fldChar": Body._field,
    "instrText": Body._instruction,
    "footnoteReference": Body._note,
    "endnoteReference": Body._note,
    "sym": Body._symbol,
    "textpath": lambda _, element: element.get("string") or "",  # WordArt
    "chr": lambda _, element: element.get(f"{{{MATH}}}val") or "",  # of a sum and the like
}


def _alternative(element: Any) -> Any:
    """The first form of something that Word writes in several, for old programs too."""
    return next((form for form in element if local_name(form) in ("Choice", "Fallback")), ())
