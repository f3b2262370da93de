"""Split a text into the terms that keyword search indexes and looks up.

Terms are words in scripts with spaces between them, and overlapping pairs of characters in scripts
without. SQLite's own tokenizers are not used: they shred "U.S." and "8.6" and do not know Chinese.
Traditional Chinese is folded to simplified, character by character, so that either finds the other,
and invisible characters vanish; only terms are folded, never a text that is shown. Spellings that
must not rank like the exact one are in `spellings.py`.
"""

import unicodedata
from functools import cache

import opencc
import regex

from .scripts import UNSPACED

VERSION = 5  # raise it whenever the terms of any text change: the keyword index is then rebuilt
# Rules whose indexes still answer today's questions: 3 had no other spellings, 4 no names' sounds.
READABLE = (3, 4, VERSION)

QUOTED = regex.compile(
    "|".join(
        f"{a}([^{a}{b}]{{2,100}}){b}" for a, b in ('""', "“”", "‘’", "「」", "『』", "《》", "«»")
    )
)
CAPITALISED = r"\p{Lu}[\p{L}\p{M}'’.-]*"
NAME = regex.compile(rf"{CAPITALISED}(?: (?:(?:of|the|de|von|van) )?{CAPITALISED})+")
HAN = regex.compile(r"\p{Han}")
# Soft hyphens, zero-width spaces, directional marks; but a zero-width non-joiner stands inside a
# Persian word, where others type a space or nothing.
NON_JOINER = "\u200c"
INVISIBLE = regex.compile(rf"(?!{NON_JOINER})[\p{{Default_Ignorable_Code_Point}}\ufeff]")
LETTER = rf"(?:(?![{UNSPACED}])\p{{L}}\p{{M}}*)"
TOKEN = regex.compile(
    rf"""
    (?P<unspaced>[{UNSPACED}\p{{M}}]+)
    | (?P<initials>(?:{LETTER}\.){{2,}}{LETTER}?)
    | (?P<word>(?:{LETTER}|\p{{N}})+(?:[-'’.,:/{NON_JOINER}](?:{LETTER}|\p{{N}})+)*%?)
    """,
    regex.VERBOSE,
)
PARTS = regex.compile(rf"(?:{LETTER}\.)+{LETTER}(?!{LETTER})|{LETTER}+|\p{{N}}+(?:[.,:]\p{{N}}+)*")
INITIALS = regex.compile(rf"(?:{LETTER}\.)+{LETTER}")


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order, with repeats; no term contains white space.

    >>> terms("Sakhalin-2 gave Japan's U.S. ally 8.6%")
    ['sakhalin-2', 'sakhalin', '2', 'gave', 'japan', 'u.s.', 'ally', '8.6%', '8.6']
    >>> terms("Japan-U.S. alliance")
    ['japan-u.s', 'japan', 'u.s.', 'alliance']
    >>> terms("日本首相 Abe")
    ['日本', '本首', '首相', 'abe']
    >>> terms("總統") == terms("总统")
    True
    >>> terms("Wald\N{SOFT HYPHEN}bach")
    ['waldbach']
    """
    result: list[str] = []
    folded = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("’", "'")
    folded = folded.translate(SIMPLIFIED)
    for match in TOKEN.finditer(folded):
        token = match.group()
        if match.lastgroup == "unspaced":
            result += [token[i : i + 2] for i in range(len(token) - 1)] or [token]
        elif match.lastgroup == "initials":
            result.append(token.rstrip(".") + ".")
        else:
            token = token.removesuffix("'s")
            result.append(token.replace(NON_JOINER, ""))
            parts = PARTS.findall(token)
            if parts != [token]:
                result += [f"{part}." if INITIALS.fullmatch(part) else part for part in parts]
    return result


def phrases(question: str) -> list[str]:
    """Return the quotations and multi-word names of a question, each as its terms joined by spaces.

    A phrase matches where its terms follow each other.

    >>> phrases("Did Lee Jae-myung call it “a new golden age”?")
    ['a new golden age', 'lee jae-myung jae myung']
    """
    quotations = [next(filter(None, match.groups())) for match in QUOTED.finditer(question)]
    # the first word of a question is capitalised anyway
    names = [match.group() for match in NAME.finditer(question.partition(" ")[2])]
    joined = [" ".join(terms(phrase)) for phrase in (*quotations, *names)]
    return [phrase for phrase in dict.fromkeys(joined) if " " in phrase]


class _Simplified(dict[int, str | int]):
    """A table for `str.translate` from traditional ideographs to simplified ones.

    OpenCC converts one character at a time: its conversion of words depends on the context, which
    differs between a question and a passage. Characters are looked up on first use, as most never
    occur.
    """

    def __missing__(self, code: int) -> str | int:
        self[code] = str(_converter().convert(chr(code))) if HAN.match(chr(code)) else code
        return self[code]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


SIMPLIFIED = _Simplified()
