"""Text of articles and questions as a terminal may show it: nothing unseen, no long lines."""

from collections.abc import Iterable


def printable(text: str, keep: str = "\n") -> str:
    r"""Return a text without control characters and others that are not seen.

    >>> printable("Nine\x1b[2J ships\tcame.\n")
    'Nine[2J shipscame.\n'

    Args:
        text: The text.
        keep: Characters that stay all the same.
    """
    return "".join(c for c in text if c.isprintable() or c in keep)


def printable_lines(lines: Iterable[str]) -> str:
    r"""Join lines; a line stays one, whatever is in it.

    >>> printable_lines(["one\nline", "two"])
    'oneline\ntwo'
    """
    return "\n".join(printable(line, keep="") for line in lines)


def shorten(text: str, limit: int) -> str:
    r"""Return at most `limit` characters on one line, the last of them "…" if any were cut.

    >>> shorten("Nine\n ships came.", 10)
    'Nine ship…'
    """
    line = " ".join(text[: 4 * limit].split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
