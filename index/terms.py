"""Text -> the terms by which keyword search finds it.

Words for scripts that put spaces between them; overlapping pairs of characters for those that do
not. SQLite's own tokenizers are not used: they shred "U.S." and "8.6" and know no Chinese.
"""

import unicodedata

import regex

VERSION = 2  # raise it whenever the terms of any text change: the keywords are then made again

UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
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
    """
    found: list[str] = []
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
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
