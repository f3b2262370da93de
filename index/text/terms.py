"""Text -> the terms by which keyword search finds it.

Words for scripts that put spaces between them; overlapping pairs of characters for those that do
not. SQLite's own tokenizers are not used: they shred "U.S." and "8.6" and know no Chinese.
Traditional Chinese is folded to simplified, character by character, so that one finds the other;
only terms are folded, never a text that is shown.
"""

import unicodedata
from functools import cache

import opencc
import regex

from .scripts import UNSPACED

VERSION = 3  # raise it whenever the terms of any text change: the keywords are then made again

QUOTED = regex.compile(
    "|".join(
        f"{a}([^{a}{b}]{{2,100}}){b}" for a, b in ('""', "“”", "‘’", "「」", "『』", "《》", "«»")
    )
)
CAPITALISED = r"\p{Lu}[\p{L}\p{M}'’.-]*"
NAME = regex.compile(rf"{CAPITALISED}(?: (?:(?:of|the|de|von|van) )?{CAPITALISED})+")
HAN = regex.compile(r"\p{Han}")
LETTER = rf"(?:(?![{UNSPACED}])\p{{L}}\p{{M}}*)"
TOKEN = regex.compile(
    rf"""
    (?P<unspaced>[{UNSPACED}\p{{M}}]+)
    | (?P<initials>(?:{LETTER}\.){{2,}}{LETTER}?)
    | (?P<word>(?:{LETTER}|\p{{N}})+(?:[-'’.,:/](?:{LETTER}|\p{{N}})+)*%?)
    """,
    regex.VERBOSE,
)
PARTS = regex.compile(rf"(?:{LETTER}\.)+{LETTER}(?!{LETTER})|{LETTER}+|\p{{N}}+(?:[.,:]\p{{N}}+)*")
INITIALS = regex.compile(rf"(?:{LETTER}\.)+{LETTER}")


def terms(text: str) -> list[str]:
    """The terms of `text` in order, repeats kept; no term holds white space.

    >>> terms("Sakhalin-2 gave Japan's U.S. ally 8.6%")
    ['sakhalin-2', 'sakhalin', '2', 'gave', 'japan', 'u.s.', 'ally', '8.6%', '8.6']
    >>> terms("Japan-U.S. alliance")
    ['japan-u.s', 'japan', 'u.s.', 'alliance']
    >>> terms("日本首相 Abe")
    ['日本', '本首', '首相', 'abe']
    >>> terms("總統") == terms("总统")
    True
    """
    found: list[str] = []
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    folded = folded.translate(SIMPLIFIED)
    for match in TOKEN.finditer(folded):
        token = match.group()
        if match.lastgroup == "unspaced":
            found += [token[i : i + 2] for i in range(len(token) - 1)] or [token]
        elif match.lastgroup == "initials":
            found.append(token.rstrip(".") + ".")
        else:
            token = token.removesuffix("'s")
            found.append(token)
            parts = PARTS.findall(token)
            if parts != [token]:
                found += [f"{part}." if INITIALS.fullmatch(part) else part for part in parts]
    return found


def phrases(question: str) -> list[str]:
    """What belongs together in a question, quotations and names of several words, as its terms.

    The terms of each are joined by spaces; it is found where they follow each other.

    >>> phrases("Did Lee Jae-myung call it “a new golden age”?")
    ['a new golden age', 'lee jae-myung jae myung']
    """
    marked = [next(filter(None, match.groups())) for match in QUOTED.finditer(question)]
    # the first word of a question is capitalised anyway
    named = [match.group() for match in NAME.finditer(question.partition(" ")[2])]
    found = [" ".join(terms(phrase)) for phrase in (*marked, *named)]
    return [phrase for phrase in dict.fromkeys(found) if " " in phrase]


class _Simplified(dict[int, str | int]):
    """For `str.translate`: ideographs that are written otherwise in simplified script.

    By OpenCC, one character at a time: its words depend on what stands around them, and that is
    another thing in a question. Each is looked up when it is first met, as most never are.
    """

    def __missing__(self, code: int) -> str | int:
        self[code] = str(_converter().convert(chr(code))) if HAN.match(chr(code)) else code
        return self[code]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


SIMPLIFIED = _Simplified()
