"""Check the list of locations that a record may state: where its text stands in a source."""

from index.article import Anchor, Location
from index.errors import UnreadableError

from .metadata import preview

MAX_PAGE = 10_000_000
MAX_SECONDS = 10_000_000_000


def parse_locations(value: object, length: int) -> tuple[Anchor, ...]:
    """Return the anchors of a text, in the form of `archive-qa export`.

    Args:
        value: A list of objects with "start" and "page" or "seconds" or both, by start; None for a
            text whose location is not known.
        length: The length of the text in code points.

    Raises:
        UnreadableError: The list or a location is malformed, or one starts outside the text.
    """
    if value is None:
        return ()
    anchors: list[Anchor] = []
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            raise UnreadableError(
                f"its 'locations' must be a list of objects, not {preview(value)}"
            )
        start, after = each.get("start"), anchors[-1].start + 1 if anchors else 0
        if type(start) is not int or not after <= start < length:
            raise UnreadableError(
                f"its 'locations' must start in ascending order and within 0 to {length - 1}; "
                f"one starts at {preview(start)}"
            )
        anchors.append(Anchor(start, _location(each.get("page"), each.get("seconds"))))
    return tuple(anchors)


def _location(page: object, seconds: object) -> Location:
    if page is not None and not (type(page) is int and 1 <= page <= MAX_PAGE):
        raise UnreadableError(f"a 'page' must be a number from 1 on, not {preview(page)}")
    if seconds is None and page is None:
        raise UnreadableError("each of its 'locations' must have a 'page' or 'seconds'")
    if seconds is None:
        return Location(page)
    if type(seconds) not in (int, float) or not 0 <= seconds <= MAX_SECONDS:  # type: ignore[operator]
        raise UnreadableError(f"'seconds' must be a number from 0 on, not {preview(seconds)}")
    return Location(page, float(seconds))  # type: ignore[arg-type]
