"""Read an OpenDocument text (.odt): its paragraphs, tables, text boxes and notes, title and day.

Text is read with all tracked changes accepted. Headers, footers, comments and hidden text are not
read but named, as are embedded objects; pictures are not read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element as Element

from index.errors import UnreadableError
from index.formats.containers.package import Package, open_package
from index.formats.limits import MAX_ARTICLE
from index.formats.list_numbers.open_document import Labels, list_labels
from index.formats.seed_file import Draft, Omitted, Seed
from index.formats.xml import attribute, local_name, parse_xml

from .docx_math import superscript
from .page_numbers import is_page_number

MAX_MARKUP = 5 * MAX_ARTICLE  # bytes of the document's XML, unpacked
CONTENT, STYLES, META, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
PARAGRAPHS = {"p", "h"}
NOT_READ = {
    "tracked-changes", "forms", "script", "event-listeners", "image", "plugin",
    "number",  # of a list, which is counted here
}  # fmt: skip
BOXES = {
    "text-box", "table", "custom-shape", "rect", "circle", "ellipse", "line", "polygon", "polyline",
    "path", "connector", "caption",
}  # fmt: skip
NAMED = {
    "annotation": "comment", "ruby-text": "reading above characters",
    "object": "embedded object", "object-ole": "embedded object",
}  # fmt: skip
MARGINS = {"header": "header", "header-left": "header", "header-first": "header",
           "footer": "footer", "footer-left": "footer", "footer-first": "footer"}  # fmt: skip


def read_odt(seed: Seed) -> Iterator[Draft | Omitted]:
    """Yield the document as one draft, then what of it was left out.

    Raises:
        UnreadableError: It is no such document, needs a password, is too large or has no text.
    """
    with open_package(seed) as package:
        if MANIFEST in package and b"encryption-data" in package.read(MANIFEST):
            raise UnreadableError("is encrypted and needs a password: save it without one")
        root = parse_xml(package.read(CONTENT, MAX_MARKUP))
        styles = parse_xml(package.read(STYLES, MAX_MARKUP)) if STYLES in package else None
        metadata = _metadata(package)
    body = _Body(root, styles)
    text = root.find("{*}body/{*}text")
    if text is not None:
        body.labels = list_labels(text, root, styles)
    blocks = [*body.blocks(text)] if text is not None else []
    blocks += [block for note in body.notes for block in body.blocks(note)]
    omitted = body.omitted + (_margins(styles) if styles is not None else Counter())
    left_out = ", ".join(f"{n} {what}{'s' * (n > 1)}" for what, n in omitted.items())
    if not blocks:
        missing = f": {left_out} cannot be read" if left_out else ": pictures are not read"
        raise UnreadableError(f"has no text{missing}")
    yield Draft(seed.place, "\n\n".join(blocks), metadata)
    if left_out:
        yield Omitted(seed.place, f"{left_out} left out")


class _Body:
    """Reads blocks of text; collects the notes that are met, and counts what is left out."""

    def __init__(self, *roots: Element | None) -> None:
        """Take the styles of the documents `roots`."""
        self._hidden = _styles(roots, lambda p: attribute(p, "display") == "none")
        self._raised = _styles(roots, lambda p: _is_raised(attribute(p, "text-position") or ""))
        self._boxes: list[Element] = []  # that stand in the paragraph being read
        self.labels: Labels = {}
        self.notes: list[Element] = []
        self.omitted: Counter[str] = Counter()

    def blocks(self, element: Element) -> Iterator[str]:
        """Yield the paragraphs and table rows below an element, in order."""
        for child in element:
            name = local_name(child)
            if name in PARAGRAPHS:
                yield from self._paragraph(child)
            elif name == "table-row":
                if row := self._row(child):
                    yield row
            elif not self._is_left_out(child, name):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        outer, self._boxes = self._boxes, []
        text = self._words(paragraph) if not self._is_hidden(paragraph) else ""
        boxes, self._boxes = self._boxes, outer
        if text.strip():
            label = self.labels.get(paragraph, "")
            self.omitted["list number"] += label is None
            text = f"{label or ''} {text}"
        lines = [" ".join(line.split()) for line in text.split("\n")]
        if any(lines):
            yield "\n".join(line for line in lines if line)
        for box in boxes:
            yield from self.blocks(box)

    def _row(self, row: Element) -> str:
        cells = (" ".join(self.blocks(cell)) for cell in row if local_name(cell) == "table-cell")
        return " | ".join(cell.replace("\n", " ") for cell in cells if cell)

    def _words(self, element: Element) -> str:
        text = _spaced(element.text)
        for child in element:
            inner = self._inline(child)
            if attribute(child, "style-name") in self._raised:
                inner = superscript(inner, text)
            text += inner + _spaced(child.tail)
        return text

    def _inline(self, element: Element) -> str:
        name = local_name(element)
        if not name or self._is_left_out(element, name):
            return ""
        if name == "s":
            return " "
        if name in ("tab", "line-break"):
            return "\t" if name == "tab" else "\n"
        if name == "note":
            self.notes += element.iterchildren("{*}note-body")
            return ""
        if name in BOXES:
            self._boxes.append(element)
            return ""
        return self._words(element)

    def _is_left_out(self, element: Element, name: str) -> bool:
        if name in NAMED:
            self.omitted[NAMED[name]] += 1
        described = name in ("title", "desc") and "svg" in str(element.tag)
        unread = not name or name in NOT_READ or name in NAMED or described
        return unread or self._is_hidden(element)

    def _is_hidden(self, element: Element) -> bool:
        style, name = attribute(element, "style-name"), local_name(element)
        hidden = (
            style in self._hidden
            or name in ("hidden-text", "hidden-paragraph")
            or (name == "section" and attribute(element, "display") == "none")
        )
        if hidden:
            self.omitted["hidden text"] += 1
        return hidden


def _spaced(text: str | None) -> str:
    """Text whose line breaks, those of the file, are no more than spaces."""
    return (text or "").replace("\n", " ")


def _styles(roots: Iterable[Element | None], applies: Callable[[Element], bool]) -> set[str | None]:
    """The names of the styles whose text properties are such."""
    return {
        attribute(style, "name")
        for root in roots
        if root is not None
        for style in root.iter("{*}style")
        if any(map(applies, style.iterchildren("{*}text-properties")))
    }


def _is_raised(position: str) -> bool:
    """Whether a text position, such as "super 58%" or "33% 58%", is above the line."""
    first = position.partition(" ")[0]
    return first == "super" or (first.endswith("%") and first[:1] not in "-0")


def _margins(styles: Element) -> Counter[str]:
    """Count the headers and footers that say more than which page it is."""
    texts = {
        (MARGINS[local_name(margin)], " ".join(_Body().blocks(margin)))
        for margin in styles.iter(*(f"{{*}}{name}" for name in MARGINS))
    }
    return Counter(
        kind for kind, text in texts if any(map(str.isalpha, text)) and not is_page_number(text)
    )


def _metadata(package: Package) -> dict[str, object]:
    if META not in package:
        return {}
    stated: dict[str, str] = {}
    for element in parse_xml(package.read(META)).iter("{*}*"):
        if words := " ".join((element.text or "").split()):
            stated.setdefault(local_name(element), words)
    return {
        "title": stated.get("title"),
        "author": stated.get("initial-creator") or stated.get("creator"),
        "date": stated.get("creation-date"),
        "language": stated.get("language", "").split("-")[0],
    }
