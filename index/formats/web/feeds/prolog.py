"""What stands above a feed's root element, and references that XML parsers fail on."""

import re

from index.errors import UnreadableError
from index.formats.limits import MAX_ARTICLE

PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
# whose value is text or one character: not one that other entities are in
ENTITY = re.compile(r"""<!ENTITY\s+(\w+)\s+(?:"(&\#\w+;|[^&%"<]*)"|'(&\#\w+;|[^&%'<]*)')\s*>""")
REFERENCE = re.compile(r"&(\w+);")
CHARACTER = re.compile(r"&#(\d+|[xX][0-9a-fA-F]+);")
PAIR = re.compile(
    r"&#(5[56]\d{3}|[xX][dD][89abAB][0-9a-fA-F]{2});&#(5[67]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});"
)
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of a character in UTF-16


def after_prolog(text: str) -> tuple[str, dict[str, str]]:
    """Return the root element, and what the entities that are declared above it stand for.

    Raises:
        UnreadableError: With its entities the text would be too long.
    """
    start = PROLOG.match(text).end()  # type: ignore[union-attr]
    doctype = DOCTYPE.match(text, start)
    if not doctype:
        return text[start:], {}
    declared = ENTITY.finditer(doctype[1] or "")
    entities = {entity[1]: entity[2] or entity[3] or "" for entity in declared}
    text = text[PROLOG.match(text, doctype.end()).end() :]  # type: ignore[union-attr]
    if entities:
        length = sum(len(entities.get(name[1], "")) for name in REFERENCE.finditer(text))
        if length > MAX_ARTICLE:
            raise UnreadableError("has entities that stand for too much text")
    return text, entities


def begins_with_doctype(root: str) -> bool:
    r"""Whether what `after_prolog` left declares more, as a second or malformed document type can.

    >>> begins_with_doctype("\ufeff<!DOCTYPE rss [...]>"), begins_with_doctype("<rss/>")
    (True, False)
    """
    text = root.lstrip("\ufeff")
    start = PROLOG.match(text).end()  # type: ignore[union-attr]
    return text[start : start + 9].upper() == "<!DOCTYPE"


def existing_characters(text: str) -> str:
    """Replace references to characters that do not exist; two halves of UTF-16 make one.

    >>> existing_characters("&#55357;&#56832; &#65; &#xFFFFFFF;")
    '😀 &#65; \ufffd'
    """
    return CHARACTER.sub(_existing, PAIR.sub(_joined, text))


def _joined(pair: re.Match[str]) -> str:
    first, second = _code(pair[1]), _code(pair[2])
    if first not in HIGH or second not in LOW:
        return pair[0]
    return chr(0x10000 + (first - HIGH.start) * 0x400 + second - LOW.start)


def _existing(reference: re.Match[str]) -> str:
    code = _code(reference[1])
    return reference[0] if code < 0x110000 and not HIGH.start <= code < LOW.stop else "\ufffd"


def _code(digits: str) -> int:
    hexadecimal = digits[0] in "xX"
    digits = digits.lstrip("xX").lstrip("0") or "0"
    return int(digits, 16 if hexadecimal else 10) if len(digits) < 10 else 0x110000
