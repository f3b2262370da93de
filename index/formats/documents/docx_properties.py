"""What the properties of an element of a Word file say."""

from typing import Any

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
DELETED = {"del", "moveFrom", "cellDel"}


def local_name(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Any, *path: str) -> str | None:
    """The value of the element at `path` below another one, which may be None."""
    found = None if element is None else element.find("/".join(f"{W}{name}" for name in path))
    return None if found is None else found.get(f"{W}val")


def is_on(flag: Any) -> bool:
    """Whether a property is stated, and not switched off."""
    return flag is not None and flag.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def end_is_deleted(paragraph: Any) -> bool:
    """Whether a paragraph goes on in the next one."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(local_name(mark) in DELETED for mark in marks)


def number(element: Any, properties: str, name: str, default: int) -> int:
    """A property that is a number of columns."""
    stated = value(element, properties, name) or ""
    return int(stated) if stated.isdecimal() else default
