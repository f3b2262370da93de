"""Other spellings under which people type a term: Müller as Muller or Mueller, ي as ی, ё as е.

Unicode decides most of it (canonical decompositions and combining classes, decimal digits), and
anyascii the Latin letters that do not decompose (đ, ł, ø, œ, ı). The texts themselves and their
exact terms stay as they are.
"""

import unicodedata
from functools import lru_cache

import regex
from anyascii import anyascii

# Combining classes of marks that people leave out: Hebrew points, Arabic vowels, accents above and
# below. The marks of other scripts have other classes: a vowel sign or a virama is never left out.
OMITTED = {*range(10, 36), *range(202, 241)}
NUKTAS = "\u093c\u0a3c"  # Devanagari and Gurmukhi; in Bengali the dot makes letters of their own
BREVE = "\u0306"
TATWEEL = "\u0640"
# Letters that stand in for one another, which Unicode does not relate: those of Arabic, Persian and
# Urdu keyboards, the Ukrainian ґ, and two apostrophes that are letters.
ALIKE = str.maketrans("يىكةۃہھٱґʻʼ", "ییکههههاг''", TATWEEL)
LATIN = regex.compile(r"[^\P{Latin}a-z]")
UMLAUTS = regex.compile("([aou])\u0308")
CACHE_SIZE = 1 << 15  # terms; most of a text's words are among them


@lru_cache(CACHE_SIZE)
def other_spellings(term: str) -> tuple[str, ...]:
    """Return the plain spellings of a term in lower case that differ from it, at most two.

    >>> other_spellings("müller"), other_spellings("muller")
    (('muller', 'mueller'), ())
    >>> other_spellings("łódź"), other_spellings("ёлкой"), other_spellings("۲۰۲۵")
    (('lodz',), ('елкой',), ('2025',))
    """
    if term.isascii():
        return ()
    apart = unicodedata.normalize("NFD", term)
    with_e = UMLAUTS.sub(r"\1e", apart).replace("a\u030a", "aa").replace("ø", "oe")
    plain = _without_marks(apart), _without_marks(with_e)
    return tuple(spelling for spelling in dict.fromkeys(plain) if spelling and spelling != term)


def _without_marks(apart: str) -> str:
    """Return decomposed text without the marks and letter variants that people leave out."""
    kept = "".join(
        character
        for at, character in enumerate(apart)
        # й is a letter of its own, not и with a mark
        if not _is_omitted(character) or (character == BREVE and apart[at - 1] == "и")
    )
    letters = unicodedata.normalize("NFC", kept).translate(ALIKE)
    digits = "".join(str(unicodedata.decimal(c, c)) for c in letters)
    return LATIN.sub(lambda letter: anyascii(letter.group()).lower(), digits)


def _is_omitted(character: str) -> bool:
    return unicodedata.combining(character) in OMITTED or character in NUKTAS
