"""In which writing a text or a language is, as far as two can share words.

Chinese and Japanese count as one, since they share ideographs; Latin is what is not named here.
"""

import regex

UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
UNSPACED_CHARACTER = regex.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f]"
)
LATIN = "Latin"
WRITINGS = {
    "Han": ("zh", "ja"),
    "Hangul": ("ko",),
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"),
    "Arabic": ("ar", "fa", "ur", "ps", "ug"),
    "Devanagari": ("hi", "mr", "ne"),
    "Greek": ("el",),
    "Hebrew": ("he",),
    "Thai": ("th",),
    "Bengali": ("bn", "as"),
    "Tamil": ("ta",),
    "Georgian": ("ka",),
    "Armenian": ("hy",),
}
OF_LANGUAGE = {code: writing for writing, codes in WRITINGS.items() for code in codes}
LETTERS = {
    writing: regex.compile(
        r"[\p{Han}\p{Hiragana}\p{Katakana}]" if writing == "Han" else rf"\p{{{writing}}}"
    )
    for writing in (LATIN, *WRITINGS)
}


def of_text(text: str) -> str | None:
    """The writing of most letters of `text`; an ideograph says as much as three letters.

    >>> of_text("Was 高市早苗 in Nara?"), of_text("Ναι;"), of_text("2025?")
    ('Han', 'Greek', None)
    """
    counts = {w: len(letter.findall(text)) for w, letter in LETTERS.items()}
    counts["Han"] *= 3
    most = max(counts, key=lambda writing: counts[writing])
    return most if counts[most] else None


def of_language(code: str | None) -> str | None:
    """The writing of a language; None if it is not known.

    >>> of_language("zh-tw"), of_language("de"), of_language(None)
    ('Han', 'Latin', None)
    """
    return OF_LANGUAGE.get(code.partition("-")[0], LATIN) if code else None


def unspaced(text: str) -> bool:
    """Whether most of the text is written without spaces between words.

    >>> unspaced("约 15 米高"), unspaced("NASA 的 Artemis II mission")
    (True, False)
    """
    letters = [c for c in text if c.isalnum()]
    return 2 * len(UNSPACED_CHARACTER.findall(text)) >= len(letters) > 0
