"""Prepare the tree of a web page, so that its text is what a reader of the page sees.

Hidden elements go. Elements whose words an extractor drops or glues to others become plain text:
superscripts, formulas, table cells, dates and buttons within sentences. Whole blocks are left to
the extractor: what is article and what is furniture is not decided here.
"""

import re

from lxml.etree import XPath
from lxml.etree import _Element as Element

from .formula import linear
from .superscripts import in_line
from .tree import HEADINGS, drop, lengths, measured, outermost, replace_by_text, text_of

HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
MAY_BE_HIDDEN = XPath("descendant::*[@hidden or @style or self::template]")
MAX_HIDDEN = 0.5  # of a page's text; a page that hides more shows it by a script
INLINE = ("time", "button", "label", "output", "progress", "meter", "legend")
SENTENCE_BLOCKS = HEADINGS | {
    "p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption",
}  # fmt: skip
BLOCKS = SENTENCE_BLOCKS | {"div", "section", "article", "main", "body", "form", "nav"}
SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’»)\]]*$")


def make_visible(root: Element) -> int:
    """Change the tree in place; return the number of readings (ruby) that were taken out."""
    _drop_hidden(root)
    readings = _drop_readings(root)
    replace_by_text({each: linear(each) for each in outermost(root, "{*}math", "math")})
    replace_by_text(in_line(root, BLOCKS))
    for cell in root.iter("td", "th"):
        separate_cell(cell)
    _set_behind_figures(root)
    for quotation in root.iter("q"):  # browsers show its quotation marks
        quotation.tag = "span"
        quotation.text = f"“{quotation.text or ''}"
        quotation.tail = f"”{quotation.tail or ''}"
    for element in _within_sentences(root):
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


def _drop_hidden(root: Element) -> None:
    hidden = [element for element in MAY_BE_HIDDEN(root) if _is_hidden(element)]
    if not hidden:
        return
    shown = lengths(root, {root, *hidden})
    most = MAX_HIDDEN * shown[root]
    drop(each for each in hidden if each.tag == "template" or shown[each] <= most)


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
    count = sum(any(map(str.strip, e.itertext())) for e in outermost(root, "rt", "rtc"))
    drop([*outermost(root, "rt", "rtc", "rp")])
    return count


def _set_behind_figures(root: Element) -> None:
    """Make captions that are sentences, rather than credits, paragraphs of their own."""
    captions: dict[Element, list[Element]] = {}
    for caption in outermost(root, "figcaption"):
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None and SENTENCE_END.search(text_of(caption)):
            captions.setdefault(figure, []).append(caption)
    for figure, inside in captions.items():
        tail, figure.tail = figure.tail, None
        for caption in reversed(inside):
            paragraph = caption.makeelement("p")
            paragraph.text, paragraph.tail = text_of(caption), tail
            figure.addnext(paragraph)
            tail = None
    drop(caption for inside in captions.values() for caption in inside)


def _within_sentences(root: Element) -> list[Element]:
    """Find the inline elements that stand among other words of a paragraph, not by themselves."""
    found: list[Element] = []
    if next(root.iter(*INLINE), None) is None:
        return found
    own: dict[Element, int] = {}  # the length of the text of each
    open_blocks: list[tuple[int, list[Element]]] = [(0, [])]  # where it begins, and what it holds
    for event, element, length in measured(root):
        if element.tag in INLINE:
            own[element] = length - own.get(element, 0)
            if event == "end":
                open_blocks[-1][1].append(element)
        elif element.tag in BLOCKS and event == "start":
            open_blocks.append((length, []))
        elif element.tag in BLOCKS:
            begin, inside = open_blocks.pop()
            if element.tag in SENTENCE_BLOCKS:
                found += (e for e in inside if _is_among_words(e, own[e], length - begin))
    return found


def _is_among_words(element: Element, own: int, whole: int) -> bool:
    around = whole - own
    return around > 0 and (element.tag == "time" or around > own)
