"""A CSL-JSON item in the RIS format, which Zotero, EndNote and Mendeley read."""

from collections.abc import Iterator

from .item import Item


def as_ris(item: Item) -> str:
    """Return a newspaper article; every value is on one line, so that none can start a tag."""
    return "\r\n".join(f"{tag}  - {value}" for tag, value in _fields(item))


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield "ID", item["id"]
    yield "TI", item["title"]
    if "author" in item:
        yield "AU", item["author"][0]["literal"]
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        yield "PY", f"{year:04}"
        yield "DA", f"{year:04}/{month:02}/{day:02}/"
    for tag, name in (("LA", "language"), ("SP", "page"), ("UR", "URL"), ("AV", "archive_location"),
                      ("N1", "note")):  # fmt: skip
        if name in item:
            yield tag, item[name]
    if "dimensions" in item:
        yield "M1", f"at {item['dimensions']}"
    yield "ER", ""
