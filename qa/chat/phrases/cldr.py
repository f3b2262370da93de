"""Numbers, plurals, names of languages and writing direction, by the rules of CLDR (Babel)."""

import datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent

from qa.chat.words import COUNTED, LANGUAGE_NAMES, PAGE_LANGUAGES


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def number(value: float, language: str = "en") -> str:
    """Return a number as a language writes it, in digits 0 to 9 everywhere.

    >>> number(1234), number(12345.5, "de"), number(1234, "ar")
    ('1,234', '12.345,5', '1,234')
    """
    return format_decimal(value, locale=_locale(language))


def percent(share: float, language: str) -> str:
    """Return a share between 0 and 1 as a percentage, with up to three significant digits.

    >>> percent(0.05, "en"), percent(0.025, "zh"), percent(0.87, "de") == "87\N{NO-BREAK SPACE}%"
    ('5%', '2.5%', True)
    """
    rounded = float(f"{share:.3g}")
    locale = _locale(language)
    return format_percent(rounded, locale=locale, decimal_quantization=False)


def day(date: datetime.date, language: str) -> str:
    """Return a day as "2025-10-28", which stays whole between words from right to left.

    >>> day(datetime.date(2025, 10, 28), "de")
    '2025-10-28'
    """
    mark = ("\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}")
    return date.isoformat().join(mark if direction(language) == "rtl" else ("", ""))


def counted(key: str, count: int, language: str) -> str:
    """Return a phrase of the section "counted" in the plural form for `count`, with the number.

    >>> counted("articles", 1, "en"), counted("articles", 1234, "en")
    ('1 article', '1,234 articles')
    """
    own = COUNTED[language].get(key)
    if own is None:
        language, own = "en", COUNTED["en"][key]
    form = _locale(language).plural_form(count)
    return own.get(form, own["other"]).format(number(count, language))


def direction(language: str) -> str:
    """Return "rtl" for languages that are written from right to left, else "ltr".

    >>> direction("ar"), direction("ja")
    ('rtl', 'ltr')
    """
    try:
        return str(_locale(language).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def name_of_language(code: str, language: str) -> str:
    """Return the name of a language in `language`, or its code if nobody has a name for it.

    >>> name_of_language("ZH-tw", "en"), name_of_language("en", "de"), name_of_language("qx", "en")
    ('Chinese', 'Englisch', 'qx')
    """
    base = code.lower().partition("-")[0]
    names = LANGUAGE_NAMES[language]
    return names.get(base) or str(_locale(language).languages.get(base, code))


def label_of_language(code: str, language: str | None = None) -> str:
    """Return a language's name for a list: in the page's language, then in its own.

    >>> label_of_language("ar", "en"), label_of_language("fr", "fr"), label_of_language("de")
    ('Arabic · العربية', 'Français', 'Deutsch')
    """
    base = code.partition("-")[0]
    try:
        own = _locale(base).languages.get(base, code)
    except (UnknownLocaleError, ValueError):
        own = code
    if base in PAGE_LANGUAGES:
        own = name_of_language(base, base)
    names = [own] if language is None else [name_of_language(code, language), own]
    return " · ".join(dict.fromkeys(name[:1].upper() + name[1:] for name in names))
