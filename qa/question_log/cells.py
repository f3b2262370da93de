"""The cells of an evaluation file: a question, a tab, the expected answer, one pair a line.

The file may be opened as a spreadsheet, which runs a cell that starts like a formula. Such a cell
gets a quotation mark in front, which is taken off when the file is read.
"""

import re

UNKNOWN = "?"  # as an answer: there may be one, but it is not known
JOINERS = "\u200c\u200d"  # invisible, but part of words and of emoji
FORMULA = re.compile("'*[\"=+@＝＋－＠-]")


def quote_cell(text: str) -> str:
    r"""Return text as one cell: on one line, printable, and no formula.

    >>> quote_cell("=1+1\tand\n\x1b[31mred")
    "'=1+1 and [31mred"
    """
    visible = (c if c.isprintable() or c in JOINERS else " " for c in text)
    line = " ".join("".join(visible).split())
    return f"'{line}" if FORMULA.match(line) else line


def unquote_cell(cell: str) -> str:
    """Return the text of a cell, without white space around it.

    >>> unquote_cell(quote_cell("'=1")), unquote_cell("'tis")
    ("'=1", "'tis")
    """
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
