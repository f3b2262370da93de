"""Unicode scripts: which one a text or a language is written in, and which have no word spaces.

Scripts matter as far as two texts can share words. Chinese and Japanese count as one, "Han", since
they share ideographs; a language that is not listed counts as Latin.
"""

import regex

# Body of a regex character class: scripts whose text becomes pairs of characters in keyword terms.
# Hangul is among them, although Korean has spaces, because its particles attach to the word.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"

# Characters that can be cut anywhere without splitting a word between spaces; no Hangul here
UNSPACED_CHARACTER = regex.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f]"
)

LATIN = "Latin"
LANGUAGES = {
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
SCRIPT_OF_LANGUAGE = {code: script for script, codes in LANGUAGES.items() for code in codes}
LETTER = {
    script: regex.compile(
        r"[\p{Han}\p{Hiragana}\p{Katakana}]" if script == "Han" else rf"\p{{{script}}}"
    )
    for script in (LATIN, *LANGUAGES)
}


def of_text(text: str) -> str | None:
    """Return the script of most letters of `text`; an ideograph weighs as much as three letters.

    >>> of_text("Was 高市早苗 in Nara?"), of_text("Ναι;"), of_text("2025?")
    ('Han', 'Greek', None)
    """
    counts = {script: len(letter.findall(text)) for script, letter in LETTER.items()}
    counts["Han"] *= 3
    most = max(counts, key=lambda script: counts[script])
    return most if counts[most] else None


def of_language(code: str | None) -> str | None:
    """Return the script of a language, or None if there is no language.

    >>> of_language("zh-tw"), of_language("de"), of_language(None)
    ('Han', 'Latin', None)
    """
    return SCRIPT_OF_LANGUAGE.get(code.partition("-")[0], LATIN) if code else None


def unspaced(text: str) -> bool:
    """Whether most letters and digits of `text` are written without spaces between words.

    >>> unspaced("约 15 米高"), unspaced("NASA 的 Artemis II mission")
    (True, False)
    """
    alphanumeric = sum(map(str.isalnum, text))
    return 2 * len(UNSPACED_CHARACTER.findall(text)) >= alphanumeric > 0
