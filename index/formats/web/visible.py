"""Prepare the tree of a web page, so that its text is what a reader of the page sees.

Hidden elements go. Elements whose words an extractor drops or glues to others become plain text:
superscripts, formulas, table cells, dates and buttons within sentences. Whole blocks are left to
the extractor: what is article and what is furniture is not decided here.
"""

import re

from lxml.etree import SubElement
from lxml.etree import _Element as Element

from .formula import linear

HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
MAX_HIDDEN = 0.5  # of a page's text; a page that hides more shows it by a script
INLINE = ("time", "button", "label", "output", "progress", "meter", "legend")
SENTENCE_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = SENTENCE_BLOCKS | HEADINGS | {"div", "section", "article", "main", "body", "form", "nav"}
MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡§]{1,3}|[a-z])\s*[\])]?")
EXPONENT = re.compile(r"\s*[-+−–]?\s*\d+\s*[-+−]?\s*|\s*[-+−]\s*|\s*[nxkmij]\s*")
UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmµμn]?m|s|ft|in|yd|mi|sec|sek|м|км|см|мм)$")
BASE = re.compile(r"(?:(?<![\d.,])10|[)\]]|(?<![^\W_])[^\W\d_])$")
OPERATOR = re.compile(r"\s*[=+×·*÷<>≈≤≥^]|\s[-−]\s")
SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’»)\]]*$")
SUPERSCRIPTS = str.maketrans({"2": "²", "3": "³"})


def make_visible(root: Element) -> int:
    """Change the tree in place; return the number of readings (ruby) that were taken out."""
    _drop_hidden(root)
    readings = _drop_readings(root)
    for formula in list(root.iter("{*}math", "math")):
        replace_by_text(formula, linear(formula))
    for element in list(root.iter("sup", "sub")):
        replace_by_text(element, _raised(element))
    for cell in root.iter("td", "th"):
        separate_cell(cell)
    for caption in list(root.iter("figcaption")):
        _set_behind_figure(caption)
    for quotation in root.iter("q"):  # browsers show its quotation marks
        quotation.tag = "span"
        quotation.text = f"“{quotation.text or ''}"
        quotation.tail = f"”{quotation.tail or ''}"
    for element in list(root.iter(*INLINE)):
        if _is_in_sentence(element):
            element.tag = "span"
            element.attrib.clear()
    return readings


def separate_cell(cell: Element) -> None:
    """Put a space behind a table cell that another one follows."""
    if cell.getnext() is not None:
        if len(cell):
            cell[-1].tail = f"{cell[-1].tail or ''} "
        else:
            cell.text = f"{cell.text or ''} "


def replace_by_text(element: Element, text: str) -> None:
    """Put text in the place of an element."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def text_of(element: Element) -> str:
    """All text below an element, with its white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def _drop_hidden(root: Element) -> None:
    hidden = [e for e in root.iter() if isinstance(e.tag, str) and _is_hidden(e)]
    if not hidden:
        return
    total = len(text_of(root))
    for element in hidden:
        if element.tag == "template" or len(text_of(element)) <= MAX_HIDDEN * total:
            replace_by_text(element, "")


def _is_hidden(element: Element) -> bool:
    if element.tag in ("html", "body", "head"):
        return False
    if element.tag == "template":
        return True
    until_found = (element.get("hidden") or "").lower() == "until-found"
    return (element.get("hidden") is not None and not until_found) or bool(
        HIDDEN.search(element.get("style") or "")
    )


def _drop_readings(root: Element) -> int:
    """Take the pronunciations out of ruby: glued to their characters they read as words."""
    readings = [element for element in root.iter("rt", "rtc") if text_of(element)]
    for element in list(root.iter("rt", "rtc", "rp")):
        replace_by_text(element, "")
    return len(readings)


def _raised(element: Element) -> str:
    """A superscript or subscript in a line: "10^6", "km²", a note as " [1]", "1st" as it is."""
    text, before, after = text_of(element), _before(element), element.tail or ""
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
    sum_around = OPERATOR.match(after) or re.search(r"[=+×·*÷−]\s*[\d.,]+$", before)
    if BASE.search(before) or sum_around or not text.isdigit():
        return f"^{text}"
    return f" [{text}]" if MARK.fullmatch(text) else f"^{text}"


def _before(element: Element) -> str:
    """The text directly before an element, in its sentence."""
    while element is not None:
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            if text := previous.tail or "".join(previous.itertext()):
                return str(text)
            element = previous
        elif parent is None or parent.text or parent.tag in BLOCKS:
            return str(parent.text or "") if parent is not None else ""
        else:
            element = parent
    return ""


def _links_to_note(element: Element) -> bool:
    links = [*element.iter("a"), *element.iterancestors("a")]
    classes = (element.get("class") or "").lower()
    return any("#" in (a.get("href") or "") for a in links) or any(
        word in classes for word in ("reference", "footnote", "noteref", "fn")
    )


def _set_behind_figure(caption: Element) -> None:
    """Make a caption that is a sentence, rather than a credit, a paragraph of its own."""
    figure = next(caption.iterancestors("figure"), None)
    if figure is None or not SENTENCE_END.search(text_of(caption)):
        return
    paragraph = SubElement(figure, "p")
    paragraph.text = text_of(caption)
    replace_by_text(caption, "")
    paragraph.tail, figure.tail = figure.tail, None
    figure.addnext(paragraph)  # moves it


def _is_in_sentence(element: Element) -> bool:
    """Whether an element stands among other words of a paragraph, rather than by itself."""
    for block in element.iterancestors():
        if block.tag in SENTENCE_BLOCKS or block.tag in HEADINGS:
            around = len(text_of(block)) - len(text_of(element))
            return around > 0 and (element.tag == "time" or around > len(text_of(element)))
        if block.tag in BLOCKS:
            return False
    return False
