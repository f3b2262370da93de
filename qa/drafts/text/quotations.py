"""Find the quotations of a text, in the quotation marks of any language.

Marks that are not closed before the end of their paragraph quote nothing. Of nested quotations the
outermost counts. Time is linear in the length of the text, whatever marks it has.
"""

from collections.abc import Sequence

import regex

from index.text import scripts
from index.text.scripts import UNSPACED_CHARACTER

# What closes each opening mark. German and Danish also use “ ” » « the other way round.
CLOSING = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』",
    "‘": "’", "‚": "‘’", "〝": "〞〟", "﹁": "﹂", "﹃": "﹄", '"': '"', "＂": "＂", "'": "'",
}  # fmt: skip
MARK = regex.compile(rf"[{regex.escape(''.join({*CLOSING, *''.join(CLOSING.values())}))}]|\n\s*\n")
APOSTROPHES = "'’‘"
DEEPEST = 8  # nested quotations
MIN_WORDS, MIN_UNSPACED = 2, 4  # of a quotation; less is a word that is set apart
ENDS = "。！？.!?"
MAX_LENGTH = 2000  # characters; longer ones are not looked up
WORD = regex.compile(r"[\p{L}\p{N}]+")


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where quotations stand, with their marks, in order.

    >>> text = '“A ‘small’ lie,” he said. „So ist es“, 她说「今天很冷」'
    >>> [text[start:end] for start, end in quotations(text)]
    ['“A ‘small’ lie,”', '„So ist es“', '「今天很冷」']
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []  # marks that are open, with their places
    for match in MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            opened.clear()
            continue
        level = next((n for n, (o, _) in enumerate(opened) if mark in CLOSING[o]), None)
        if level is not None and _may_close(text, at, mark):
            start = opened[level][1]
            del opened[level:]
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
        elif mark in CLOSING and _may_open(text, at, mark):
            again = next((n for n, (o, _) in enumerate(opened) if o == mark), len(opened))
            del opened[again:]  # the earlier one was never closed
            opened.append((mark, at))
            del opened[:-DEEPEST]
    return [(start, end) for start, end in found if _is_quotation(text[start + 1 : end - 1])]


def masked(plain: str, quoted: Sequence[tuple[int, int]]) -> str:
    """Return a text with letters in place of what its quotations say."""
    parts = []
    at = 0
    for start, end in quoted:
        letter = "字" if scripts.unspaced(plain[start:end]) else "x"
        inside = letter * (end - start - 2)
        if _ends_sentence(plain, start, end):
            inside = inside[:-1] + plain[end - 2]
        parts += [plain[at : start + 1], inside]
        at = end - 1
    return "".join([*parts, plain[at:]])


def _ends_sentence(plain: str, start: int, end: int) -> bool:
    """Whether the sentence around a quotation ends with it: "He said: 'No more.'"."""
    if plain[end - 2] not in ENDS:
        return False
    after = plain[end : end + 2].strip(" ")
    if (
        not after
        or after[0] == "\n"
        or plain[max(0, start - 3) : start].rstrip()[-1:] in tuple("：:")
    ):
        return True
    return after[0].isupper()


def _may_open(text: str, at: int, mark: str) -> bool:
    before = text[at - 1 : at]
    if mark in APOSTROPHES:
        return not before.isalnum() and text[at + 1 : at + 2].isalnum()
    return mark != '"' or not before.isdigit()  # 5'10" is a height


def _may_close(text: str, at: int, mark: str) -> bool:
    return mark not in APOSTROPHES or not text[at + 1 : at + 2].isalnum()


def _is_quotation(inside: str) -> bool:
    if len(inside) > MAX_LENGTH:
        return False
    unspaced = len(UNSPACED_CHARACTER.findall(inside))
    return unspaced >= MIN_UNSPACED or len(WORD.findall(inside)) >= MIN_WORDS + bool(unspaced)
