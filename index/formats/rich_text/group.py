"""What holds within a pair of braces of an RTF file, and where its text goes."""

from dataclasses import dataclass

BODY, NOTE, TITLE, AUTHOR, MARGIN, NOWHERE = "body", "note", "title", "author", "margin", ""
LABEL = "label"  # the number of one item of a list, as it is shown
CAPTURED = {"footnote": NOTE, "title": TITLE, "author": AUTHOR, "listtext": LABEL, "pntext": LABEL}


@dataclass(frozen=True, slots=True)
class Group:
    """What holds within a pair of braces."""

    sink: str = BODY  # where its text goes
    dropped: bool = False  # with all groups in it
    starred: bool = False  # an unknown word here makes the group one to be dropped
    font: int | None = None  # None: the file's default
    skip: int = 1  # how many characters stand for one in Unicode
    hidden: bool = False
    raised: bool = False
    deleted: bool = False
    font_table: bool = False


def list_number(label: str) -> str:
    r"""Return the number of a list's item with a space behind it; "" for a bullet, even an "o".

    >>> list_number("2.1\t"), list_number("o\t")
    ('2.1 ', '')
    """
    number = label.strip()
    said = any(map(str.isalnum, number)) and (len(number) > 1 or number.isdigit())
    return f"{number} " if said else ""
