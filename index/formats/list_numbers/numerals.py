"""Write a number in the ways that word processors number lists: "4", "d", "IV", "四"."""

from collections.abc import Callable

MAX_LABEL = 100  # characters; a longer one is no number but a text
MAX_NUMBER = 32_767  # of an item; Word counts no further
MAX_REPEATS = 4  # "z" is followed by "aa" and "bb"
MAX_ROMAN = 3_999
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CHINESE = "〇一二三四五六七八九"
LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # lists leave out ё, й, ъ, ы and ь


def numeral(number: int, form: str) -> str | None:
    """Return `number` in a form that is named as in a Word file; None if it cannot be written.

    >>> [numeral(28, form) for form in ("decimal", "lowerLetter", "upperRoman", "hebrew1")]
    ['28', 'bb', 'XXVIII', None]
    """
    write = FORMS.get(form)
    return write(number) if write and 0 <= number <= MAX_NUMBER else None


def bullet(text: str) -> str:
    """Return the sign of a list without numbers if it has words; "•", "–" or "o" says nothing.

    >>> bullet("Note:"), bullet("•"), bullet("o")
    ('Note:', '', '')
    """
    sign = text.strip()
    return sign if 1 < len(sign) <= MAX_LABEL and any(map(str.isalnum, sign)) else ""


def _letters(alphabet: str) -> Callable[[int], str | None]:
    def write(number: int) -> str | None:
        repeats, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (repeats + 1) if 0 <= repeats < MAX_REPEATS else None

    return write


def _roman(number: int) -> str | None:
    if not 1 <= number <= MAX_ROMAN:
        return None
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _chinese(number: int) -> str | None:
    """Up to 99, where the systems of counting agree."""
    if not 1 <= number <= 99:
        return None
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{CHINESE[tens]}十"
    return before + (CHINESE[ones] if ones else "")


def _circled(number: int) -> str | None:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else None


def _capital(write: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: text.upper() if (text := write(number)) else None


FORMS: dict[str, Callable[[int], str | None]] = {
    "none": lambda _: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters(LATIN),
    "upperLetter": _capital(_letters(LATIN)),
    "lowerRoman": _roman,
    "upperRoman": _capital(_roman),
    "russianLower": _letters(RUSSIAN),
    "russianUpper": _capital(_letters(RUSSIAN)),
    "decimalFullWidth": lambda number: "".join(chr(ord(d) + 0xFEE0) for d in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting",
         "taiwaneseCounting", "taiwaneseCountingThousand"),
        _chinese,
    ),
}  # fmt: skip
